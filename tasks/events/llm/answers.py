"""Checks what a model answered: each span must stand in the sentence, each code in the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from tasks.events.llm.prompt import STATUSES
from tasks.events.ontology import cameo_codes

MAX_EVENTS = 8  # of one sentence; more is a model that repeats itself
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """An event that holds up; spans are offsets into the sentence."""

    sentence: int
    trigger: Span
    source: Span | None
    target: Span | None
    cameo: str
    status: str
    mutual: bool
    date: Span | None
    place: Span | None
    said_by: Span | None


class Refused(Exception):
    """An answer, or a part of it, that does not hold up."""


def read_answer(content: str, sentences: Sequence[str]) -> tuple[list[Answer], list[str]]:
    """Return the events of an answer that hold up, and why the others do not."""
    try:
        events = orjson.loads(content)["events"]
        if not isinstance(events, list):
            raise TypeError("events is no list")
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        return [], [f"no JSON of the wanted form: {error}"]
    kept: list[Answer] = []
    refused: list[str] = []
    for event in events:
        try:
            answer = _event(event, sentences)
            if sum(a.sentence == answer.sentence for a in kept) >= MAX_EVENTS:
                raise Refused(f"more than {MAX_EVENTS} events of one sentence")
            if answer not in kept:
                kept.append(answer)
        except Refused as reason:
            refused.append(str(reason))
    return kept, refused


def _event(event: Any, sentences: Sequence[str]) -> Answer:
    if not isinstance(event, dict):
        raise Refused("an event is no object")
    number = event.get("sentence")
    if not isinstance(number, int) or not 0 <= number < len(sentences):
        raise Refused(f"there is no sentence {number!r}")
    text = sentences[number]
    trigger = _span("trigger", event.get("trigger"), text)
    if trigger is None:
        raise Refused("an event has no trigger")
    code, status = event.get("cameo"), event.get("status")
    if code not in cameo_codes():
        raise Refused(f"{code!r} is no CAMEO code")
    if status not in STATUSES:
        raise Refused(f"{status!r} is no status")
    spans = {
        name: _span(name, event.get(name), text)
        for name in ("source", "target", "date", "place", "said_by")
    }
    if spans["source"] is None and spans["target"] is None:
        raise Refused("an event has neither source nor target")
    if spans["source"] == spans["target"]:
        raise Refused("source and target are the same words")
    return Answer(
        number, trigger, **spans, cameo=code, status=status, mutual=event.get("mutual") is True
    )


def _span(name: str, value: object, text: str) -> Span | None:
    """Return where the words stand; their spaces may be any white space of the sentence."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Refused(f"{name} is no text")
    found = _pattern(" ".join(value.split())).search(text)
    if found is None:
        raise Refused(f"{name} {value[:60]!r} does not stand in the sentence")
    return found.span()


@lru_cache(maxsize=4_096)
def _pattern(words: str) -> re.Pattern[str]:
    inner = r"\s+".join(re.escape(w) for w in words.split(" "))
    return re.compile(rf"(?<!\w){inner}(?!\w)")
