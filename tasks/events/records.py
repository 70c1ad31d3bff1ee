"""The coder as a filter: records of articles in, records of events out, as CAMEO users expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tasks.events.coders import chosen_coder
from tasks.events.mention import Mention

UNKNOWN = "---"
CODED = frozenset({"actual", "planned"})


def code_records(
    records: Iterable[Mapping[str, Any]], *, statuses: frozenset[str] = CODED
) -> Iterator[dict[str, Any]]:
    """Yield {"id", "events"} for each {"id", "text", "date"?, "lang"?}.

    A reciprocal event is given in both directions, as CAMEO users expect. `statuses` says which
    mentions count as events; by default what is told as done, said or planned.
    """
    code = chosen_coder()
    for record in records:
        found = code(
            str(record.get("text") or ""),
            published=_date(record.get("date")),
            lang=str(record.get("lang") or "en"),
            article_id=str(record.get("id") or ""),
        )
        events = [e for m in found if m.status in statuses for e in _events(m)]
        yield {"id": record.get("id"), "events": events}


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


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
