"""Writes a release's events as GDELT, ICEWS, POLECAT, CSV or JSONL files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tasks.aggregate.tables import read_seed
from tasks.errors import UserError
from tasks.publish.exports.numbers import register_numbers
from tasks.settings import SEEDS
from tasks.warehouse.layout import MANIFEST

FOLDER = Path(__file__).parent
BATCH = 50_000

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV Injection).
_FORMULA = r"^([=+\-@\t\r\n＝＋－＠])"

# What separates values, and whether the names stand in the first line. None = one JSON a line.
FORMATS: dict[str, tuple[str | None, bool]] = {
    "gdelt": ("\t", False),
    "gdelt-mentions": ("\t", False),
    "icews": ("\t", True),
    "polecat": ("\t", True),
    "csv": (",", True),
    "jsonl": (None, False),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written.

    Attributes:
        path: The file; None for a pipe.
        n_rows: Rows in it, the header aside.
        n_left_out: Events that the format cannot hold: not actual, without any day, or (POLECAT)
            without a PLOVER type.
    """

    path: Path | None
    n_rows: int
    n_left_out: int


def export_events(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> Exported:
    """Write the events of a release to a file; the same release gives the same bytes.

    Args:
        con: Connection to a release's demarche.duckdb; may be read-only.
        name: One of FORMATS.
        path: The file; it is replaced whole, or not at all. A pipe or device is written into.

    Raises:
        UserError: if the format is unknown, the path is a folder or in a release, or the file cannot
            be written.
    """
    _must_be_known(name)
    _must_be_free(path)
    try:
        done = _write_whole(con, name, path)
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from error
    return Exported(path, done.n_rows, done.n_left_out)


def _write_whole(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> Exported:
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            return write_events(con, name, file)
    target = path.resolve()
    building = target.with_name(f".{target.name}.part")
    try:
        with building.open("wb") as file:
            done = write_events(con, name, file)
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    return done


def write_events(con: duckdb.DuckDBPyConnection, name: str, file: BinaryIO) -> Exported:
    """Write the events of a release to an open file or pipe, as `export_events` does."""
    _must_be_known(name)
    _prepare(con)
    sql = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    n_rows = 0
    for batch, chunk in _chunks(con, sql, *FORMATS[name]):
        file.write(chunk)
        n_rows += batch
    return Exported(None, n_rows, _left_out(con, name))


def _must_be_free(path: Path) -> None:
    """A link to a folder counts as that folder: `current` must not become a file."""
    if path.is_dir():
        raise UserError(f"{path} is a folder", "Name a file in it.")
    if any((folder / MANIFEST).is_file() for folder in path.resolve().parents):
        raise UserError(f"{path} lies in a release", "Releases never change; write elsewhere.")


def _must_be_known(name: str) -> None:
    if name not in FORMATS:
        raise UserError(
            f"there is no export format {name!r}", f"Take one of {', '.join(FORMATS)}, package."
        )


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the code lists and the views that the formats share."""
    countries = read_seed(SEEDS / "actors" / "countries.csv")
    names = pc.list_element(pc.split_pattern(countries.column("names"), "|"), 0)
    con.register("export_countries", pa.table({"code": countries.column("code"), "name": names}))
    con.register("export_fips", read_seed(SEEDS / "exports" / "fips.csv"))
    con.register("export_cameo", read_seed(SEEDS / "ontology" / "cameo.csv"))
    con.register("export_plover", read_seed(SEEDS / "ontology" / "plover.csv"))
    con.register("export_sector_names", read_seed(SEEDS / "exports" / "icews_sectors.csv"))
    con.register("export_provinces", _provinces())
    register_numbers(con)
    con.execute((FOLDER / "common.sql").read_text(encoding="utf-8"))


@cache
def _provinces() -> pa.Table:
    """Return the names of the first-level divisions: country, admin1, name."""
    return pq.read_table(
        SEEDS / "places" / "gazetteer.parquet",
        columns=["country", "admin1", "name"],
        filters=[("level", "=", "admin1")],
    )


def _chunks(
    con: duckdb.DuckDBPyConnection, sql: str, separator: str | None, header: bool
) -> Iterator[tuple[int, bytes]]:
    reader = con.sql(sql).to_arrow_reader(BATCH)
    if header:
        yield 0, _header(reader.schema.names, separator or "")
    for batch in reader:
        yield batch.num_rows, _encode(batch, separator)


def _header(names: list[str], separator: str) -> bytes:
    quoted = [f'"{n}"' for n in names] if separator == "," else names
    return (separator.join(quoted) + "\n").encode()


def _encode(batch: pa.RecordBatch, separator: str | None) -> bytes:
    if separator == ",":
        sink = pa.BufferOutputStream()
        columns = [_without_formulas(c) for c in batch.columns]
        plain = pa.RecordBatch.from_arrays(columns, batch.schema.names)
        pa_csv.write_csv(plain, sink, pa_csv.WriteOptions(include_header=False))
        return bytes(sink.getvalue())
    lines = batch.column(0) if separator is None else _join(batch, separator)
    return "".join(f"{line}\n" for line in lines.to_pylist()).encode()


def _without_formulas(column: pa.Array) -> pa.Array:
    """Put an apostrophe before text that a spreadsheet would carry out; numbers stay numbers."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not pa.types.is_string(column.type):
        return column
    return pc.replace_substring_regex(column, _FORMULA, r"'\1")


def _join(batch: pa.RecordBatch, separator: str) -> pa.Array:
    """Join the values of each row; these formats know no quotation marks, so white space is one."""
    text = [pc.replace_substring_regex(c.cast(pa.string()), r"\s+", " ") for c in batch.columns]
    return pc.binary_join_element_wise(
        *text, separator, null_handling="replace", null_replacement=""
    )


def _left_out(con: duckdb.DuckDBPyConnection, name: str) -> int:
    if name in ("csv", "jsonl"):
        return 0
    kept = "SELECT count(*) FROM export_events"
    if name == "polecat":
        kept += " WHERE plover IS NOT NULL"
    rows = con.execute(f"SELECT (SELECT count(*) FROM events) - ({kept})").fetchall()  # noqa: S608
    return int(rows[0][0])
