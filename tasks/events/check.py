"""Checks the lexicon against itself: every row's example must give the coding that it expects.

The example of an operator must also be coded by that very operator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.events.coder import code_text
from tasks.events.lexicon import Frame, load_lexicon
from tasks.events.mention import Mention
from tasks.events.ontology import cameo_codes
from tasks.events.parties import Party
from tasks.events.tables import SEEDS, read_table


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a row: which row, what, and what was found instead."""

    rule: str
    problem: str
    found: str


def check_frames(lang: str = "en") -> Iterator[Finding]:
    """Yield what is wrong with frames and operators: unknown codes, classes, failing examples."""
    lexicon = load_lexicon(lang)
    for frame in lexicon.rows:
        if frame.cameo != "-" and frame.cameo not in cameo_codes():
            yield Finding(frame.rule, f"unknown CAMEO code {frame.cameo}", "")
        for condition in frame.where:
            for value in condition.values:
                if value.startswith("@") and value[1:] not in lexicon.classes:
                    yield Finding(frame.rule, f"unknown class {value}", "")
        if frame.example and (found := example_fails(frame, lang)) is not None:
            yield Finding(frame.rule, f"{frame.example} -> {frame.expected} {frame.cameo}", found)
    yield from _check_operators(lang)


def _check_operators(lang: str) -> Iterator[Finding]:
    """Yield the operators whose example is not coded as expected, or without them."""
    path = SEEDS / "lexicon" / lang / "operators.csv"
    for row in read_table(path):
        if not row.get("expected"):
            continue
        pair, cameo, status = row["expected"].split()
        source, _, target = pair.partition(">")
        rule = f"{row['op']}:{row['trigger'].replace(' ', '_')}"
        mentions = code_text(row["example"], lang=lang)
        if not any(
            (m.cameo, m.status) == (cameo, status)
            and rule in m.rule.split(" + ")
            and _side(m.source, source)
            and _side(m.target, target)
            for m in mentions
        ):
            yield Finding(rule, f"{row['example']} -> {row['expected']}", _show(mentions))


def example_fails(frame: Frame, lang: str = "en") -> str | None:
    """Return what the example gave if it is not what the row expects, else None."""
    mentions = code_text(frame.example, lang=lang)
    if frame.cameo == "-" or frame.expected == "-":
        ours = [m for m in mentions if frame.rule in m.rule]
        return _show(ours) if ours else None
    if any(_fits(m, frame) for m in mentions):
        return None
    return _show(mentions)


def _fits(m: Mention, frame: Frame) -> bool:
    if m.cameo != frame.cameo:
        return False
    source, _, target = frame.expected.partition(">")
    straight = _side(m.source, source) and _side(m.target, target)
    return straight or (m.is_reciprocal and _side(m.target, source) and _side(m.source, target))


def _side(party: Party | None, expected: str) -> bool:
    if expected == "":
        return True
    if expected == "---":
        return party is None or not party.country
    return party is not None and party.code.startswith(expected)


def _show(mentions: list[Mention]) -> str:
    return "; ".join(
        f"{m.source.code if m.source else '---'}>{m.target.code if m.target else '---'} {m.cameo} "
        f"{m.status} [{m.rule}]"
        for m in mentions
    )
