"""Why a text is coded as it is: clauses, actors, frames, status and dates in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tasks.events.clauses import Clauses
from tasks.events.coder import Reading, read_text
from tasks.events.coding import RULES, Coding
from tasks.events.lexicon import languages
from tasks.events.mention import Mention
from tasks.events.ontology import lookup
from tasks.events.parties import Party

_SHOWN = ("subj", "obj", "iobj", "xcomp", "ccomp")


def explain_sentence(
    text: str, *, published: date | None = None, lang: str = "en", coding: Coding = RULES
) -> str:
    """Return a readable derivation of the events of a text, and of what was not coded."""
    readings = read_text(text, published=published, lang=lang, coding=coding)
    if lang not in languages():
        return (
            f"not coded: there is no pack of frames for {lang!r}, only for {', '.join(languages())}"
        )
    if not readings:
        return "not coded: there is no sentence"
    return "\n".join(line for r in readings for line in _reading(text, r))


def _reading(text: str, r: Reading) -> Iterator[str]:
    yield f"sentence {r.sentence.index}: {text[r.sentence.start : r.sentence.end].strip()}"
    if r.clauses is not None and r.cast is not None:
        actors = {a.start: a for a in r.cast.actor_at.values()}
        for start in sorted(actors):
            a = actors[start]
            yield f"  actor    {a.text} = {a.code or '---'} ({a.rule or a.kind})"
        yield from (f"  clause   {line}" for line in _clauses(r.clauses))
    for m in r.mentions:
        yield from (f"  {line}" for line in _mention(m))
    yield from (f"  not      {note}" for note in r.notes)


def _clauses(c: Clauses) -> Iterator[str]:
    for i in range(len(c.words)):
        if not c.is_verb(i) or c.base(i) in ("aux", "cop"):
            continue
        slots = c.slots(i)
        named = [s for s in (*_SHOWN, *sorted(set(slots) - set(_SHOWN))) if s in slots]
        shown = ", ".join(f"{s}: {' + '.join(c.words[x] for x in slots[s])}" for s in named)
        yield f"{c.words[i]}{' (passive)' if c.is_passive(i) else ''} [{shown}]"


def _mention(m: Mention) -> Iterator[str]:
    code = lookup(m.cameo)
    arrow = "<->" if m.is_reciprocal else "->"
    yield f"event    {_party(m.source)} {arrow} {_party(m.target)}"
    yield f"  code   {m.plover or 'statement'} {m.mode} CAMEO {m.cameo} ({code.label})".rstrip()
    yield f"  status {m.status}; rule {m.rule}; confidence {m.confidence}"
    w = m.when
    yield f"  date   {w.first or '?'} to {w.last or '?'} ({w.precision}, {w.basis})"
    if m.place is not None:
        yield f"  place  {m.place.name}, {m.place.country} ({m.place_basis})"
    if m.attribution is not None:
        a = m.attribution
        yield f"  says   {a.text or '(a quotation)'} {a.actor} {a.verb}".rstrip()
    for q in m.quantities:
        yield f"  number {q.text}: {q.kind} {q.low}-{q.high} {q.unit}"


def _party(p: Party | None) -> str:
    return "---" if p is None else f"{p.code or '---'} ({p.text})"
