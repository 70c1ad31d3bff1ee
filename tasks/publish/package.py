"""The Frictionless Data Package of a release: its tables, told to programs.

Follows Data Package 2.0 (datapackage.org, June 2024). One resource is one table; the files of a
table in months are its `path` list, and `files` gives hash, bytes and rows of each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tasks.publish.codes import closed_lists
from tasks.schemas import OF_RELEASES, SCHEMA_VERSION, TABLES, Table
from tasks.summarize import Built
from tasks.warehouse import Entry, mart_file

Json = dict[str, Any]

NAME = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
LICENCES = [
    {
        "name": "other-closed",
        "title": "Texts of articles: rights remain with their publishers",
    },
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Place names and coordinates: GeoNames, CC BY 4.0",
    },
]
SOURCES = [{"title": "GeoNames", "path": "https://www.geonames.org/"}]

# Columns that hold the key of another table, where their name does not say so.
POINTERS = {
    "canonical_id": "article_id",
    "copy_of": "article_id",
    "example_id": "article_id",
    "best_mention_id": "mention_id",
}
_BOUNDS: dict[str, Json] = {
    "quad_class": {"minimum": 1, "maximum": 4},
    "goldstein": {"minimum": -10, "maximum": 10},
    "lat": {"minimum": -90, "maximum": 90},
    "lon": {"minimum": -180, "maximum": 180},
}
_SHARES = ("confidence", "lang_confidence", "similarity", "containment", "contained")
_ARROW = {
    "string": "string",
    "bool": "boolean",
    "double": "number",
    "date32[day]": "date",
    "timestamp[us, tz=UTC]": "datetime",
}
_SQL = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DOUBLE": "number",
    "FLOAT": "number",
    "HUGEINT": "integer",
}


def datapackage(
    files: Mapping[str, Entry], built: Sequence[Built], documents: Sequence[str] = ()
) -> Json:
    """Return the descriptor of a release; a function of its files and models alone.

    Args:
        files: Files by path below the release: rows, bytes, sha256, first and last day of each.
        built: The models as they were built.
        documents: Paths among `files` of texts that belong to the package.
    """
    marts = sorted((b for b in built if b.model.kind == "table"), key=lambda b: b.model.name)
    resources = [
        *(_table(t, files) for t in TABLES.values()),
        *(_mart(b, files) for b in marts),
        *(_document(name, files) for name in documents),
    ]
    # The same articles have the same id, in however many releases they came.
    data = [
        n for n in sorted(files) if n.endswith(".parquet") and n.split("/")[0] not in OF_RELEASES
    ]
    hashes = "".join(files[name]["sha256"] for name in data)
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "demarche",
        "id": f"sha256:{hashlib.sha256(hashes.encode()).hexdigest()}",
        "title": "Political event data from news: who did what to whom, when, where",
        "description": "Events, the sentences that report them, the articles that these stand in, "
        "and marts. codebook.md says how each table was made.",
        "version": f"{SCHEMA_VERSION}.0.0",
        "licenses": LICENCES,
        "sources": SOURCES,
        "resources": resources,
    }


def as_text(package: Json) -> str:
    """Return a descriptor as text; the same descriptor gives the same bytes."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _table(table: Table, files: Mapping[str, Entry]) -> Json:
    paths = [name for name in sorted(files) if name.startswith(f"{table.name}/")]
    fields = [
        _field(
            f.name,
            _arrow_type(f.type),
            (f.metadata or {}).get(b"description", b"").decode(),
            table.key,
            required=not f.nullable,
        )
        for f in table.schema
    ]
    resource = {"description": f"One row is {table.grain}."}
    return _resource(table.name, paths, files) | resource | _schema(table.name, fields, table.key)


def _mart(built: Built, files: Mapping[str, Entry]) -> Json:
    model, header = built.model, built.model.header
    fields = [
        _field(name, sql_type(kind), header.columns.get(name, ""), header.key)
        for name, kind in built.columns
    ]
    resource = {"description": f"{header.description} One row is {header.grain or 'not stated'}."}
    path = mart_file(model.name)
    return _resource(model.name, [path], files) | resource | _schema(model.name, fields, header.key)


def _resource(name: str, paths: Sequence[str], files: Mapping[str, Entry]) -> Json:
    """Return all of a tabular resource but its description and schema."""
    about = {"name": name, "$schema": f"{PROFILES}/dataresource.json", "type": "table"}
    if not paths:
        return about | {"data": [], "rows": 0}
    parts = [_part(path, files[path]) for path in paths]
    only = {"hash": parts[0]["hash"]} if len(parts) == 1 else {"files": parts}
    return about | {
        "path": paths[0] if len(paths) == 1 else list(paths),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(p["bytes"] for p in parts),
        "rows": sum(p["rows"] for p in parts),
        **only,
    }


def _part(path: str, entry: Entry) -> Json:
    found = {
        "path": path,
        "hash": f"sha256:{entry['sha256']}",
        "bytes": entry["bytes"],
        "rows": entry["rows"],
    }
    days = {"first": entry["first"], "last": entry["last"]}
    return found | {k: v for k, v in days.items() if v}


def _document(name: str, files: Mapping[str, Entry]) -> Json:
    kind = {"md": "text/markdown", "html": "text/html"}[name.rpartition(".")[2]]
    return {
        "name": name.replace(".", "-"),
        "$schema": f"{PROFILES}/dataresource.json",
        "path": name,
        "mediatype": kind,
        "encoding": "utf-8",
        "bytes": files[name]["bytes"],
        "hash": f"sha256:{files[name]['sha256']}",
    }


def _schema(name: str, fields: list[Json], key: Sequence[str]) -> Json:
    schema: Json = {"$schema": f"{PROFILES}/tableschema.json", "fields": fields}
    if key:
        schema["primaryKey"] = list(key)
    if foreign := list(_foreign_keys(name, [f["name"] for f in fields])):
        schema["foreignKeys"] = foreign
    return {"schema": schema}


def _foreign_keys(table: str, columns: Sequence[str]) -> Iterator[Json]:
    homes: dict[str, str] = {}
    for known in TABLES.values():
        if len(known.key) == 1:  # articles come before copies, which have the same key
            homes.setdefault(known.key[0], known.name)
    for column in columns:
        key = POINTERS.get(column, column)
        if key in homes and (homes[key], key) != (table, column):
            yield {
                "fields": [column],
                "reference": {"resource": homes[key], "fields": [key]},
            }


def _field(
    name: str, kind: str, description: str, key: Sequence[str], *, required: bool = False
) -> Json:
    constraints: Json = {"required": True} if required else {}
    if tuple(key) == (name,):
        constraints["unique"] = True
    constraints |= _BOUNDS.get(name, {}) if kind in ("number", "integer", "string") else {}
    if name in _SHARES:
        constraints |= {"minimum": 0, "maximum": 1}
    codes = closed_lists().get(name)
    if codes and kind == "string":
        constraints["enum"] = list(codes.values)
    field: Json = {"name": name, "type": kind, "description": description}
    return field | ({"constraints": constraints} if constraints else {})


def _arrow_type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return _arrow_type(kind.value_type)
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_struct(kind):
        return "object"
    return "integer" if pa.types.is_integer(kind) else _ARROW[str(kind)]


def sql_type(kind: str) -> str:
    """Return the Frictionless type of a DuckDB type, such as DECIMAL(12,1)."""
    if kind.endswith("]"):
        return "array"
    head = kind.partition("(")[0]
    if head in ("STRUCT", "MAP"):
        return "object"
    if head.startswith("TIMESTAMP"):
        return "datetime"
    if head == "DECIMAL":
        return "number"
    return _SQL.get(head, "integer" if head.endswith(("INT", "INTEGER")) else "any")
