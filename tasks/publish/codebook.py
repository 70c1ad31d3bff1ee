"""Writes the codebook: every table, column, code and rule, from the definitions that make them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks.aggregate.tables import read_seed
from tasks.schemas import TABLES, Table, empty
from tasks.settings import SEEDS, SQL
from tasks.summarize import Built, run_models
from tasks.summarize.build import Folders
from tasks.summarize.model import parse_header, read_sql

INTRO = (
    "What each table of a release holds. Generated from the table registry, the headers of the SQL "
    "models and the code lists, so it cannot differ from what is published."
)

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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with words and perhaps a table below it.

    Attributes:
        level: 1 for the title, 2 for a part, 3 for a table.
        title: The heading.
        words: Paragraphs.
        head: Names of the table's columns; empty for none.
        rows: Its rows.
    """

    level: int
    title: str
    words: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def codebook_markdown(folder: Folders = SQL) -> str:
    """Return the codebook as Markdown; ends with a line end.

    Args:
        folder: Where the SQL models are: sql/, or several folders, one's own among them.
    """
    return "\n\n".join(_markdown(s) for s in codebook(folder)) + "\n"


def codebook_html(folder: Folders = SQL) -> str:
    """Return the codebook as one HTML page without scripts or links to elsewhere."""
    body = "\n".join(_html(s) for s in codebook(folder))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Codebook</title>\n'
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
        "padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}"
        "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid}"
        f"</style>\n{body}\n</html>\n"
    )


def codebook(folder: Folders = SQL) -> list[Section]:
    """Return the parts of the codebook, in their order."""
    built = _build(folder)
    return [
        Section(1, "Codebook", (INTRO,)),
        Section(2, "Tables", ("Published as Parquet, and in `demarche.duckdb`.",)),
        *(_table(t) for t in TABLES.values()),
        Section(2, "Marts", ("Built by `sql/marts` from the tables; published like them.",)),
        *(_model(b) for b in built if b.model.kind == "table"),
        Section(2, "Views", ("Built by `sql/staging`; in `demarche.duckdb` only.",)),
        *(_model(b) for b in built if b.model.kind == "view"),
        *_codes(),
        _rules(folder),
    ]


def _build(folder: Folders) -> list[Built]:
    """Build the models on empty tables: their columns and types are known without any data."""
    with duckdb.connect() as con:
        for table in TABLES.values():
            con.register("no_rows", empty(table))
            con.execute(f'CREATE TABLE "{table.name}" AS FROM no_rows')
        return sorted(run_models(con, folder), key=lambda b: b.model.name)


def _table(table: Table) -> Section:
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
    words = (f"One row is {table.grain}. Key: {key}. {parts}",)
    return Section(3, table.name, words, ("column", "type", "what"), rows)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return "code"
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "(" + ", ".join(f.name for f in kind) + ")"
    return _TYPES[str(kind)]


def _model(built: Built) -> Section:
    header = built.model.header
    rows = tuple((f"`{n}`", t.lower(), header.columns.get(n, "")) for n, t in built.columns)
    key = f" Key: {', '.join(f'`{k}`' for k in header.key)}." if header.key else ""
    words = (header.description, f"One row is {header.grain}.{key}")
    return Section(3, built.model.name, words, ("column", "type", "what"), rows)


def _codes() -> Iterator[Section]:
    yield Section(2, "Code lists", ("From `seeds/ontology`, where they may be edited.",))
    for title, name, columns in (
        ("PLOVER event types", "plover.csv", ("type", "quad_class", "score", "modes", "what")),
        ("PLOVER contexts", "contexts.csv", None),
        ("Role codes", "roles.csv", ("role", "label", "cameo")),
        ("CAMEO codes", "cameo.csv", ("code", "label", "goldstein", "quad_class", "plover")),
    ):
        data = read_seed(SEEDS / "ontology" / name)
        head = columns or tuple(data.column_names)
        rows = tuple(tuple(r[c] or "" for c in head) for r in data.to_pylist())
        yield Section(3, title, (), head, rows)


def _rules(folder: Folders) -> Section:
    folders = [folder] if isinstance(folder, Path) else folder
    paths = sorted(p for f in folders for p in (f / "tests").glob("*.sql"))
    headers = [(p.stem, parse_header(read_sql(p))) for p in paths]
    rows = tuple((f"`{name}`", h.description, h.severity) for name, h in headers)
    words = ("Checked before every release; a broken rule of severity error stops it.",)
    return Section(2, "Rules that hold", words, ("test", "rule", "severity"), rows)


def _markdown(section: Section) -> str:
    parts = ["#" * section.level + " " + section.title, *section.words]
    if section.head:
        lines = [section.head, tuple("---" for _ in section.head), *section.rows]
        parts.append("\n".join("| " + " | ".join(_cell(c) for c in row) + " |" for row in lines))
    return "\n\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", ", ")


def _html(section: Section) -> str:
    anchor = section.title.lower().replace(" ", "-")
    parts = [f'<h{section.level} id="{anchor}">{_plain(section.title)}</h{section.level}>']
    parts += [f"<p>{_plain(w)}</p>" for w in section.words]
    if section.head:
        cells = "".join(f'<th scope="col">{_plain(c)}</th>' for c in section.head)
        rows = ["".join(f"<td>{_plain(_cell(c))}</td>" for c in r) for r in section.rows]
        parts.append("<table><tr>" + cells + "</tr>\n" + "\n".join(f"<tr>{r}</tr>" for r in rows))
        parts.append("</table>")
    return "\n".join(parts)


def _plain(text: str) -> str:
    """Escape, with the words between backticks as code."""
    pieces = html.escape(text, quote=False).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))


def main() -> None:
    """Write docs/codebook.md."""
    path = SEEDS.parent / "docs" / "codebook.md"
    path.write_text(codebook_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
