"""datapackage.json says of every table what is true of it, and a folder to hand on is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.errors import UserError
from tasks.publish.handoff import write_handoff
from tasks.publish.package import sql_type
from tasks.schemas import TABLES, empty
from tasks.warehouse import Release

Json = dict[str, Any]

# The rules of Data Package 2.0 that our descriptor comes under, in our own words.
FIELD = {
    "type": "object",
    "required": ["name", "type", "description"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 3},
        "type": {
            "enum": [
                "string",
                "integer",
                "number",
                "boolean",
                "date",
                "datetime",
                "array",
                "object",
            ]
        },
        "constraints": {
            "type": "object",
            "properties": {
                "required": {"const": True},
                "unique": {"const": True},
                "minimum": {"type": "number"},
                "maximum": {"type": "number"},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
            },
            "additionalProperties": False,
        },
    },
}
COLUMNS = {"type": "array", "minItems": 1, "items": {"type": "string"}, "uniqueItems": True}
SCHEMA = {
    "type": "object",
    "required": ["$schema", "fields"],
    "properties": {
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
        "primaryKey": COLUMNS,
        "foreignKeys": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {
                    "fields": COLUMNS,
                    "reference": {
                        "type": "object",
                        "required": ["resource", "fields"],
                        "properties": {"fields": COLUMNS},
                    },
                },
            },
        },
    },
}
# Relative, below the descriptor, with forward slashes.
PATH = {"type": "string", "pattern": r"^(?!/)(?!.*\.\.)(?!.*\\)[^:]+$"}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "name", "id", "version", "licenses", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"pattern": "^[-a-z0-9._]+$"},
        "version": {"pattern": r"^\d+\.\d+\.\d+$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "$schema"],
                "oneOf": [{"required": ["path"]}, {"required": ["data"]}],
                "properties": {
                    "name": {"pattern": "^[-a-z0-9._]+$"},
                    "type": {"const": "table"},
                    "path": {"anyOf": [PATH, {"type": "array", "minItems": 2, "items": PATH}]},
                    "bytes": {"type": "integer"},
                    "hash": {"pattern": "^sha256:[0-9a-f]{64}$"},
                    "schema": SCHEMA,
                },
            },
        },
    },
    # A moment would make the same tables look like others.
    "not": {"required": ["created"]},
}
ARROW = {
    "string": pa.types.is_string,
    "integer": pa.types.is_integer,
    "number": lambda t: pa.types.is_floating(t) or pa.types.is_decimal(t),
    "boolean": pa.types.is_boolean,
    "date": pa.types.is_date,
    "datetime": pa.types.is_timestamp,
    "array": pa.types.is_list,
    "object": pa.types.is_struct,
}


def descriptor(folder: Path) -> Json:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def tables(package: Json) -> dict[str, Json]:
    return {r["name"]: r for r in package["resources"] if r.get("type") == "table"}


def paths(resource: Json) -> list[str]:
    path = resource.get("path", [])
    return [path] if isinstance(path, str) else path


@pytest.fixture(scope="session")
def handed(sample: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_handoff(sample, tmp_path_factory.mktemp("handed") / "package")


@pytest.fixture(params=["release", "folder"])
def folder(request: pytest.FixtureRequest, sample: Release, handed: Path) -> Path:
    return {"release": sample.path, "folder": handed}[request.param]


@pytest.fixture
def con(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The package as its descriptor tells it: nothing else is looked at."""
    with duckdb.connect() as con:
        for name, resource in tables(descriptor(folder)).items():
            if files := [str(folder / p) for p in paths(resource)]:
                con.read_parquet(files, hive_partitioning=False).create(name)
            else:
                con.register("no_rows", empty(TABLES[name]))
                con.execute(f'CREATE TABLE "{name}" AS FROM no_rows')
        yield con


def test_the_descriptor_keeps_the_rules_of_the_standard(folder: Path) -> None:
    jsonschema.validate(descriptor(folder), PACKAGE)


def test_every_table_and_mart_is_in_it(folder: Path, sample: Release) -> None:
    assert set(tables(descriptor(folder))) == set(sample.tables)


def test_each_file_has_the_hash_bytes_and_rows_that_are_told(folder: Path) -> None:
    for resource in descriptor(folder)["resources"]:
        parts = resource.get("files") or [r for r in [resource] if "path" in r]
        assert [p["path"] for p in parts] == paths(resource)
        for part in parts:
            content = (folder / part["path"]).read_bytes()
            assert part["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert part["bytes"] == len(content)
            if "rows" in part:
                assert part["rows"] == pq.read_metadata(folder / part["path"]).num_rows


def test_columns_stand_in_their_order_with_their_types(folder: Path) -> None:
    for resource in tables(descriptor(folder)).values():
        for path in paths(resource):
            schema = pq.read_schema(folder / path)
            told = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
            assert list(told) == schema.names
            for field in schema:
                kind = field.type
                kind = kind.value_type if pa.types.is_dictionary(kind) else kind
                assert ARROW[told[field.name]](kind), (resource["name"], field)


def test_constraints_hold(folder: Path, con: duckdb.DuckDBPyConnection) -> None:
    broken = []
    for name, resource in tables(descriptor(folder)).items():
        for field in resource["schema"]["fields"]:
            for rule in _rules(field):
                query = f'SELECT count(*) FROM "{name}" WHERE NOT ({rule})'
                if con.execute(query).fetchall() != [(0,)]:
                    broken.append((name, rule))
    assert broken == []


def _rules(field: Json) -> Iterator[str]:
    column, constraints = f'"{field["name"]}"', field.get("constraints", {})
    if "required" in constraints:
        yield f"{column} IS NOT NULL"
    if "minimum" in constraints:
        low, high = constraints["minimum"], constraints["maximum"]
        yield f"coalesce({column} BETWEEN {low} AND {high}, TRUE)"
    if "enum" in constraints:
        values = ", ".join(f"'{v}'" for v in constraints["enum"])
        yield f"coalesce({column} IN ({values}), TRUE)"


def test_keys_tell_rows_apart_and_references_lead_somewhere(
    folder: Path, con: duckdb.DuckDBPyConnection
) -> None:
    n_references = 0
    for name, resource in tables(descriptor(folder)).items():
        key = ", ".join(f'"{k}"' for k in resource["schema"]["primaryKey"])
        twice = f'SELECT {key} FROM "{name}" GROUP BY ALL HAVING count(*) > 1'
        assert con.execute(twice).fetchall() == []
        for foreign in resource["schema"].get("foreignKeys", []):
            (column,), other = foreign["fields"], foreign["reference"]
            lost = (
                f'SELECT * FROM "{name}" AS x ANTI JOIN "{other["resource"]}" AS y '
                f'ON x."{column}" = y."{other["fields"][0]}" WHERE x."{column}" IS NOT NULL'
            )
            assert con.execute(lost).fetchall() == [], (name, foreign)
            n_references += 1
    assert n_references >= 8


def test_the_release_and_the_folder_hold_the_same_rows(sample: Release, handed: Path) -> None:
    assert descriptor(handed)["id"] == descriptor(sample.path)["id"]
    for name in sample.tables:
        theirs = pq.read_table(handed / f"{name}.parquet")
        assert theirs.to_pylist() == sample.read(name).to_pylist()


def test_a_folder_is_the_same_to_the_byte_each_time(handed: Path, sample: Release) -> None:
    before = {p.name: p.read_bytes() for p in handed.iterdir()}
    write_handoff(sample, handed)
    assert {p.name: p.read_bytes() for p in handed.iterdir()} == before


def test_a_release_of_an_earlier_version_is_explained(release: Release, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no datapackage\.json"):
        write_handoff(release, tmp_path / "package")


def test_nothing_of_the_users_is_replaced(sample: Release, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not lose me")
    with pytest.raises(UserError, match="no data package"):
        write_handoff(sample, tmp_path)
    with pytest.raises(UserError, match="no data package"):
        write_handoff(sample, sample.path)
    assert (tmp_path / "thesis.txt").is_file()
    assert sample.verify() == []


def test_the_documents_belong_to_the_release_and_are_checked_with_it(sample: Release) -> None:
    for name in ("datapackage.json", "codebook.md", "codebook.html"):
        assert sample.intact(name)
        assert sample.manifest["files"][name]["rows"] is None


def test_the_codebook_of_a_release_gives_its_counts_and_the_sql(sample: Release) -> None:
    text = (sample.path / "codebook.md").read_text(encoding="utf-8")
    n_events = sample.read("events", ["event_id"]).num_rows
    assert f"Key: `event_id`. One file a month of `date_start`. {n_events:,} rows." in text
    for name in sample.tables:
        assert f"### {name}\n" in text
        rows = "\n" if name in TABLES else "```sql\n"
        assert rows in text.split(f"### {name}\n")[1].split("\n### ")[0]
    assert "Made by `marts/escalation.sql` from `stg_events`." in text


@pytest.mark.parametrize(
    ("duckdb_type", "told"),
    [
        ("VARCHAR", "string"),
        ("INTEGER", "integer"),
        ("HUGEINT", "integer"),
        ("UBIGINT", "integer"),
        ("DECIMAL(12,1)", "number"),
        ("DATE", "date"),
        ("TIMESTAMP WITH TIME ZONE", "datetime"),
        ("VARCHAR[]", "array"),
        ("STRUCT(a INTEGER, b VARCHAR[])", "object"),
        ("INTERVAL", "any"),
    ],
)
def test_types_of_a_mart_are_told_in_the_standards_words(duckdb_type: str, told: str) -> None:
    assert sql_type(duckdb_type) == told
