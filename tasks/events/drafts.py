"""From words to event drafts: which frame fits a trigger, and what fills its roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.events.clauses import Clauses
from tasks.events.lexicon import NO_EVENT, Condition, Frame, Lexicon
from tasks.events.parties import Cast
from tasks.events.slots import FREE, distant, slot

_FORCE = frozenset({"18", "19", "20"})
_WHERE = frozenset({"from", "in", "near", "off"})
_LABELS_NEVER = frozenset({"amod", "case", "mark", "aux", "fixed"})


@dataclass(slots=True)
class Draft:
    """An event before its parties are named.

    Attributes:
        trigger: Index of the word that fired the frame.
        anchor: The verb (or noun) that carries tense and date: the trigger or its top operator.
        sources: Words that name the one who acts; targets: the one acted upon.
        status: actual, planned, hypothetical, negated or denied.
        rules: The rows and rules that fired, in order.
    """

    trigger: int
    frame: Frame
    cameo: str
    plover: str
    mode: str
    sources: list[int]
    targets: list[int]
    anchor: int
    status: str = "actual"
    rules: list[str] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)


def holds(cast: Cast, i: int, condition: Condition, particle: str = "") -> bool:
    """Say whether a condition of a frame holds at trigger `i`."""
    c = cast.clauses
    names = with_particle(condition.slots, particle)
    fillers = [f for s in names for f in slot(cast, i, s)]
    if condition.negated:
        return not fillers
    if any(cast.fits(x, condition.values) for f in fillers for x in c.conjuncts(f)):
        return True
    return any(cast.fits(x, condition.values) for s in names if s in FREE for x in distant(c, i, s))


def with_particle(slots: tuple[str, ...], particle: str) -> tuple[str, ...]:
    """In "handed over a suspect" the parser may take the object for one of "over"."""
    return (*slots, particle) if particle and "obj" in slots else slots


def words_fit(c: Clauses, i: int, words: tuple[str, ...], verb: bool) -> bool:
    """Say whether the words of a phrase stand around its head `i`."""
    rest = words[1:] if verb else words[:-1]
    if not rest:
        return True
    near = c.children[i]
    for word in rest:
        beside = i + 1 if verb else i - 1
        if 0 <= beside < len(c.words) and c.low[beside] == word:
            continue
        if not any(word in (c.low[k], c.lemmas[k]) for k in near if abs(k - i) < 5):
            return False
    return True


def fitting_frame(cast: Cast, lexicon: Lexicon, i: int) -> Frame | None:
    """Return the most specific frame that fits the word `i`."""
    if i not in cast.frames:
        cast.frames[i] = _find_frame(cast, lexicon, i)
    return cast.frames[i]


def _find_frame(cast: Cast, lexicon: Lexicon, i: int) -> Frame | None:
    c = cast.clauses
    verb = c.is_verb(i)
    if not verb and not c.is_noun(i):
        return None
    if c.base(i) in _LABELS_NEVER:
        return None
    for frame in lexicon.possible("v" if verb else "n", c.lemmas[i], c.vocabulary):
        if words_fit(c, i, frame.words, verb) and all(
            holds(cast, i, x, frame.particle) for x in frame.where
        ):
            return frame
    return None


def is_event(frame: Frame) -> bool:
    """Say whether the frame codes anything."""
    return frame.cameo != NO_EVENT


def fill(cast: Cast, i: int, names: tuple[str, ...], taken: list[int]) -> list[int]:
    """Return the words of the first slot of `names` that holds a party not yet taken."""
    for name in names:
        found = _parties_in(cast, slot(cast, i, name), taken)
        if found:
            return found
    for name in names:
        found = _parties_in(cast, distant(cast.clauses, i, name), taken) if name in FREE else []
        if found:
            return found
    return []


def doers(cast: Cast, i: int, frame: Frame) -> list[int]:
    """Return the words that name who acts; where an attack came from, or was made, names nobody."""
    found = fill(cast, i, frame.source, [])
    if frame.cameo[:2] not in _FORCE:
        return found
    return [x for x in found if cast.clauses.preposition(x) not in _WHERE or not cast.is_bare(x)]


def _parties_in(cast: Cast, fillers: Sequence[int], taken: list[int]) -> list[int]:
    for filler in fillers:
        members = [x for x in cast.clauses.conjuncts(filler) if x not in taken]
        found = [x for x in members if cast.party(x) is not None]
        if found:
            return found
    return []
