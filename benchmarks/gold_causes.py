"""Why an event of the gold is missed, or one of the coder's is wrong: the first stage that failed.

The stages, in the order of a sentence's life: sentence, candidate, frame, argument, actor,
coreference, admission, status, type, date, place; and `surplus` for rows that the gold has not.
The cause is read from the derivation of the coder (`tasks.events.coder.Reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from benchmarks.gold_passages import Passage
from benchmarks.gold_score import LEVELS, MUTUAL, Event, Outcome, actor
from tasks.annotate import annotate
from tasks.events import explain_sentence
from tasks.events.coder import Reading, read_text

USABLE = LEVELS.index("usable")


@dataclass(frozen=True)
class Case:
    """One thing that went wrong."""

    stage: str
    cause: str
    outcome: Outcome = field(repr=False)
    gold: Event | None
    event: Event | None

    def headline(self) -> str:
        """Return the event wanted and the one coded, in one line."""
        text = self.outcome.passage.text
        parts = [self.outcome.passage.record["id"]]
        if self.gold:
            g = self.gold
            word = text[slice(*g["trigger"])]
            core = "core " if g.get("core") else ""
            parts.append(
                f"gold {core}{g['plover']} {g['source']} -> {g['target']} {g['status']} ({word})"
            )
        if self.event:
            e = self.event
            parts.append(
                f"coded {e['plover']} {e['source']} -> {e['target']} {e['status']}"
                f" [{e['source_text']} -> {e['target_text']}] {e['rule']} ({e['confidence']:.2f})"
            )
        return " | ".join(parts)

    def derivation(self) -> str:
        """Return what the coder made of the passage, as `demarche explain` tells it."""
        p = self.outcome.passage
        return explain_sentence(p.text, published=_day(p), lang=p.record["lang"])


def cases(outcomes: Sequence[Outcome]) -> Iterator[Case]:
    """Yield everything that went wrong: misses, pairs that are not usable, surplus rows."""
    for o in outcomes:
        for i, g in enumerate(o.gold):
            if i not in o.pairs:
                yield Case(*_missed(o, g), o, g, None)
                continue
            j, right = o.pairs[i]
            e = o.events[j]
            if not right[USABLE]:
                yield Case(*_unusable(o, g, e, right), o, g, e)
            yield from (Case(s, c, o, g, e) for s, c in _beside(o, g, e))
        paired = {j for j, _ in o.pairs.values()}
        for j, e in enumerate(o.events):
            if j not in paired:
                yield Case("surplus", _surplus(o, e), o, None, e)


@lru_cache(maxsize=4096)
def _readings(text: str, day: date | None, lang: str) -> tuple[Reading, ...]:
    return tuple(read_text(text, published=day, lang=lang))


def _day(p: Passage) -> date | None:
    return date.fromisoformat(p.record["date"]) if p.record.get("date") else None


def _missed(o: Outcome, g: Event) -> tuple[str, str]:
    p = o.passage
    start, end = g["trigger"]
    readings = _readings(p.text, _day(p), p.record["lang"])
    here = [r for r in readings if r.sentence.start <= start < r.sentence.end]
    if not here:
        return "sentence", "the trigger stands in no sentence"
    reading = here[0]
    same = [m for m in reading.mentions if m.trigger_start < end and start < m.trigger_end]
    if any(m.plover for m in same):
        return "type", f"{g['plover']} read as {next(m.plover for m in same if m.plover)}"
    if same:
        return "type", f"{g['plover']} read as a statement"
    word = p.text[start:end].lower().split()
    for note in reading.notes:
        about, _, why = note.partition(": ")
        if about == "no candidate":
            return "candidate", "no actor, or no event word"
        if about in word:
            return _stage(why), _plain(why)
    return "frame", "no frame for the word"


def _stage(why: str) -> str:
    if "no event" in why or "no frame fits" in why or "needs a verb" in why:
        return "frame"
    return "argument" if "no one acted upon" in why else "admission"


def _plain(why: str) -> str:
    """Return a note of the coder without the name of the row."""
    return re.sub(r"\b(?:frames|operators)?:?\S*:\S+", "a row", why).strip()


def _unusable(o: Outcome, g: Event, e: Event, right: tuple[bool, ...]) -> tuple[str, str]:
    if not right[LEVELS.index("status")]:
        return "status", f"{g['status']} read as {e['status']}"
    for side in ("source", "target"):
        swap = g.get("reciprocal") or {g["plover"], e["plover"]} & MUTUAL
        names = ("source", "target") if swap else (side,)
        wanted = [actor(c) for c in (g[side], *g.get(f"{side}_also", ()))]
        if not any(w.same_country(actor(e[n])) for w in wanted for n in names):
            return _wrong_side(o, g, e, side)
    return "argument", "sides swapped"


def _wrong_side(o: Outcome, g: Event, e: Event, side: str) -> tuple[str, str]:
    found = actor(e[side])
    if not g.get(f"{side}_span"):
        return "argument", f"{side} invented"
    start, end = g[f"{side}_span"]
    words = o.passage.text[start:end]
    empty = not (found.country or found.organisation)
    how = f"{side} {'empty' if empty else 'wrong'}"
    known = [
        a
        for a in _actors(o.passage)
        if a[0] < end and start < a[1] and actor(g[side]).same_country(actor(a[2]))
    ]
    if known:
        return "argument", f"{how}, the actor is known"
    named = any(c.isupper() for c in words)
    return ("actor", f"{how}, unknown name") if named else ("coreference", f"{how}, no name")


def _actors(p: Passage) -> list[tuple[int, int, str]]:
    found = annotate(p.text, published=_day(p), lang=p.record["lang"]).actors
    return [(a.start, a.end, a.code) for a in found]


def _beside(o: Outcome, g: Event, e: Event) -> Iterator[tuple[str, str]]:
    """Yield what is wrong beside the levels: day and place."""
    if g.get("date"):
        first = e.get("date_start")
        if not first:
            yield "date", "none, the text tells one"
        elif not g["date"][0] <= first <= (e.get("date_end") or first) <= g["date"][1]:
            yield "date", f"wrong, {e.get('date_basis')}"
    if g.get("place") and not e.get("place"):
        yield "place", "none, the text tells one"


def _surplus(o: Outcome, e: Event) -> str:
    if not o.gold:
        return f"{e['plover']} in a passage without events"
    plovers: Iterable[Any] = (g["plover"] for g in o.gold)
    return (
        f"{e['plover']} beside others" if e["plover"] not in plovers else f"{e['plover']} once more"
    )
