"""Writes the codebook: every table, column, code and rule, from the definitions that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks.aggregate.tables import read_seed
from tasks.publish.codes import ONTOLOGY, closed_lists
from tasks.publish.sections import Section, as_html, as_markdown
from tasks.schemas import TABLES, Table, empty
from tasks.settings import SEEDS, SQL
from tasks.summarize import Built, run_models
from tasks.summarize.build import Folders
from tasks.summarize.model import parse_header, read_sql

INTRO = (
    "What each table of a release holds. Generated from the table registry, the headers of the SQL "
    "models and the code lists, so it cannot differ from what is published."
)
RELEASED = (
    "Row counts are those of this release. `datapackage.json` beside this file says the same to "
    "programs (Frictionless Data Package)."
)

# How each table comes about. Marts and views say it themselves: they are SQL.
HOW = {
    "articles": "Read from the inputs and cleaned (`tasks/ingest`); `body` is the clean text that "
    "every offset counts in. Language by a vote of detectors (`tasks/language`).",
    "rejects": "What reading refused, so that inputs = articles + rejects + repeats.",
    "copies": "Every two articles that share sampled shingles are compared passage by passage "
    "(`tasks/duplicates`); direct and indirect copies make up a cluster.",
    "mentions": "Coded sentence by sentence by the frames of `seeds/lexicon` over a dependency "
    "parse, with actors and places from `seeds/actors` and `seeds/places` (`tasks/events`); `rule` "
    "names what fired.",
    "events": "Mentions that agree on type, status, actors and day, as far as each says so, are one "
    "event (`tasks/aggregate`). Each field takes the most specific value, then the one that most "
    "independent texts support; what else was said stands in `disagreements`.",
    "event_mentions": "Made with `events`; every mention belongs to exactly one event, but for those "
    "in `boilerplate_mentions`, which belong to none.",
    "boilerplate": "Found by `tasks.ingest.repeated` in the bodies of all articles: a line that stands "
    "in so many stories of a publisher, over so long a time, that it belongs to its pages.",
    "boilerplate_mentions": "Made with `boilerplate`: the mentions whose sentence stands in such a line.",
    "supersedes": "Every release is set beside the one before it, mention by mention; the rows of the "
    "releases before stay (`tasks.aggregate.compare_events`). It tells of releases, so it is the one "
    "table that depends on the runs in which the articles came. New events supersede nothing and are "
    "not listed. An id leads to today's along old_event_id, new_event_id, in order of the releases; "
    "`demarche explain OLD_ID` does so.",
}

_TYPES = {
    "string": "text",
    "int8": "integer",
    "int32": "integer",
    "int64": "integer",
    "double": "number",
    "bool": "true or false",
    "date32[day]": "date",
    "timestamp[us, tz=UTC]": "time (UTC)",
}


def codebook_markdown(folder: Folders = SQL) -> str:
    """Return the codebook as Markdown; ends with a line end.

    Args:
        folder: Where the SQL models are: sql/, or several folders, one's own among them.
    """
    return as_markdown(codebook(folder))


def codebook_html(folder: Folders = SQL) -> str:
    """Return the codebook as one HTML page without scripts or links to elsewhere."""
    return as_html(codebook(folder), "Codebook")


def codebook(
    folder: Folders = SQL,
    built: Sequence[Built] | None = None,
    counts: Mapping[str, int] | None = None,
) -> list[Section]:
    """Return the parts of the codebook, in their order.

    Args:
        folder: Where the SQL models are.
        built: The models as a release holds them; None builds them on empty tables.
        counts: Rows of each table and mart of a release. With it the codebook is the release's
            own: it gives the counts, and the SQL of each model.
    """
    models = sorted(built or _build(folder), key=lambda b: b.model.name)
    marts = [b for b in models if b.model.kind == "table"]
    views = [b for b in models if b.model.kind == "view"]
    return [
        Section(1, "Codebook", (INTRO, *([RELEASED] if counts else []))),
        Section(2, "Tables", ("Published as Parquet, and in `demarche.duckdb`.",)),
        *(_table(t, counts) for t in TABLES.values()),
        Section(2, "Marts", ("Built by `sql/marts` from the tables; published like them.",)),
        *(_model(b, counts) for b in marts),
        Section(2, "Views", ("Built by `sql/staging`; in `demarche.duckdb` only.",)),
        *(_model(b, counts) for b in views),
        *_codes(),
        _rules(folder),
    ]


def _build(folder: Folders) -> list[Built]:
    """Build the models on empty tables: their columns and types are known without any data."""
    with duckdb.connect() as con:
        for table in TABLES.values():
            con.register("no_rows", empty(table))
            con.execute(f'CREATE TABLE "{table.name}" AS FROM no_rows')
        return run_models(con, folder)


def _counted(name: str, counts: Mapping[str, int] | None) -> str:
    return f" {counts[name]:,} rows." if counts and name in counts else ""


def _table(table: Table, counts: Mapping[str, int] | None) -> Section:
    rows = tuple(
        (
            f"`{f.name}`",
            _type(f.type) + ("" if f.nullable else ", always given"),
            (f.metadata or {}).get(b"description", b"").decode(),
        )
        for f in table.schema
    )
    key = ", ".join(f"`{k}`" for k in table.key)
    parts = f"One file a month of `{table.month_of}`." if table.month_of else "One file."
    grain = f"One row is {table.grain}. Key: {key}. {parts}{_counted(table.name, counts)}"
    return Section(3, table.name, (grain, HOW[table.name]), ("column", "type", "what"), rows)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return "code"
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "(" + ", ".join(f.name for f in kind) + ")"
    return _TYPES[str(kind)]


def _model(built: Built, counts: Mapping[str, int] | None) -> Section:
    model, header = built.model, built.model.header
    rows = tuple((f"`{n}`", t.lower(), header.columns.get(n, "")) for n, t in built.columns)
    key = f" Key: {', '.join(f'`{k}`' for k in header.key)}." if header.key else ""
    grain = f"One row is {header.grain}.{key}{_counted(model.name, counts)}"
    reads = ", ".join(f"`{name}`" for name in built.reads) or "nothing else"
    made = f"Made by `{model.path.parent.name}/{model.path.name}` from {reads}."
    words = (header.description, grain, made)
    code = model.sql if counts else ""
    return Section(3, model.name, words, ("column", "type", "what"), rows, code)


def _codes() -> Iterator[Section]:
    yield Section(2, "Code lists", ("From `seeds/ontology`, where they may be edited.",))
    for title, name, columns in (
        ("PLOVER event types", "plover.csv", ("type", "quad_class", "score", "modes", "what")),
        ("PLOVER contexts", "contexts.csv", None),
        ("Role codes", "roles.csv", ("role", "label", "cameo")),
        ("CAMEO codes", "cameo.csv", ("code", "label", "goldstein", "quad_class", "plover")),
    ):
        data = read_seed(ONTOLOGY / name)
        head = columns or tuple(data.column_names)
        rows = tuple(tuple(r[c] or "" for c in head) for r in data.to_pylist())
        yield Section(3, title, (), head, rows)
    for codes in closed_lists().values():
        if codes.column != "plover":  # it has its own table above
            values = tuple((f"`{value}`", what) for value, what in codes.values.items())
            yield Section(3, f"Values of {codes.column}", (), ("value", "what"), values)


def _rules(folder: Folders) -> Section:
    folders = [folder] if isinstance(folder, Path) else folder
    paths = [p for f in folders for p in sorted((f / "tests").glob("*.sql"))]
    headers = [(p.stem, parse_header(read_sql(p))) for p in paths]
    rows = tuple((f"`{name}`", h.description, h.severity) for name, h in headers)
    words = ("Checked before every release; a broken rule of severity error stops it.",)
    return Section(2, "Rules that hold", words, ("test", "rule", "severity"), rows)


def main() -> None:
    """Write docs/codebook.md."""
    path = SEEDS.parent / "docs" / "codebook.md"
    path.write_text(codebook_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
