"""The chain from an event to its sentences, and what was overruled on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from tasks import schemas
from tasks.aggregate import Settled, settle
from tasks.publish.history import before
from tasks.publish.marking import Span, mark
from tasks.publish.rules import explain_rule
from tasks.publish.shown import Row, Section, rows_of

_REPORTS = """
    SELECT m.*, a.source_uri, a.publisher, a.body, a.published_basis, em.is_independent,
        c.relation, c.cluster_id, c.copy_of, c.containment, o.source_uri AS other_uri
    FROM event_mentions em
    JOIN mentions m USING (mention_id)
    JOIN articles a ON a.article_id = em.article_id
    LEFT JOIN copies c ON c.article_id = em.article_id
    LEFT JOIN articles o ON o.article_id = c.copy_of
    WHERE em.event_id = ?
    ORDER BY a.published_date, a.article_id, m.start, m.mention_id
"""
_COPIES = "SELECT * FROM copies WHERE article_id IN (SELECT article_id FROM mine)"
_ARTICLES = """
    SELECT article_id, publisher, published_date, lang FROM articles
    WHERE article_id IN (
        SELECT article_id FROM mine
        UNION ALL
        SELECT copy_of FROM copies WHERE article_id IN (SELECT article_id FROM mine)
    )
"""
_SPANS = ("source", "target", "trigger", "date_text")


def explain_event(connection: duckdb.DuckDBPyConnection, event: str) -> list[Section]:
    """Return the sections on an event, from its reports down to its earlier ids.

    Args:
        connection: The release.
        event: Whole id of the event.
    """
    reports = rows_of(connection, _REPORTS, event)
    settled = _settle(connection, event)
    history = before(connection, event)
    return [
        Section("reports", [_report(r, reports, settled) for r in reports]),
        Section("what each sentence says", [_sentence(r) for r in reports]),
        Section("rules that fired", _rules(reports)),
        *([Section("how the fields were settled", settled.claims)] if settled.claims else []),
        *([Section("in earlier releases", history)] if history else []),
    ]


def _settle(connection: duckdb.DuckDBPyConnection, event: str) -> Settled:
    """Settle the event's fields anew, and keep the account of it."""
    mine = connection.sql(
        "SELECT * FROM event_mentions WHERE event_id = $id", params={"id": event}
    ).to_arrow_table()
    connection.register("mine", mine)
    mentions = connection.sql(
        "SELECT m.* FROM mentions AS m SEMI JOIN mine USING (mention_id)"
    ).to_arrow_table()
    copies = connection.sql(_COPIES).to_arrow_table()
    articles = connection.sql(_ARTICLES).to_arrow_table()
    connection.unregister("mine")
    return settle(
        schemas.conform(mentions, schemas.MENTIONS),
        schemas.conform(copies, schemas.COPIES),
        articles,
    )


def _report(report: Row, reports: list[Row], settled: Settled) -> Row:
    return {
        "report": report["source_uri"],
        "publisher": report["publisher"],
        "published": report["published_date"],
        "lang": report["lang"],
        "copy": report["relation"],
        "counts": report["is_independent"],
        "because": _because(report, reports, settled.origins),
        "origin": settled.origins.get(report["mention_id"]),
        "status": report["status"],
        "confidence": report["confidence"],
        "article_id": report["article_id"],
        "mention_id": report["mention_id"],
    }


def _because(report: Row, reports: list[Row], origins: dict[str, str | None]) -> str:
    """Say why a mention counts as an independent report, or which one stands for it."""
    if report["is_independent"]:
        return "the best mention of its text" if len(reports) > 1 else "the only report"
    counted = [r for r in reports if r["is_independent"]]
    for other in counted:
        if other["article_id"] == report["article_id"]:
            return "the same article counts already"
    for other in counted:
        if other["cluster_id"] == report["cluster_id"]:
            if other["article_id"] == report["copy_of"]:
                return f"{_copied(report)}, which counts"
            return f"{_copied(report)}; {other['source_uri']} counts for that text"
    origin = origins.get(report["mention_id"])
    others = [r["source_uri"] for r in counted if origin and origins.get(r["mention_id"]) == origin]
    if others:
        return f"goes back to {origin}, as does {others[0]}"
    return "its text counts by another sentence"


def _copied(report: Row) -> str:
    if report["copy_of"] is None:
        return "copied by others"
    share = f" ({report['containment']:.0%} of it)" if report["containment"] is not None else ""
    return f"{report['relation']} copy of {report['other_uri']}{share}"


def _sentence(report: Row) -> Row:
    spans = list(_spans(report))
    return {
        "mention_id": report["mention_id"],
        "sentence": mark(report["body"], report["start"], report["end"], spans),
        "who": f"{report['source_actor'] or '?'} -> {report['target_actor'] or '?'}",
        "code": " ".join(filter(None, (report["plover"], report["mode"], report["cameo"]))),
        "date": _date(report),
        "place": _place(report),
        "says": _attribution(report["attribution"]),
    }


def _spans(report: Row) -> Iterator[Span]:
    for side in _SPANS:
        first, last = report[f"{side}_start"], report[f"{side}_end"]
        if first is not None and last is not None:
            yield Span(side.removesuffix("_text"), first, last)
    says = report["attribution"]
    if says and says["start"] is not None and says["end"] is not None:
        yield Span("says", says["start"], says["end"])
    for quantity in report["quantities"] or []:
        if quantity["start"] is not None and quantity["end"] is not None:
            yield Span(quantity["kind"], quantity["start"], quantity["end"])


def _date(report: Row) -> str:
    """Say how the date of a mention is known."""
    first, last, basis = report["date_start"], report["date_end"], report["date_basis"]
    if first is None and last is None:
        return "not known"
    days = f"{first or '?'}" if first == last else f"{first or '?'} to {last or '?'}"
    published = f"the day of publication, {report['published_basis']}"
    if basis == "published":
        return f"{days}: no words on it; {published}"
    words = _words(report, "date_text")
    counted = f", counted from {report['published_date']}" if basis == "inferred" else ""
    return f"{days}: {basis}{f' by {words!r}' if words else ''}{counted}"


def _words(report: Row, span: str) -> str:
    first, last = report[f"{span}_start"], report[f"{span}_end"]
    return "" if first is None or last is None else " ".join(report["body"][first:last].split())


def _place(report: Row) -> str:
    """Say which place was taken, and on what ground."""
    if report["place_name"] is None and report["place_country"] is None:
        return "not known"
    where = ", ".join(filter(None, (report["place_name"], report["place_country"])))
    number = f" (GeoNames {report['geoname_id']})" if report["geoname_id"] is not None else ""
    said = {"stated": "in the sentence", "context": "elsewhere in the article"}
    return f"{where}{number}: {said.get(report['place_basis'], report['place_basis'])}"


def _attribution(says: dict[str, Any] | None) -> str:
    if not says:
        return ""
    quoted = ", in quotation marks" if says["quoted"] else ""
    return " ".join(filter(None, (says["text"], says["actor"], says["verb"]))) + quoted


def _rules(reports: list[Row]) -> list[Row]:
    """Return each rule once, with the number of mentions in which it fired."""
    fired: dict[tuple[str, ...], int] = {}
    for report in reports:
        for part in explain_rule(report["rule"], report["lang"]):
            key = tuple(part.values())
            fired[key] = fired.get(key, 0) + 1
    names = ("rule", "where", "what")
    return [dict(zip(names, key, strict=True)) | {"mentions": n} for key, n in fired.items()]
