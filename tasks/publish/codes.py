"""The closed lists: which values a column may hold, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tasks.aggregate.tables import read_seed
from tasks.ingest.reasons import REASONS
from tasks.settings import SEEDS

ONTOLOGY = SEEDS / "ontology"


@dataclass(frozen=True, slots=True)
class Codes:
    """The values of one column.

    Attributes:
        column: Name of the column in every table that has it.
        values: Each value and what it means.
    """

    column: str
    values: dict[str, str]


_WRITTEN = (
    Codes(
        "status",
        {
            "actual": "It is reported to have happened or to be happening",
            "planned": "It is announced for a time to come",
            "hypothetical": "It may happen, or would under a condition",
            "negated": "It is reported not to have happened",
            "denied": "Somebody denies it",
        },
    ),
    Codes(
        "date_basis",
        {
            "stated": "The sentence gives the date",
            "inferred": "Worked out from words such as yesterday, and the day of writing",
            "published": "No words on it: the day of writing",
            "none": "Neither is known",
        },
    ),
    Codes(
        "date_precision",
        {
            "day": "Known to the day",
            "week": "Known to the week, or to a few days",
            "month": "Known to the month",
            "year": "Known to the year, or vaguer",
            "none": "Not known",
        },
    ),
    Codes(
        "place_basis",
        {
            "stated": "Named in the sentence",
            "context": "Named elsewhere in the article",
            "none": "Not known",
        },
    ),
    Codes(
        "published_precision",
        {
            "second": "Known to the second",
            "minute": "Known to the minute",
            "day": "Known to the day",
            "month": "Known to the month",
            "none": "Not known",
        },
    ),
    Codes(
        "published_basis",
        {
            "metadata": "A field of the record, the page or a table that was given",
            "header": "A labelled line of the text",
            "dateline": "The dateline of the text",
            "inferred": "Worked out from other marks, such as the address",
            "publisher": "Figures, day and month in the order that the publisher's other dates prove",
            "ambiguous": "Not known: figures that can be read as two days",
            "none": "Not known",
        },
    ),
    Codes(
        "relation",
        {
            "original": "Copies no other article",
            "exact": "The same text",
            "near": "The same text with small changes",
            "excerpt": "A part of the other's text",
            "embeds": "Holds the other's text, and more",
            "update": "A later version of the other, with other facts",
        },
    ),
    Codes(
        "change",
        {
            "merged": "Several events turned out to be one",
            "split": "One event turned out to be several",
            "regrouped": "Both: its mentions are shared out anew among several events",
            "withdrawn": "No mention of it is left",
            "moved": "It has another date, and perhaps other codes",
            "recoded": "It has another type, status, actor or place, and the date it had",
            "renamed": "It has another id and says the same: an earlier report came, or the first went",
        },
    ),
    Codes(
        "quad_class",
        {
            "1": "Verbal cooperation",
            "2": "Material cooperation",
            "3": "Verbal conflict",
            "4": "Material conflict",
        },
    ),
)


@cache
def closed_lists() -> dict[str, Codes]:
    """Return the closed lists by column, those of the ontology and of the rejects among them."""
    types = read_seed(ONTOLOGY / "plover.csv").to_pylist()
    modes = sorted({m for t in types for m in (t["modes"] or "").split("|") if m})
    told: dict[str, list[str]] = {
        m: [t["type"] for t in types if m in (t["modes"] or "").split("|")] for m in modes
    }
    derived = (
        Codes("plover", {t["type"]: t["what"] for t in types}),
        Codes("mode", {m: f"Of {', '.join(told[m])}" for m in modes}),
        Codes("reason", {r.name: r.meaning for r in REASONS.values()}),
    )
    return {c.column: c for c in (*_WRITTEN, *derived)}
