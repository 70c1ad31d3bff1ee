"""How the fields of one event were settled: what its reports claim, what stands, what was overruled."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from tasks.aggregate.events import register
from tasks.aggregate.steps import run_claims

# Why a value that is preferred wins whatever the number of its reports; see sql/claims.sql.
PREFERENCE = {
    "source": "an actor with a role beats a bare country, and both a role alone",
    "target": "an actor with a role beats a bare country, and both a role alone",
    "cameo": "a code of the event's direction, with a mode, beats the general code of its root",
    "date": "the narrowest date in the text beats a wider one, stated beats inferred, and both "
    "beat the day of publication",
    "place": "the country that most texts name; in it a place in the sentence beats one in its "
    "context, and a specific place beats the country",
}
_LATE = "of equally supported figures the latest published counts"
_STATUS = "of equally supported ones actual, planned and negated come before the others"

_SQL = """
WITH said AS (
    SELECT
        field, value, min(preference) AS preference, min(late) AS late,
        count(DISTINCT art) AS n_articles, count(DISTINCT clu) AS n_texts
    FROM claims GROUP BY field, value
),
weighed AS (
    SELECT
        field, value,
        arg_min(weight, struct_pack(p := preference, w := -weight)) / 1000.0 AS support
    FROM tallies GROUP BY field, value
),
winners AS (
    SELECT
        field,
        arg_min(value, struct_pack(p := preference, w := -weight, l := late, v := value)) AS winner
    FROM tallies WHERE field <> 'mode' GROUP BY field
    UNION ALL
    -- The mode goes with the code.
    SELECT 'mode', k.mode
    FROM spoken AS p JOIN coded AS k ON k.m = p.speaker WHERE p.field = 'cameo'
)
SELECT s.*, w.support::DOUBLE AS support, s.value IS NOT DISTINCT FROM f.winner AS stands
FROM said AS s
JOIN weighed AS w USING (field, value)
LEFT JOIN winners AS f USING (field)
ORDER BY field, stands DESC, preference, support DESC, late, value
"""
_ORIGINS = """
SELECT k.mention_id, coalesce(
    o.origin, CASE WHEN k.origin_actor LIKE '%JRN' THEN k.origin_text END, p.origin
) AS origin
FROM coded AS k
LEFT JOIN origin_of AS o ON o.text = k.origin_text
LEFT JOIN (SELECT DISTINCT origin, domain FROM news_origins WHERE domain IS NOT NULL) AS p
    ON p.domain = k.publisher
ORDER BY k.mention_id
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the reports of one event claim.

    Attributes:
        claims: One row a field and value: `n_articles` that claim it, `n_texts` of these that are
            no copies of each other, `support` (their summed confidence), whether it `stands`, and
            `why` it was overruled. Empty for an event of one mention.
        origins: The news organisation that each mention goes back to, where one is named.
    """

    claims: list[dict[str, object]]
    origins: dict[str, str | None]


def settle(mentions: pa.Table, copies: pa.Table, articles: pa.Table) -> Settled:
    """Return what mentions that are one event claim, field by field, by the rules of `aggregate`.

    Args:
        mentions: All mentions of one event, as schemas.MENTIONS.
        copies: Place of their articles among the copies, as schemas.COPIES.
        articles: Those articles and the ones that they copy, as for `aggregate`.
    """
    with duckdb.connect() as con:
        register(con, mentions, copies, articles)
        run_claims(con)
        rows = con.sql(_SQL).to_arrow_table().to_pylist()
        origins = dict(con.execute(_ORIGINS).fetchall())
    winners = {r["field"]: r for r in rows if r["stands"]}
    return Settled([_judged(r, winners.get(r["field"])) for r in rows], origins)


def _judged(row: dict[str, object], winner: dict[str, object] | None) -> dict[str, object]:
    shown = ("field", "value", "stands", "n_articles", "n_texts", "support")
    return {k: row[k] for k in shown} | {"why": "" if row["stands"] else _why(row, winner)}


def _why(row: dict[str, object], winner: dict[str, object] | None) -> str:
    field = str(row["field"])
    if winner is None or field == "mode":
        return "the mode goes with the code that stands"
    if row["preference"] != winner["preference"]:
        return PREFERENCE.get(field, "")
    if row["support"] != winner["support"]:
        return "fewer independent texts, or less sure ones, say so"
    if row["late"] != winner["late"]:
        return _STATUS if field == "status" else _LATE
    return "equal in all: the first in the alphabet is taken"
