"""The actor tables: compiled once, laid over by a user's own, checked by a linter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tasks.annotate import annotate
from tasks.annotate.actors import find_actors
from tasks.annotate.actors_table import load_lexicon, table_paths
from tasks.annotate.lint import Finding, lint_actors, lint_places
from tasks.annotate.overlay import Change, compare_overlay
from tasks.annotate.tables import (
    OwnTable,
    compiled,
    fingerprint,
    read_header,
    read_table,
    split_list,
)
from tasks.annotate.types import Sentence
from tasks.errors import UserError
from tasks.ingest import extract_records
from tasks.settings import SAMPLE

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEADER = "# source: a test\n# licence: none\n# date: 2026-01-01\n"
COLUMNS = "alias,lang,entity_id,kind,iso3,role,valid_from,valid_to,priority\n"


def table(folder: Path, *rows: str) -> Path:
    path = folder / "own.csv"
    path.write_text(HEADER + COLUMNS + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def problems(path: Path) -> list[Finding]:
    return [f for f in lint_actors(path) if f.table == path.name]


def test_a_row_knows_its_line_and_a_header_its_source(tmp_path: Path) -> None:
    path = table(tmp_path, "A|B,,x/y,org,FRA,,,,")
    (row,) = read_table(path)
    assert (row.where, split_list(row["alias"])) == ("own.csv:5", ["A", "B"])
    assert read_header(path)["source"] == "a test"


def test_a_table_that_cannot_be_read_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UserError, match="line 2: 3 cells for 2 columns"):
        read_table(path)
    with pytest.raises(UserError, match="columns missing: c"):
        read_table(path, ("a", "c"))
    with pytest.raises(UserError, match="cannot be read"):
        read_table(tmp_path / "none.csv")


def test_a_compiled_table_is_made_once_and_anew_when_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = tmp_path / "s.csv"
    made: list[str] = []

    def read() -> str:
        def build() -> str:
            made.append(source.read_text(encoding="utf-8"))
            return made[-1]

        return compiled("test", fingerprint([source]), build)

    source.write_text("one", encoding="utf-8")
    assert [read(), read()] == ["one", "one"]
    source.write_text("two", encoding="utf-8")
    assert read() == "two"
    assert made == ["one", "two"]


def test_a_broken_or_unwritable_cache_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "demarche").mkdir()
    (tmp_path / "demarche" / "test-k.json").write_text("{broken", encoding="utf-8")
    assert compiled("test", "k", lambda: [1]) == [1]
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert compiled("test", "k", lambda: [2]) == [2]


def test_the_lexicon_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load = load_lexicon.__wrapped__
    assert load("es", None) == load("es", None)
    assert len(list(tmp_path.rglob("actors-*.json"))) == 1


def test_a_users_own_table_wins(tmp_path: Path) -> None:
    path = table(tmp_path, "Hamas,,group/hamas,org,PSE,GOV,,,", "The Gardeners,,x/g,org,FRA,REB,,,")
    text = "Hamas met The Gardeners."
    whole = [Sentence(0, 0, len(text))]
    own, day = OwnTable.read(path), date(2020, 1, 1)
    found = {m.text: m.code for m in find_actors(text, whole, on=day, overlay=own)}
    assert found == {"Hamas": "PSEGOV", "The Gardeners": "FRAREB"}


def test_a_users_table_that_was_edited_counts_at_once(tmp_path: Path) -> None:
    codes = []
    for role in ("GOV", "REB"):
        own = OwnTable.read(table(tmp_path, f"The Gardeners,,x/g,org,FRA,{role},,,"))
        codes += [a.code for a in annotate("The Gardeners met.", overlay=own).actors]
    assert codes == ["FRAGOV", "FRAREB"]


@pytest.mark.parametrize("name", ["names.csv", "countries.csv", "Akteure große.csv"])
def test_a_users_table_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = table(tmp_path, "The Gardeners,,x/g,org,FRA,REB,,,").rename(tmp_path / name)
    found = annotate("The Gardeners met.", overlay=OwnTable.read(path)).actors
    assert [a.code for a in found] == ["FRAREB"]


def test_our_tables_have_nothing_to_mend() -> None:
    assert lint_actors() == []
    assert lint_places() == []


@pytest.mark.parametrize(
    ("row", "problem", "detail"),
    [
        ("A,,x,org,XYZ,,,,", "unknown code", "iso3 'XYZ'"),
        ("A,,x,role,,ABC,,,", "unknown code", "role 'ABC'"),
        ("A,,x,thing,,,,,", "unknown code", "kind 'thing'"),
        ("A,,x,org,FRA,,2020-13-01,,", "bad date", "2020-13-01"),
        ("A,,x,org,FRA,,2020-02-01,2020-01-01,", "bad date", "before valid_from"),
        (",,x,org,FRA,,,,", "unreachable", "no alias"),
        ("rus+zzz,es,x,role,,GOV,,,", "unknown code", "no such ending"),
    ],
)
def test_the_linter_names_a_slip(tmp_path: Path, row: str, problem: str, detail: str) -> None:
    found = problems(table(tmp_path, row))
    assert [(f.line, f.problem) for f in found] == [(5, problem)]
    assert detail in found[0].detail


def test_the_linter_sees_rows_that_clash(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Zed One,,x/1,org,FRA,GOV,,,",
        "Zed One,,x/2,org,DEU,MIL,,,",
        "Zed Two,,person/z,person,FRA,GOV,2001-01-01,2003-01-01,",
        "Zed Two,,person/z,person,FRA,GOV,2002-01-01,,",
    )
    assert [(f.line, f.problem) for f in problems(path)] == [
        (6, "unreachable"),
        (8, "overlapping office"),
    ]


def test_to_say_something_else_than_our_tables_is_no_fault(tmp_path: Path) -> None:
    assert (
        problems(table(tmp_path, "strikers,en,x/s,org,HND,LAB,,,", "Hamas,,x/h,org,PSE,,,,")) == []
    )
    assert [f.problem for f in problems(table(tmp_path, *["strikers,en,x/s,org,,LAB,,,"] * 2))] == [
        "duplicate"
    ]


def test_the_example_of_the_how_to_gives_what_it_says(tmp_path: Path) -> None:
    text = (DOCS / "how-to.md").read_text(encoding="utf-8")
    path = tmp_path / "mine.csv"
    path.write_text(text.split("```csv\n")[1].split("```")[0], encoding="utf-8")
    assert problems(path) == []
    said = text.split("$ demarche lexicon check --actors mine.csv --on ")[1].split("```")[0]
    shown = [[c.strip() for c in line.split("│")[1:5]] for line in said.splitlines() if "│" in line]
    told = re.search(r"articles read: (\d+); .*: (\d+); .*: (\d+)", said)
    assert told is not None
    records = (
        {**r, "id": r["uri"], "date": r["published"]} for r in extract_records([str(SAMPLE)])
    )
    found = compare_overlay(records, path)
    assert [[str(c.count), c.text, c.before, c.after] for c in found.changes] == shown
    assert (found.n_texts, found.n_actors, found.n_changed) == tuple(map(int, told.groups()))


def test_every_table_states_its_source() -> None:
    for path in table_paths():
        header = read_header(path)
        assert header["source"], path.name
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", header["date"]), path.name


def test_the_effect_of_a_users_table_is_shown_before_it_is_used(tmp_path: Path) -> None:
    path = table(tmp_path, "Hamas,,group/hamas,org,PSE,GOV,,,", "Gardeners,,x/g,org,FRA,REB,,,")
    texts = [
        {"id": "a", "text": "It rained. Hamas met Hamas and France.", "lang": "en"},
        {"id": "b", "text": "The Gardeners met Hamas.", "lang": "en", "date": "2022-02-08"},
    ]
    found = compare_overlay(texts, path)
    assert found.changes == [
        Change("Hamas", "PSEREB", "PSEGOV", 3),
        Change("Gardeners", "", "FRAREB", 1),
    ]
    assert (found.n_texts, found.n_actors, found.n_changed) == (2, 4, 4)
    assert found.changes[0].id == "a"
    assert found.changes[0].sentence == "Hamas met Hamas and France."
