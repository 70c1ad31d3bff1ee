"""Finds the actors that a text names and composes their codes."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from tasks.annotate.actors_compose import NO_COUNTRY, Coded, Composer
from tasks.annotate.actors_context import (
    drop_persons,
    government_or_place,
    is_part_of_word,
    keep_short_names,
    share_roles,
)
from tasks.annotate.actors_languages import base_language, load_grammar, load_titles
from tasks.annotate.actors_match import Matcher, Part, load_matcher, normalise
from tasks.annotate.actors_names import PRONOUN, is_title_case, name_after, unknown_names
from tasks.annotate.actors_phrase import group_phrases
from tasks.annotate.actors_towns import find_namesakes, move_towns
from tasks.annotate.tables import OwnTable
from tasks.annotate.types import ActorMention, PlaceMention, Sentence

# Kinds inside that are told to the outside under a plainer name.
_KINDS = {"people": "demonym", "region": "place", "agent": "role", "part": "role"}
# Languages whose capitals do not tell a name from a noun.
_NOUNS_IN_CAPITALS = frozenset({"de"})
# Words that mean nothing alone.
_SILENT = frozenset({"part", "former", "religion", "nobody"})


def find_actors(
    masked: str,
    sentences: list[Sentence],
    *,
    on: date | None = None,
    lang: str = "en",
    overlay: OwnTable | None = None,
    elsewhere: dict[int, PlaceMention] | None = None,
) -> list[ActorMention]:
    """Return the actors named in a text, in order of their offsets.

    Args:
        masked: The text with markup blanked; every mention's text is a slice of it.
        sentences: Its sentences; no mention crosses their borders.
        on: Day of the article, which decides what office a person held; None for the latest.
        lang: Language of the text, BCP 47.
        overlay: The user's own actor table, laid over ours.
        elsewhere: Names that are no capital or country here, by offset, as `namesakes` tells.
    """
    plain = normalise(masked)
    language = base_language(lang)
    matcher = load_matcher(language, overlay)
    parts = [
        _without_article(matcher, plain, p) if p.kind == "group" else p for p in matcher.find(plain)
    ]
    parts = [p for p in parts if not is_part_of_word(plain, p)]
    parts = move_towns(plain, drop_persons(plain, parts, matcher), elsewhere or {})
    named = {entity for p in parts if p.kind == "person" for entity in _only_person(p)}
    parts = keep_short_names(plain, parts, named, on, load_titles(language))
    reader = _Reader(masked, plain, Composer(plain, on, named), language)
    for sentence, group in _by_sentence(sentences, parts):
        reader.read(sentence, group)
    mentions = reader.mentions + (_pronouns(plain, sentences) if language == "en" else [])
    return sorted(mentions, key=lambda m: (m.start, m.end))


def namesakes(
    masked: str, places: list[PlaceMention], lang: str, overlay: OwnTable | None = None
) -> dict[int, PlaceMention]:
    """Return the places of an article that the actor tables give to another country, by offset."""
    return find_namesakes(load_matcher(base_language(lang), overlay), normalise(masked), places)


def _without_article(matcher: Matcher, plain: str, part: Part) -> Part:
    """Read "the leaders of France" as a role, though "the leaders" alone refers back."""
    if plain.startswith(" of ", part.end):
        return matcher.last_word(plain, part) or part
    return part


def _pronouns(plain: str, sentences: list[Sentence]) -> list[ActorMention]:
    starts = [s.start for s in sentences]
    found: list[ActorMention] = []
    for match in PRONOUN.finditer(plain):
        start, end = match.span()
        place = bisect_right(starts, start) - 1
        if place >= 0 and end <= sentences[place].end:
            text = match.group()
            found.append(ActorMention(start, end, text, "", "", "", "", "pronoun", start))
    return found


def _only_person(part: Part) -> set[str]:
    """Return the person that a full name means; none where it is a name of several."""
    persons = {e.entity for e in part.entries if not e.short}
    return persons if len(persons) == 1 else set()


def _by_sentence(sentences: list[Sentence], parts: list[Part]) -> list[tuple[Sentence, list[Part]]]:
    groups: list[tuple[Sentence, list[Part]]] = [(s, []) for s in sentences]
    starts = [s.start for s in sentences]
    for part in parts:
        place = bisect_right(starts, part.start) - 1
        if place >= 0 and part.end <= sentences[place].end:
            groups[place][1].append(part)
    return groups


class _Reader:
    """Reads an article sentence by sentence; remembers whom titles have introduced."""

    def __init__(self, masked: str, plain: str, composer: Composer, lang: str) -> None:
        self.grammar = load_grammar(lang)
        self.tells_names = lang not in _NOUNS_IN_CAPITALS
        self.masked = masked
        self.plain = plain
        self.composer = composer
        self.mentions: list[ActorMention] = []
        self.introduced: dict[str, Coded] = {}

    def read(self, sentence: Sentence, parts: list[Part]) -> None:
        if not parts:
            self._tell_unknown(sentence, [])
            return
        phrases = group_phrases(self.plain, parts, self.grammar)
        coded = [self.composer.compose(phrase) for phrase in phrases]
        for phrase, one in zip(phrases, coded, strict=True):
            if one.kind == "capital":
                government_or_place(self.plain, sentence, phrase, one, self.grammar)
        share_roles(self.plain, phrases, coded)
        if any(one.before_name for one in coded) and not self._is_headline(sentence):
            starts = [one.start for one in coded[1:]] + [sentence.end]
            for one, stop in zip(coded, starts, strict=True):
                if one.before_name:
                    self._introduce(one, stop)
        if places := [one.place for one in coded if one.place]:
            coded = sorted([*coded, *places], key=lambda one: one.start)
        for one in coded:
            if one.kind not in _SILENT or one.country:
                self._tell(one)
        self._tell_unknown(sentence, [(one.start, one.end) for one in coded])

    def _is_headline(self, sentence: Sentence) -> bool:
        return is_title_case(self.plain[sentence.start : sentence.end])

    def _introduce(self, one: Coded, stop: int) -> None:
        """Take in the name that follows a title: "Governor Vadim Shumkov"."""
        end = name_after(self.plain, one.end, stop)
        if end == one.end:
            return
        one.head = self.plain.rfind(" ", one.end, end) + 1
        one.end, one.kind, one.entity = end, "person", ""
        one.rules.append("title before a name")
        self.introduced[self.plain[one.head : end]] = one

    def _tell(self, one: Coded) -> None:
        code = one.code
        if not code and one.kind != "group":
            return
        self.mentions.append(
            ActorMention(
                start=one.start,
                end=one.end,
                text=self.masked[one.start : one.end],
                code=code if code != NO_COUNTRY else "",
                country=one.country,
                role=one.role,
                entity=one.entity,
                kind=_KINDS.get(one.kind, one.kind),
                head=one.head,
                rule="; ".join(one.rules),
            )
        )

    def _tell_unknown(self, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        """Tell the names that are in no table; capitals tell nothing in a headline, or in German."""
        if not self.tells_names or self._is_headline(sentence):
            return
        for start, end in unknown_names(self.plain, sentence.start, sentence.end, taken):
            head = self.plain.rfind(" ", start, end) + 1 or start
            known = self.introduced.get(self.plain[head:end])
            one = Coded(start, end, head, "unknown")
            if known is not None:
                one.kind, one.country, one.roles = "person", known.country, known.roles
                one.rules = [*known.rules, "named before"]
            self._tell_name(one)

    def _tell_name(self, one: Coded) -> None:
        self.mentions.append(
            ActorMention(
                one.start,
                one.end,
                self.masked[one.start : one.end],
                one.code,
                one.country,
                one.role,
                "",
                one.kind,
                one.head,
                "; ".join(one.rules),
            )
        )
