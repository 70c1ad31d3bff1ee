"""What a rule says: the row of the lexicon that fired, by the name that mentions give it."""

from __future__ import annotations

from functools import cache

from tasks.errors import UserError
from tasks.events.tables import SEEDS, read_table

# How a side that the clause itself does not name was found (tasks/events/homes.py).
FOUND = {
    "earlier": "named with its country shortly before in the text",
    "place": "the country of the place in the clause",
    "sentence": "the only country that its sentence speaks of",
    "dateline": "the country of the dateline",
    "article": "the country that the article speaks of",
}


def explain_rule(rule: str, lang: str) -> list[dict[str, str]]:
    """Return a row for each part of a mention's rule: name, where it is written, what it says.

    Args:
        rule: Such as "frames:meet:13 + agree:agree + target:sentence".
        lang: Language of the mention: names the folder below seeds/lexicon.
    """
    return [_part(name, lang.partition("-")[0]) for name in rule.split(" + ")]


def _part(name: str, lang: str) -> dict[str, str]:
    kind, _, rest = name.partition(":")
    if kind in ("source", "target"):
        what = FOUND.get(rest, rest)
        return {"rule": name, "where": "tasks/events/homes.py", "what": f"{kind}: {what}"}
    table = "frames" if kind == "frames" else "operators"
    trigger, _, line = rest.partition(":")
    for row in _rows(lang, table):
        same = row["trigger"].replace(" ", "_") == trigger
        if same and (row["line"] == line if kind == "frames" else row["op"] == kind):
            said = "; ".join(f"{k} {v}" for k, v in row.items() if v and k != "line")
            return {
                "rule": name,
                "where": f"seeds/lexicon/{lang}/{table}.csv:{row['line']}",
                "what": said,
            }
    return {"rule": name, "where": "", "what": "not in the tables of this version"}


@cache
def _rows(lang: str, table: str) -> list[dict[str, str]]:
    try:
        return read_table(SEEDS / "lexicon" / lang / f"{table}.csv")
    except UserError:
        return []
