"""Codes the text of an article: candidate sentences, clauses, frames, status, parties, mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from tasks.annotate import annotate
from tasks.annotate.types import Annotation, PlaceMention, Sentence
from tasks.events.admit import objection
from tasks.events.anaphora import Memory
from tasks.events.attribution import attribute
from tasks.events.clauses import Clauses
from tasks.events.coding import RULES, Coding
from tasks.events.confidence import confidence, features
from tasks.events.coordination import coordinate
from tasks.events.dateline import after_dateline
from tasks.events.drafts import Draft, doers, fill, fitting_frame, is_event, with_particle
from tasks.events.homes import Homes
from tasks.events.inside import Inside
from tasks.events.lexicon import Frame, Lexicon, languages, load_lexicon
from tasks.events.means import refine
from tasks.events.mention import Mention
from tasks.events.obligation import duties, duty_of, impose
from tasks.events.ontology import context_words, lookup
from tasks.events.operators import applied, climb
from tasks.events.pairs import Casting, Pair, pairs
from tasks.events.parties import Cast
from tasks.events.readers import Reader, reader
from tasks.events.repair import repair
from tasks.events.settle import settle
from tasks.events.status import decide, plan
from tasks.events.tokens import Token, tokenize
from tasks.events.when import date_of, lies_ahead, place_of

MAX_SENTENCE = 1500  # characters; a longer "sentence" is a table or a list
_PLANNABLE = frozenset({"CONSULT", "COOPERATE", "AID", "PROTEST", "MOBILIZE", "RETREAT"})
_OCCASIONS = frozenset({"in", "during", "at", "after", "following"})
_KINDS = {
    "ASSAULT": {"killed", "wounded", "displaced", "troops"},
    "PROTEST": {"crowd", "killed", "wounded", "detained"},
    "COERCE": {"detained", "displaced", "killed", "wounded", "duration"},
    "MOBILIZE": {"troops"},
    "RETREAT": {"troops", "detained"},
    "AID": {"money", "troops"},
    "CONSULT": {"duration"},
    "AGREE": {"money", "troops"},
    "COOPERATE": {"money", "troops"},
    "SANCTION": {"money", "detained"},
}


@dataclass(slots=True)
class Reading:
    """What was made of one sentence: kept for `explain`.

    Attributes:
        notes: Why words or drafts gave no event.
    """

    sentence: Sentence
    clauses: Clauses | None = None
    cast: Cast | None = None
    drafts: list[Draft] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def code_text(
    text: str,
    *,
    published: date | None = None,
    lang: str = "en",
    article_id: str = "",
    coding: Coding = RULES,
) -> list[Mention]:
    """Return the event mentions of a text, in order; none where the language has no pack."""
    return [
        m
        for r in read_text(
            text, published=published, lang=lang, article_id=article_id, coding=coding
        )
        for m in r.mentions
    ]


def read_text(
    text: str,
    *,
    published: date | None = None,
    lang: str = "en",
    article_id: str = "",
    coding: Coding = RULES,
) -> list[Reading]:
    """Return what was made of each sentence of a text."""
    if lang not in languages():
        return []
    annotation = annotate(text, published=published, lang=lang, overlay=coding.overlay)
    return list(_Coder(annotation, article_id, coding.parser).readings())


class _Coder:
    """One article on its way through the coder."""

    def __init__(self, annotation: Annotation, article_id: str, parser: str) -> None:
        self.annotation = annotation
        self.article_id = article_id
        self.lexicon: Lexicon = load_lexicon(annotation.lang)
        self.reader: Reader = reader(annotation.lang, parser)
        self.memory = Memory(annotation)
        self.homes = Homes(annotation)
        self.actors = Inside(annotation.actors)
        self.places = Inside(annotation.places)
        self.dates = Inside(annotation.dates)
        self.quantities = Inside(annotation.quantities)
        self.place_starts = {p.start for p in annotation.places}
        self.place_starts |= {a.start for a in annotation.actors}

    def readings(self) -> Iterator[Reading]:
        """Yield one reading a sentence."""
        tokens = [self._candidate(s) for s in self.annotation.sentences]
        parsed = iter(self.reader.parse([[t.text for t in ts] for ts in tokens if ts]))
        for sentence, ts in zip(self.annotation.sentences, tokens, strict=True):
            reading = Reading(sentence)
            if ts:
                low = [t.text.lower() for t in ts]
                parse = coordinate(low, next(parsed))
                tree = repair(low, parse, self._names(ts, sentence), self._towns(ts, sentence))
                reading.clauses = Clauses(ts, tree, self.lexicon.lemma)
                self._code(reading)
            else:
                reading.notes.append("no candidate: it names no actor or no event word")
            yield reading

    def _names(self, tokens: list[Token], s: Sentence) -> list[tuple[int, int]]:
        """Return the word ranges that the annotator knows as one name."""
        known = ("person", "org", "country", "role")
        inside = self.actors(s.start, s.end)
        return _ranges(tokens, [(a.start, a.end) for a in inside if a.kind in known])

    def _towns(self, tokens: list[Token], s: Sentence) -> list[tuple[int, int]]:
        """Return those of towns with the division or country behind a comma: "Moscow, Idaho"."""
        spans = [
            (town.start, above.end)
            for town, above in pairwise(self.places(s.start, s.end))
            if town.level == "city"
            and above.level in ("admin1", "country")
            and above.country == town.country
            and self.annotation.masked[town.end : above.start] == ", "
        ]
        return _ranges(tokens, spans)

    def _candidate(self, s: Sentence) -> list[Token]:
        """Return the words of a sentence that may hold an event, else nothing."""
        if not 10 < s.end - s.start <= MAX_SENTENCE or not self.actors(s.start, s.end):
            return []
        start = after_dateline(self.annotation.masked, s.start, s.end, self.place_starts)
        tokens = tokenize(self.annotation.masked, start, s.end)
        return tokens if self.lexicon.is_candidate({t.text.lower() for t in tokens}) else []

    def _code(self, r: Reading) -> None:
        assert r.clauses is not None
        s = r.sentence
        r.cast = Cast(
            r.clauses,
            self.actors(s.start, s.end),
            self.places(s.start, s.end),
            self.lexicon,
            self.annotation.text,
            self.dates(s.start, s.end),
        )
        r.drafts = self._drafts(r)
        casting = Casting(r.cast, self.memory, s.index)
        for draft in r.drafts:
            if not impose(r.cast, draft):
                decide(r.clauses, draft)
                self._look_ahead(r, draft)
            found, reciprocal = pairs(draft, casting)
            for pair in found:
                doubt = objection(r.cast, draft, pair)
                if doubt:
                    r.notes.append(f"{r.clauses.low[draft.trigger]}: {doubt}")
                else:
                    r.mentions.append(self._mention(r, draft, pair, reciprocal))
        r.mentions = [self.homes.settle(m, r.cast) for m in settle(r.mentions)]

    def _drafts(self, r: Reading) -> list[Draft]:
        assert r.cast is not None
        assert r.clauses is not None
        out = []
        for i, low in enumerate(r.clauses.low):
            if low not in self.lexicon.triggers:
                continue
            frame = fitting_frame(r.cast, self.lexicon, i)
            if frame is None:
                r.notes.append(f"{low}: no frame fits")
            elif not is_event(frame):
                r.notes.append(f"{low}: {frame.rule} says that this is no event")
            else:
                draft = self._draft(r, i, frame)
                if draft is not None:
                    out.append(draft)
        out.extend(self._demands(r, out))
        composed = {h for d in out for h in d.chain if d.frame is not None}
        return [d for d in out if d.trigger not in composed]

    def _look_ahead(self, r: Reading, draft: Draft) -> None:
        """Read "meets on Friday", told on Wednesday, as planned."""
        assert r.clauses is not None
        dates = self.dates(r.sentence.start, r.sentence.end)
        anchors = [draft.trigger, *draft.chain]
        open_ = draft.status == "actual" and draft.plover in _PLANNABLE
        if open_ and lies_ahead(r.clauses, anchors, dates, self.annotation.published):
            plan(draft, "date ahead")

    def _demands(self, r: Reading, drafts: list[Draft]) -> list[Draft]:
        """Return demands whose content no frame knows: "said that Israel must be ready"."""
        assert r.cast is not None
        assert r.clauses is not None
        known = {d.anchor for d in drafts}
        out = []
        for d in drafts:
            for clause in duties(r.clauses, d.trigger) if d.cameo.startswith("01") else ():
                duty = duty_of(r.cast, clause)
                if duty is not None and known.isdisjoint(r.clauses.conjuncts(clause)):
                    code = lookup(duty[1])
                    rules = [d.frame.rule, "duty"]
                    out.append(
                        Draft(
                            d.trigger,
                            d.frame,
                            duty[1],
                            code.plover,
                            code.mode,
                            [duty[2]],
                            [duty[3]],
                            d.trigger,
                            rules=rules,
                        )
                    )
        return out

    def _draft(self, r: Reading, i: int, frame: Frame) -> Draft | None:
        assert r.cast is not None
        assert r.clauses is not None
        cast = r.cast
        if frame.pos == "object" and not any(True for _ in climb(cast, self.lexicon, i)):
            r.notes.append(f"{r.clauses.low[i]}: {frame.rule} needs a verb that does it")
            return None
        sources = doers(cast, i, frame)
        targets = fill(cast, i, with_particle(frame.target, frame.particle), sources)
        if frame.pos == "verb" and not targets and _lacks_object(r.clauses, i, frame):
            r.notes.append(f"{r.clauses.low[i]}: {frame.rule} finds no one acted upon")
            return None
        if frame.pos == "noun" and frame.cameo[:2] == "04" and not (sources and targets):
            sources, targets = _occasion(cast, i, sources, targets)
        code = lookup(frame.cameo)
        draft = Draft(
            i,
            frame,
            frame.cameo,
            frame.plover,
            frame.mode or code.mode,
            sources,
            targets,
            i,
            rules=[frame.rule],
        )
        refine(r.clauses, draft, self.annotation.lang)
        result = applied(cast, self.lexicon, draft)
        if result is None:
            r.notes.append(f"{r.clauses.low[i]}: said more fully by the verb above it")
        return result

    def _mention(self, r: Reading, draft: Draft, pair: Pair, reciprocal: bool) -> Mention:
        assert r.clauses is not None
        assert r.cast is not None
        s, a, c = r.sentence, self.annotation, r.clauses
        inside = self.dates(s.start, s.end)
        anchors = [draft.trigger, *draft.chain]
        when = date_of(c, anchors, inside, draft.status, a)
        members = [*anchors, *draft.sources, *draft.targets]
        place, basis = self._place(r, members, pair) if draft.mode != "phone" else (None, "none")
        kinds = _KINDS.get(draft.plover, set())
        return Mention(
            article_id=self.article_id,
            published=a.published,
            lang=a.lang,
            sentence_index=s.index,
            start=s.start,
            end=s.end,
            sentence=a.text[s.start : s.end],
            source=pair[0],
            target=pair[1],
            trigger_start=c.tokens[draft.trigger].start,
            trigger_end=c.tokens[draft.trigger].end,
            plover=draft.plover,
            mode=draft.mode,
            contexts=_contexts(c, draft),
            cameo=draft.cameo,
            status=draft.status,
            is_reciprocal=reciprocal and None not in pair,
            attribution=attribute(r.cast, draft, a.quotes),
            when=when,
            place=place,
            place_basis=basis,
            quantities=tuple(q for q in self.quantities(s.start, s.end) if q.kind in kinds),
            rule=" + ".join(draft.rules),
            confidence=estimate(draft, pair),
        )

    def _place(self, r: Reading, anchors: list[int], pair: Pair) -> tuple[PlaceMention | None, str]:
        assert r.clauses is not None
        assert r.cast is not None
        s = r.sentence
        taken = {p.start for p in pair if p is not None}
        inside = self.places(s.start, s.end)
        found = place_of(r.clauses, anchors, inside, taken)
        return (found, "stated") if found is not None else (None, "none")


def _ranges(tokens: list[Token], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the word ranges of spans of the text that hold two words or more."""
    starts = [t.start for t in tokens]
    ranges = [(bisect_left(starts, a), bisect_left(starts, b)) for a, b in spans]
    return [(first, behind) for first, behind in ranges if behind - first > 1]


def _lacks_object(c: Clauses, i: int, frame: Frame) -> bool:
    """A transitive frame without anything acted upon is another use of the verb."""
    if "obj" not in frame.target or frame.where or frame.cameo[:2] in ("01", "04"):
        return False
    slots = c.slots(i)
    names = (*with_particle(frame.target, frame.particle), "xcomp", "ccomp")
    return not any(slots.get(s) for s in names)


def _occasion(
    cast: Cast, i: int, sources: list[int], targets: list[int]
) -> tuple[list[int], list[int]]:
    """Read "in a call, A told B", "A spoke after talks with B": who acts is a party of the call."""
    c = cast.clauses
    top = c.first_conjunct(i)
    head = c.heads[top]
    if head < 0 or not c.is_verb(head) or c.preposition(top) not in _OCCASIONS:
        return sources, targets
    who = sources or fill(cast, head, ("subj",), targets)
    return who, targets or fill(cast, head, ("obj", "iobj", "to", "with"), who)


def _contexts(c: Clauses, draft: Draft) -> tuple[str, ...]:
    """Return the contexts of the code and those that words of the sentence show."""
    by_word = _contexts_by_word()
    shown = [k for w in by_word.keys() & {*c.low, *c.lemmas} for k in by_word[w]]
    return tuple(sorted({*lookup(draft.cameo).contexts, *shown}))


@cache
def _contexts_by_word() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for context, words in context_words().items():
        for word in words:
            out.setdefault(word, []).append(context)
    return out


def estimate(draft: Draft, pair: Pair) -> float:
    """Return how likely the type is right, 0-1."""
    return confidence(features(draft, pair))
