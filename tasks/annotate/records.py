"""The annotator as a filter: records in, records out."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tasks.annotate.annotate import annotate
from tasks.annotate.tables import OwnTable
from tasks.annotate.types import Annotation, DateMention
from tasks.language import decide

LOG = logging.getLogger(__name__)
_PLACE_KEYS = (
    "start",
    "end",
    "text",
    "name",
    "level",
    "country",
    "admin1",
    "lat",
    "lon",
    "geoname_id",
)


def annotate_records(
    records: Iterable[Mapping[str, Any]], overlay: OwnTable | None = None
) -> Iterator[dict[str, Any]]:
    """Annotate {"id", "text", "date"?, "lang"?} records, one by one, in their order.

    A record without `lang` is read in the language that its text is found to be in; `published`, as
    `demarche extract` gives it, does for `date`. `overlay` is the user's own actor table.
    """
    for record in records:
        lang, confidence = language_of(record)
        found = annotate(record["text"], published=day_of(record), lang=lang, overlay=overlay)
        yield {"id": record.get("id"), "lang_confidence": confidence, **to_json(found)}


def language_of(record: Mapping[str, Any]) -> tuple[str, float]:
    """Return the language that the record gives, else the one that its text speaks for."""
    if record.get("lang"):
        return str(record["lang"]), 1.0
    verdict = decide(record["text"])
    return verdict.lang, verdict.confidence


def day_of(record: Mapping[str, Any]) -> date | None:
    """Return the day of publication that the record gives as `date`, or as `published`.

    None if it gives none. What is no ISO day is told, and then relative dates stay open.
    """
    value = record.get("date") or record.get("published")
    if not value:
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        LOG.warning(
            "record %r: date %r is not a day (as 2022-02-08 is): read as if it had none",
            record.get("id"),
            value,
        )
        return None


def to_json(found: Annotation) -> dict[str, Any]:
    """Return an annotation as plain values; offsets count code points of its text."""
    return {
        "lang": found.lang,
        "sentences": [[s.start, s.end] for s in found.sentences],
        "dates": [_date(d) for d in found.dates],
        "places": [{k: asdict(p)[k] for k in _PLACE_KEYS} for p in found.places],
        "actors": [asdict(a) for a in found.actors],
        "quantities": [asdict(q) for q in found.quantities],
        "quotes": [asdict(q) for q in found.quotes],
    }


def _date(found: DateMention) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "from": found.first.isoformat() if found.first else None,
        "to": found.last.isoformat() if found.last else None,
        "precision": found.precision,
        "basis": found.basis,
        "rule": found.rule,
    }
