"""What the event lexicon knows of a word that tells where the words around it belong."""

from __future__ import annotations

from functools import lru_cache

from tasks.events.attribution import SAYING
from tasks.events.lexicon import Frame, Lexicon

_EVENT_CLASSES = ("talks", "agreement", "sanction", "relations", "aid", "econaid", "support")


class Valency:
    """Questions to the lexicon of a language."""

    def __init__(self, lexicon: Lexicon, senses: dict[str, str]) -> None:
        self._lexicon = lexicon
        self._senses = senses
        self.of = lru_cache(maxsize=20_000)(self._of)
        words = lexicon.classes
        self._events = frozenset().union(*(words.get(c, frozenset()) for c in _EVENT_CLASSES))
        self._people = words.get("person", frozenset())
        self._inverting = words.get("inverting", frozenset())
        self._times = words.get("time", frozenset())
        self._crimes = words.get("crime", frozenset()) | words.get("charge", frozenset())

    def _of(self, pos: str, lemma: str) -> frozenset[str]:
        """Return the slots that frames and operators of a word name."""
        out: set[str] = set()
        for f in self._lexicon.frames.get((pos, lemma), ()):
            out |= _slots(f)
        for o in self._lexicon.operators.get((pos, lemma), ()):
            out |= set(o.slots)
        return frozenset(out)

    def knows(self, pos: str, lemma: str) -> bool:
        """Say whether the lexicon has a frame or an operator for the word."""
        return (pos, lemma) in self._lexicon.frames or (pos, lemma) in self._lexicon.operators

    def takes_to(self, verb: str) -> bool:
        """Say whether "a" after the verb leads to an aim or addressee, not to its object."""
        rows = self._lexicon.frames.get(("v", verb), ())
        direct = any(f.target[:1] == ("obj",) for f in rows)
        return not direct and "to" in self._of("v", verb)

    def takes_that(self, verb: str) -> bool:
        """Say whether a clause with "que" may be what the verb says, asks or agrees to."""
        return self._senses.get(verb, verb) in SAYING or "ccomp" in self._of("v", verb)

    def says(self, verb: str) -> bool:
        """Say whether the verb is one of saying."""
        return self._senses.get(verb, verb) in SAYING

    def is_event(self, noun: str) -> bool:
        """Say whether the noun tells of something done, and so has parties of its own."""
        return self.knows("n", noun) or noun in self._events

    def inverts(self, verb: str) -> bool:
        """Say whether a bare noun behind the verb is its subject: "murieron tres soldados"."""
        return verb in self._inverting

    def is_person(self, noun: str) -> bool:
        """Say whether the noun names people: an office, a calling."""
        return noun in self._people

    def is_time(self, noun: str) -> bool:
        """Say whether the noun names a day, month or span of time."""
        return noun in self._times

    def is_charge(self, noun: str) -> bool:
        """Say whether the noun names a crime or a charge."""
        return noun in self._crimes


def _slots(f: Frame) -> set[str]:
    where = {s for x in f.where for s in x.slots if not x.negated}
    return where | set(f.source) | set(f.target)
