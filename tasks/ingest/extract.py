"""Articles as plain records, for the `extract` filter of the command line and for Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tasks.ingest.batches import Taken, outcomes
from tasks.ingest.clean import clean_line
from tasks.ingest.limits import Limits
from tasks.ingest.readers import Options
from tasks.ingest.record import Refusal
from tasks.ingest.walk import GivenPath


def extract_records(
    paths: Sequence[GivenPath],
    *,
    published: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    options: Options = Options(),  # noqa: B008 - frozen
    on_reject: Callable[[Refusal], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield each article as a record that fits JSON.

    Keys: id (the record's own, else the article's), uri, url, title, text, published (ISO 8601,
    as exact as it is known), published_precision, published_basis, publisher, lang (as the record
    gives it, else null).

    Args:
        paths: Files, folders, patterns and URLs.
        published: Table of publication dates.
        limits: Caps on sizes.
        options: Field names, HTML library.
        on_reject: Is told of each refusal.

    Raises:
        UserError: if a path does not exist, or the table is amiss.
    """
    for _, outcome in outcomes(paths, published=published, limits=limits, options=options):
        if isinstance(outcome, Taken):
            yield _plain(outcome)
        elif on_reject is not None:
            on_reject(outcome)


def _plain(taken: Taken) -> dict[str, Any]:
    row = taken.row
    return {
        "id": clean_line(taken.record.identity) or row["article_id"],
        "uri": row["source_uri"],
        "url": row["url"],
        "title": row["title"],
        "text": row["body"],
        "published": _iso(row),
        "published_precision": row["published_precision"],
        "published_basis": row["published_basis"],
        "publisher": row["publisher"],
        "lang": _language(taken.record.lang),
    }


def _iso(row: dict[str, Any]) -> str | None:
    """Return the date as exactly as it is known: 2022-02-20, or with the time as printed.

    A moment in UTC that is of another day at the publisher's is given as that day.
    """
    if row["published_date"] is None:
        return None
    if row["published_at"] is not None and row["published_at"].date() == row["published_date"]:
        return str(row["published_at"].isoformat()).replace("+00:00", "Z")
    return str(row["published_date"])


def _language(given: str | None) -> str | None:
    """Return a language code as given (en_US, en-US), in the form of BCP 47; None for a name."""
    text = (clean_line(given) or "").replace("_", "-")
    primary, *rest = text.split("-")
    if not (2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha()):
        return None
    return "-".join([primary.lower(), *(r.upper() if len(r) == 2 else r.title() for r in rest)])
