"""Who a word stands for: the actor that the annotator found there, or the words alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tasks.annotate.actors_phrase import BACKED
from tasks.annotate.types import ActorMention, DateMention, PlaceMention
from tasks.events.clauses import Clauses
from tasks.events.lexicon import Frame, Lexicon

PRONOUNS = frozenset(
    [
        "he/it",
        "his/its",
        "he",
        "she",
        "it",
        "they",
        "him",
        "her",
        "them",
        "we",
        "us",
        "i",
        "who",
        "both",
        "his",
        "their",
        "its",
        "himself",
        "themselves",
        "itself",
        "herself",
    ]
)
_INDIRECT = ("nmod:poss", "amod", "compound", "nmod", "nmod:desc")
_OFFICIAL = frozenset({"GOV", "LEG", "SPY", "ELI", "PTY", "OPP", "REL", "JUD"})
_BACKED = re.compile(BACKED)
_SIDES = ("anti-", "pro-")
_ROLE_NOUNS = frozenset({"counterpart", "colleague", "opposite"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event.

    Attributes:
        start: Offset of `text` in the body.
        code: Composed actor code; empty if not known.
        kind: The annotator's kind, or name, noun, pronoun for words without a code.
        is_indirect: True if the actor was named by a modifier ("Russian gas").
    """

    text: str
    start: int
    end: int
    code: str
    country: str
    role: str
    entity: str
    kind: str
    is_indirect: bool = False


Resolve = Callable[[Clauses, int], list[Party]]


class Cast:
    """The actors and places of one sentence, by word."""

    def __init__(
        self,
        clauses: Clauses,
        actors: list[ActorMention],
        places: list[PlaceMention],
        lexicon: Lexicon,
        text: str,
        dates: list[DateMention],
    ) -> None:
        self.clauses = clauses
        self.dated = {i for d in dates for i in clauses.within(d.start, d.end)}
        self.lexicon = lexicon
        self.text = text
        self.frames: dict[int, Frame | None] = {}  # filled by drafts.fitting_frame
        self._parties: dict[int, Party | None] = {}  # asked for again and again
        self.actor_at: dict[int, ActorMention] = {}
        self.place_at: dict[int, PlaceMention] = {}
        for a in actors:
            for i in clauses.within(a.start, a.end):
                self.actor_at.setdefault(i, a)
        for p in places:
            for i in clauses.within(p.start, p.end):
                self.place_at.setdefault(i, p)

    def content(self, i: int) -> int:
        """Return what is counted or grouped: "dozens of soldiers" is soldiers."""
        c = self.clauses
        counts = c.tags[i] == "CD" or c.lemmas[i] in self.lexicon.classes["quantifier"]
        if i in self.actor_at or not counts:
            return i
        for k in c.kids(i, "nmod"):
            if c.preposition(k) == "of" and k > i:
                return self.content(k)
        return i

    def party(self, i: int) -> Party | None:
        """Return the party that word `i` names; None if it can be none."""
        if i not in self._parties:
            self._parties[i] = self._find_party(i)
        return self._parties[i]

    def _find_party(self, i: int) -> Party | None:
        i = self.content(i)
        if i in self.dated:
            return None
        found = self._direct(i)
        if found is not None:
            return self._as_party(found)
        indirect = self._indirect(i)
        if indirect is not None:
            start, end = self.clauses.span(i)
            return replace(
                self._as_party(indirect),
                text=self.text[start:end],
                start=start,
                end=end,
                is_indirect=True,
                role=self._role_of(i, indirect),
                entity=indirect.entity if self.is_person(i) else "",
            )
        author = self._author(i)
        return self._as_party(author) if author is not None else self._words_alone(i)

    def _direct(self, i: int) -> ActorMention | None:
        actor = self.actor_at.get(i)
        if actor is not None and actor.code:
            return actor
        c = self.clauses
        for k in c.kids(i, "appos", "flat"):
            other = self.actor_at.get(k)
            if other is not None and other.code and other.kind != "demonym":
                return other
        if c.base(i) == "appos" and (up := self.actor_at.get(c.heads[i])) is not None and up.code:
            return up
        return None

    def _indirect(self, i: int) -> ActorMention | None:
        c = self.clauses
        for label in ("nmod:poss", "amod", "compound", "nmod:desc", "nmod"):
            for k in c.kids(i, label):
                if label == "nmod" and c.preposition(k) not in self._owners(i):
                    continue
                actor = self.actor_at.get(k) or self._deeper(k)
                if actor is not None and actor.code and self._owns(actor):
                    return actor
        return None

    def _owns(self, actor: ActorMention) -> bool:
        """A nation does not own what it made or backs, nor who is for or against it."""
        before = self.text[max(0, actor.start - len("anti-")) : actor.start].lower()
        return not (_BACKED.match(self.text, actor.end) or before.endswith(_SIDES))

    def _author(self, i: int) -> ActorMention | None:
        """Read "parliament passed a resolution condemning A": who passed it says it."""
        c, verb = self.clauses, self.clauses.heads[i]
        if (
            verb < 0
            or c.base(i) != "obj"
            or c.lemmas[i] not in self.lexicon.classes.get("document", ())
        ):
            return None
        for k in c.slots(verb).get("subj", ()):
            if k != i and (found := self._direct(k)) is not None:
                return found
        return None

    def _owners(self, i: int) -> tuple[str, ...]:
        """What happens in a country is not the country's: "a blast in Kabul killed ten"."""
        is_event = ("n", self.clauses.lemmas[i]) in self.lexicon.frames
        return ("of", "from", "by") if is_event else ("of", "in", "from", "by")

    def _deeper(self, k: int) -> ActorMention | None:
        """Read "the decision of the Russian court": one step further down."""
        c = self.clauses
        if c.lemmas[k] in self.lexicon.classes.get("making", ()):  # "missiles of Russian make"
            return None
        for x in c.kids(k, "nmod", "amod", "compound"):
            actor = self.actor_at.get(x)
            if actor is not None and actor.code:
                return actor
        return None

    def _role_of(self, i: int, actor: ActorMention) -> str:
        if self.clauses.senses[i] in _ROLE_NOUNS:
            return actor.role or "GOV"
        return actor.role

    def _as_party(self, a: ActorMention) -> Party:
        return Party(a.text, a.start, a.end, a.code, a.country, a.role, a.entity, a.kind)

    def _words_alone(self, i: int) -> Party | None:
        c = self.clauses
        if c.low[i] in PRONOUNS:
            t = c.tokens[i]
            return Party(self.text[t.start : t.end], t.start, t.end, "", "", "", "", "pronoun")
        known = self.actor_at.get(i)
        is_name = c.tags[i] in ("NNP", "NNPS") and i not in self.place_at
        if not (is_name or known is not None or self.is_person(i) or i in self.place_at):
            return None
        start, end = c.span(i)
        country = self.place_at[i].country if i in self.place_at else ""
        kind = "place" if country else "name" if is_name else "noun"
        return Party(self.text[start:end], start, end, country, country, "", "", kind)

    def is_bare(self, i: int) -> bool:
        """Say whether word `i` names a country or a place and nobody there."""
        party = self.party(i)
        return (
            party is not None and party.kind in ("country", "capital", "place") and not party.role
        )

    def is_person(self, i: int) -> bool:
        """Say whether word `i` names people by a common noun."""
        c = self.clauses
        return c.is_noun(i) and c.lemmas[i] in self.lexicon.classes["person"]

    def fits(self, i: int, values: tuple[str, ...]) -> bool:
        """Say whether word `i` meets one of a condition's values."""
        i = self.content(i)
        c = self.clauses
        lemma = c.lemmas[i]
        for value in values:
            if value == "*" or value in (lemma, c.low[i]):
                return True
            if value[0] == "@" and lemma in self.lexicon.classes[value[1:]]:
                return True
            if value == "@place" and self._is_kind(i, "place"):
                return True
            if value[0] == "~" and self._is_kind(i, value[1:]):
                return True
        return False

    def _is_kind(self, i: int, kind: str) -> bool:
        actor = self._direct(i)
        if kind == "place":
            return i in self.place_at or (
                actor is not None and actor.kind in ("country", "capital")
            )
        if kind == "state":
            return actor is not None and actor.role in ("", "GOV")
        if kind == "official":
            return actor is not None and actor.role in _OFFICIAL
        if kind == "pair":
            return self._is_pair(i)
        if kind == "person":
            if actor is not None:
                return actor.kind in ("person", "role")
            return self.clauses.low[i] in PRONOUNS - {"it", "its"} or self._is_name(i)
        return actor is not None

    def _is_pair(self, i: int) -> bool:
        """Say whether two are named together: "the two leaders", "both", "Macron and Putin"."""
        c = self.clauses
        counted = {c.low[k] for k in c.children[i]}
        if c.low[i] == "both" or "both" in counted or {"the", "two"} <= counted:
            return True
        known = {p.country for x in c.conjuncts(i) if (p := self._direct(x)) is not None}
        return len(c.conjuncts(i)) == len(known) == 2

    def _is_name(self, i: int) -> bool:
        known = i in self.actor_at or i in self.place_at or i in self.dated
        return self.clauses.tags[i] == "NNP" and not known
