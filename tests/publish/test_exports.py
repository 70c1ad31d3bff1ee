"""What is exported can be read back by the tools of its users, and says what the events say."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow.csv as pa_csv
import pytest

from tasks.aggregate.tables import read_seed
from tasks.errors import UserError
from tasks.publish.exports import FORMATS, export_events
from tasks.publish.exports.numbers import LARGEST, number_ids
from tasks.settings import SEEDS
from tests.aggregate.story import Story
from tests.sql.world import tables, warehouse

GDELT_NUMBER, GDELT_DAY, GDELT_CODE, GDELT_ADDED, GDELT_URL = 0, 1, 26, 59, 60


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    story = Story()
    story.article("a", "20", publisher="lemonde.fr", lang="fr")
    story.article("b", "21", publisher="tass.example", lang="ru")
    for name in "ab":
        story.mention(name, "FRAGOV", "CONSULT", "RUSGOV", mode="visit", on="20", city="Moscow")
    story.mention("a", "RUSMIL", "ASSAULT", "UKRCVL", on="19", city="Kharkiv")
    story.mention("a", "UNO", None, None, on="19")
    story.mention("a", "FRAGOV", "CONSULT", "DEUGOV", on="25", status="planned")
    story.articles[0]["title"] = None
    return warehouse(tables(story))


def write(con: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Path:
    return export_events(con, name, folder / f"events.{name}").path


def lines(path: Path) -> list[list[str]]:
    """Read as the tools do that know no quotation marks."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def records(path: Path) -> list[dict[str, str]]:
    head, *rows = lines(path)
    return [dict(zip(head, r, strict=True)) for r in rows]


def events(
    con: duckdb.DuckDBPyConnection, where: str = "status = 'actual'"
) -> list[dict[str, Any]]:
    sql = f"SELECT * FROM events WHERE {where} ORDER BY date_start, event_id"
    return con.sql(sql).to_arrow_table().to_pylist()


def test_gdelt_events_have_61_columns_and_say_the_same(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = lines(write(con, "gdelt", tmp_path))
    assert {len(r) for r in rows} == {61}
    for row, event in zip(rows, events(con), strict=True):
        assert int(row[GDELT_NUMBER]) == int(event["event_id"][:8], 16) // 2
        assert row[GDELT_DAY] == event["date_start"].strftime("%Y%m%d")
        assert (row[5], row[15]) == (event["source_actor"] or "", event["target_actor"] or "")
        assert (row[GDELT_CODE], row[28]) == (event["cameo"], event["cameo"][:2])
        assert (int(row[29]), float(row[30])) == (event["quad_class"], event["goldstein"])
        assert (int(row[31]), int(row[33])) == (event["n_mentions"], event["n_articles"])
        assert row[GDELT_ADDED] == event["first_reported"].strftime("%Y%m%d000000")
        assert row[GDELT_URL].endswith(".txt")
    attack = next(r for r in rows if r[GDELT_CODE].startswith("19"))
    assert (attack[7], attack[12], attack[17], attack[22]) == ("RUS", "MIL", "UKR", "CVL")
    assert attack[51:54] == ["4", "Kharkiv, Ukraine", "UP"]
    assert (float(attack[56]), float(attack[57])) == (49.98, 36.25)
    organisation = next(r for r in rows if r[5] == "UNO")
    assert (organisation[7], organisation[8]) == ("", "UNO")


def test_gdelt_mentions_have_16_columns_and_point_into_the_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = lines(write(con, "gdelt-mentions", tmp_path))
    assert {len(r) for r in rows} == {16}
    assert len(rows) == 4
    bodies = {
        a["source_uri"]: a["body"] for a in con.sql("FROM articles").to_arrow_table().to_pylist()
    }
    known = {r[0] for r in lines(write(con, "gdelt", tmp_path))}
    for row in rows:
        assert row[0] in known
        assert bodies[row[5]][int(row[7]) :].startswith(("FRAGOV", "RUSMIL", "UNO"))
        assert int(row[11]) == 80
    assert {r[14] for r in rows} == {"srclc:fr", "srclc:ru"}


def test_icews_rows_carry_names_sectors_and_labels(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = records(write(con, "icews", tmp_path))
    assert len(rows[0]) == 20
    visit = next(r for r in rows if r["CAMEO Code"] == "042")
    assert (visit["Event Date"], visit["Source Country"], visit["Target Country"]) == (
        "2022-02-20",
        "France",
        "Russia",
    )
    assert (visit["Source Sectors"], visit["City"]) == ("Government", "Moscow")
    assert (visit["Province"], visit["Country"]) == ("Moscow", "Russia")
    assert visit["Event Text"]
    assert float(visit["Intensity"]) == 1.9


# Column types of the R package icews (read_icews); the names are those of the files.
ICEWS_TYPES = {
    **dict.fromkeys(("Event ID", "Story ID", "Sentence Number"), "int32"),
    **dict.fromkeys(("Intensity", "Latitude", "Longitude"), "float64"),
    **{
        f"{side} {what}": "str"
        for side in ("Source", "Target")
        for what in ("Name", "Sectors", "Country")
    },
    **dict.fromkeys(("Event Text", "CAMEO Code", "Publisher"), "str"),
    **dict.fromkeys(("City", "District", "Province", "Country"), "str"),
}


def test_icews_files_have_the_columns_and_types_that_their_readers_expect(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    read = pandas.read_csv(
        write(con, "icews", tmp_path),
        sep="\t",
        quoting=csv.QUOTE_NONE,
        dtype=ICEWS_TYPES,
        parse_dates=["Event Date"],
        date_format="%Y-%m-%d",
    )
    assert set(read.columns) == {*ICEWS_TYPES, "Event Date"}
    assert read["Event Date"].dtype.kind == "M"
    assert read["Event ID"].is_unique
    assert (read[["Event ID", "Story ID", "Sentence Number"]] > 0).all(axis=None)


def test_every_role_has_the_name_of_a_sector() -> None:
    named = read_seed(SEEDS / "exports" / "icews_sectors.csv")
    roles = read_seed(SEEDS / "ontology" / "roles.csv")
    assert named.column("role").to_pylist() == roles.column("role").to_pylist()


def test_ids_that_begin_alike_get_numbers_apart_and_keep_them() -> None:
    ids = [f"{i:08x}{i:024x}" for i in (6, 7, 8)]  # 6 and 7 differ in the last bit, which is cut
    ids += [f"ffffffff{i:024x}" for i in (1, 2)] + ["0" * 32]
    given = number_ids(ids)
    assert list(given.values()) == [3, 4, 5, LARGEST, 1, 2]
    for n in range(len(ids)):  # what comes later changes no number given before
        assert number_ids(ids[:n]) == {i: given[i] for i in ids[:n]}


def test_polecat_rows_carry_plover_types_and_leave_statements_out(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    done = export_events(con, "polecat", tmp_path / "polecat.tsv")
    rows = records(done.path)
    assert len(rows[0]) == 40
    assert [(r["Event Type"], r["Quad Code"]) for r in rows] == [
        ("ASSAULT", "MATERIAL CONFLICT"),
        ("CONSULT", "VERBAL COOPERATION"),
    ]
    assert [r["Event ID"] for r in rows] == [
        e["event_id"] for e in events(con, "status = 'actual' AND plover IS NOT NULL")
    ]
    assert (done.n_rows, done.n_left_out) == (2, 2)


def test_csv_holds_every_event_under_readable_names(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    read = pa_csv.read_csv(write(con, "csv", tmp_path)).to_pylist()
    assert [r["event id"] for r in read] == [e["event_id"] for e in events(con, "TRUE")]
    assert [r["status"] for r in read].count("planned") == 1
    assert all(r["sentence"].endswith(".") for r in read)


def test_jsonl_gives_each_event_back_with_its_mentions(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = write(con, "jsonl", tmp_path).read_text(encoding="utf-8")
    read = [json.loads(line) for line in text.splitlines()]
    for record, event in zip(read, events(con, "TRUE"), strict=True):
        assert len(record.pop("mentions")) == event["n_mentions"]
        for day in ("date_start", "date_end", "first_reported", "last_reported"):
            event[day] = event[day] and event[day].isoformat()
        assert record == event


def test_tabs_line_ends_and_quotation_marks_do_not_break_a_row(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    story = Story()
    story.article("a", "20", publisher='the "daily"\tnews\n')
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="20")
    own = warehouse(tables(story))
    (row,) = records(write(own, "icews", tmp_path))
    assert row["Publisher"].strip() == 'the "daily" news'


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_release_gives_the_same_bytes(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    first = write(con, name, tmp_path).read_bytes()
    assert first == write(con, name, tmp_path).read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / f"events.{name}"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_release_without_events_gives_a_file_without_rows(tmp_path: Path, name: str) -> None:
    empty = warehouse(tables(Story()))
    assert export_events(empty, name, tmp_path / "out").n_rows == 0


def test_an_unknown_format_and_a_missing_folder_are_clear_errors(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="no export format 'xml'"):
        export_events(con, "xml", tmp_path / "x")
    with pytest.raises(UserError, match="cannot be written"):
        export_events(con, "csv", tmp_path / "nowhere" / "x.csv")


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path, mark: str) -> None:
    story = Story()
    story.article("a", "20")
    story.mention("a", "RUSMIL", "ASSAULT", "UKRCVL", on="19", city="Kharkiv")
    evil = f"{mark}HYPERLINK(1)"
    made = warehouse(tables(story))
    made.execute("UPDATE articles SET title = ?, url = NULL, source_uri = ?", [evil, evil])
    with write(made, "csv", tmp_path).open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["headline"], row["source"]) == (f"'{evil}", f"'{evil}")
    assert float(row["Goldstein score"]) < 0  # a number is no formula
