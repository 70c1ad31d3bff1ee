"""The coder as a filter: records of articles in, records of events out, as CAMEO users expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tasks.annotate.records import day_of, language_of
from tasks.events.coders import chosen_coder
from tasks.events.coding import RULES, Coding
from tasks.events.mention import Mention

UNKNOWN = "---"
STATUSES = ("actual", "planned", "hypothetical", "negated", "denied")
CODED = frozenset(STATUSES[:2])
SURE = 0.8  # confidence from which a text's own language counts; short sentences often fall below


def code_records(
    records: Iterable[Mapping[str, Any]],
    *,
    statuses: frozenset[str] = CODED,
    coding: Coding = RULES,
) -> Iterator[dict[str, Any]]:
    """Yield {"id", "events"} for each {"id", "text", "date"?, "lang"?}.

    `published`, as `demarche extract` gives it, does for `date`; without `lang`, the language is told
    from the text. A reciprocal event is given in both directions, as CAMEO users expect. `statuses` says which
    mentions count as events; by default what is told as done, said or planned. `coding` says how
    texts are coded.
    """
    code = chosen_coder(coding)
    for record in records:
        text = str(record.get("text") or "")
        found = code(
            text,
            published=day_of(record),
            lang=language_to_code({**record, "text": text}),
            article_id=str(record.get("id") or ""),
        )
        events = [e for m in found if m.status in statuses for e in _events(m)]
        yield {"id": record.get("id"), "events": events}


def language_to_code(record: Mapping[str, Any]) -> str:
    """Return the language that the record gives, else the one its text is surely in, else English."""
    lang, confidence = language_of(record)
    known = confidence >= SURE and lang not in ("und", "zxx")
    return lang.partition("-")[0].lower() if known else "en"


def _events(m: Mention) -> Iterator[dict[str, Any]]:
    event = _event(m)
    yield event
    if m.is_reciprocal:
        yield {
            **event,
            "source": event["target"],
            "target": event["source"],
            "source_text": event["target_text"],
            "target_text": event["source_text"],
        }


def _event(m: Mention) -> dict[str, Any]:
    a = m.attribution
    return {
        "source": m.source.code or UNKNOWN if m.source else UNKNOWN,
        "target": m.target.code or UNKNOWN if m.target else UNKNOWN,
        "source_text": m.source.text if m.source else "",
        "target_text": m.target.text if m.target else "",
        "cameo": m.cameo,
        "plover": m.plover or None,
        "mode": m.mode or None,
        "contexts": list(m.contexts),
        "status": m.status,
        "reciprocal": m.is_reciprocal,
        "date_start": m.when.first.isoformat() if m.when.first else None,
        "date_end": m.when.last.isoformat() if m.when.last else None,
        "date_precision": m.when.precision,
        "date_basis": m.when.basis,
        "place": m.place.name if m.place else None,
        "attribution": a.text if a else None,
        "start": m.start,
        "end": m.end,
        "rule": m.rule,
        "confidence": m.confidence,
    }
