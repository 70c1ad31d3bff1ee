"""Who "he", "they", "the two leaders" and "both countries" are, by stated rules.

1. he, she, him, her: the first person named earlier in the sentence, else the first person of
   the nearest earlier sentence that names one (at most LOOK_BACK sentences back).
2. it: the same with countries and organisations.
3. they, them, both, "the two leaders", "both presidents", "the two countries": the first two
   actors of different countries in the nearest stretch of text that names two. Where there are
   none, them: the last crowd ("thousands of people ... police arrested 34 of them").
4. "the president", "the head of state" without a country: as he.
"""

from __future__ import annotations

from bisect import bisect_left

from tasks.annotate.types import ActorMention, Annotation
from tasks.events.clauses import Clauses

LOOK_BACK = 4
_HE_OR_IT = frozenset({"he/it", "his/its"})  # a pronoun of a language where things have a gender
_HE = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "both", "themselves", "their"})
_CROWD = frozenset({"CVL", "OPP", "LAB", "EDU", "AGR", "MED", "REL"})
_TWO = frozenset({"two", "both"})
_PEOPLE = frozenset(
    {
        "leader",
        "president",
        "minister",
        "man",
        "head",
        "premier",
        "official",
        "politician",
        "counterpart",
        "side",
        "party",
        "state",
        "country",
        "nation",
        "government",
        "neighbour",
        "neighbor",
        "statesman",
        "power",
        "ally",
        "capital",
        "diplomat",
        "chief",
    }
)
_OFFICE = frozenset({"president", "head", "leader", "premier", "chancellor", "minister", "king"})
_STATES = frozenset({"country", "nation", "state", "neighbour", "neighbor", "power"})


class Memory:
    """The actors of an article in the order of the text."""

    def __init__(self, annotation: Annotation) -> None:
        self.actors = [a for a in annotation.actors if a.country and a.kind != "pronoun"]
        self.starts = [a.start for a in self.actors]
        self.bounds = [s.start for s in annotation.sentences]
        self.crowds = [a for a in annotation.actors if _is_crowd(a)]
        self.crowd_starts = [a.start for a in self.crowds]

    def crowd(self, sentence: int, offset: int) -> list[ActorMention]:
        """Return the last body of people without a nation in this sentence or the one before."""
        first = self.bounds[max(0, sentence - 1)]
        k = bisect_left(self.crowd_starts, offset)
        return [self.crowds[k - 1]] if k and self.crowd_starts[k - 1] >= first else []

    def _windows(self, sentence: int, offset: int) -> list[list[ActorMention]]:
        """Return the actors before `offset` in this sentence, then of each earlier sentence."""
        first = self.bounds[sentence]
        out = [self._between(first, offset)]
        back = range(sentence - 1, max(-1, sentence - 1 - LOOK_BACK), -1)
        return out + [self._between(self.bounds[n], self.bounds[n + 1]) for n in back]

    def _between(self, start: int, end: int) -> list[ActorMention]:
        return self.actors[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def one(self, sentence: int, offset: int, person: bool) -> list[ActorMention]:
        """Return the antecedent of he or it, or nothing."""
        for window in self._windows(sentence, offset):
            for a in window:
                if (a.kind in ("person", "role")) == person and a.kind != "demonym":
                    return [a]
        return []

    def any(self, sentence: int, offset: int) -> list[ActorMention]:
        """Return the first actor named before, a person or not, or nothing."""
        for window in self._windows(sentence, offset):
            for a in window:
                if a.kind != "demonym":
                    return [a]
        return []

    def two(self, sentence: int, offset: int, people: bool) -> list[ActorMention]:
        """Return the antecedents of "the two leaders" or "both countries", or nothing."""
        for window in self._windows(sentence, offset):
            wanted = [a for a in window if not people or a.kind in ("person", "role")]
            found = _distinct(wanted)
            if len(found) >= 2:
                return found[:2]
        return []


def _is_crowd(a: ActorMention) -> bool:
    return a.kind == "role" and not a.country and a.role in _CROWD


def _distinct(actors: list[ActorMention]) -> list[ActorMention]:
    seen: set[str] = set()
    out = []
    for a in actors:
        key = a.country or a.code
        if key not in seen:
            seen.add(key)
            out.append(a)
    return out


def _before(c: Clauses, i: int) -> set[str]:
    return {c.low[k] for k in c.kids(i, "det")}


def antecedents(c: Clauses, i: int, sentence: int, memory: Memory) -> list[ActorMention]:
    """Return the actors that the pronoun or definite group at word `i` refers to."""
    if c.tags[i] == "CD":  # "34 of them"
        i = next((k for k in c.kids(i, "nmod") if c.low[k] in _THEY), i)
    low, offset = c.low[i], c.tokens[i].start
    if low in _HE_OR_IT:
        return memory.any(sentence, offset)
    if low in _HE:
        return memory.one(sentence, offset, True)
    if low in _IT:
        return memory.one(sentence, offset, False)
    if low in _THEY:
        two = memory.two(sentence, offset, True) or memory.two(sentence, offset, False)
        return two or (memory.crowd(sentence, offset) if low == "them" else [])
    if c.senses[i] in _OFFICE and c.tags[i] in ("NN", "NNP") and "the" in _before(c, i):
        return memory.one(sentence, offset, True)
    if c.senses[i] in _PEOPLE and any(c.low[k] in _TWO for k in c.children[i]):
        found = memory.two(sentence, offset, c.senses[i] not in _STATES)
        return found or memory.two(sentence, offset, False)
    return []
