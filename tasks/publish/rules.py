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

# Rules that are no row of a table: how the words around a trigger decide what became of it.
MADE = {
    "duty": ("obligation", "the speaker says what another must do: a demand"),
    "denied": ("settle", "the same sentence denies it in other words"),
    "future": ("status", "will or shall: it is planned"),
    "future negated": ("status", "will not: it is refused"),
    "headline future": ("status", "an infinitive in a headline: it is planned"),
    "pending": ("status", "a word that says that it is still to come"),
    "ahead of it": ("status", "what the sentence tells happens ahead of it"),
}


def explain_rule(rule: str, lang: str) -> list[dict[str, str]]:
    """Return rows for each part of a mention's rule: name, where it is written, what it says.

    An operator that is a verb and a noun has a row for each.

    Args:
        rule: Such as "CONSULT/meet + agree:agree + target:sentence".
        lang: Language of the mention: names the folder below seeds/lexicon.
    """
    base = lang.partition("-")[0]
    return [
        {"rule": name, "where": where, "what": what}
        for name in rule.split(" + ")
        for where, what in _found(name, base)
    ]


def _found(name: str, lang: str) -> list[tuple[str, str]]:
    if name in MADE:
        module, what = MADE[name]
        return [(f"tasks/events/{module}.py", what)]
    row = name.removeprefix("as:")  # the finer code is that of another row, which fired too
    kind, _, rest = row.partition(":")
    if kind in ("source", "target"):
        return [("tasks/events/homes.py", f"{kind}: {FOUND.get(rest, rest)}")]
    if kind == "llm":
        return [("seeds/llm/prompt.md", f"the model {rest}")]
    file, is_frame, _ = row.partition("/")
    table = f"frames/{file}" if is_frame else "means" if kind == "means" else "operators"
    rows = _rows(lang, table).get(row, [])
    return [
        (
            f"seeds/lexicon/{lang}/{table}.csv:{r['line']}",
            "; ".join(f"{k} {v}" for k, v in r.items() if v and k != "line"),
        )
        for r in rows
    ] or [("", "not in the tables of this version")]


@cache
def _rows(lang: str, table: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a table by the names that rules give them."""
    found: dict[str, list[dict[str, str]]] = {}
    try:
        rows = read_table(SEEDS / "lexicon" / lang / f"{table}.csv")
    except UserError:
        return {}
    for row in rows:
        for name in _names(table, row):
            found.setdefault(name, []).append(row)
    return found


def _names(table: str, row: dict[str, str]) -> list[str]:
    if table == "means":
        return [f"means:{word}" for word in row["words"].split("|")]
    if table == "operators":
        return [f"{row['op']}:{row['trigger'].replace(' ', '_')}"]
    return [f"{table.removeprefix('frames/')}/{row['id']}"]
