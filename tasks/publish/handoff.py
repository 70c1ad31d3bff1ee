"""The folder that an analyst takes away: one Parquet file a table, codebook, data package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.errors import UserError
from tasks.publish import package
from tasks.publish.documents import HTML, MARKDOWN
from tasks.schemas import TABLES
from tasks.warehouse import Release
from tasks.warehouse.disk import explained, remove, sha256


def write_handoff(release: Release, folder: Path) -> Path:
    """Write a release as a folder of `<table>.parquet` files, described by datapackage.json.

    The same release gives the same bytes. A data package that is there already is replaced.

    Raises:
        UserError: when something else lies there, the folder cannot be written, or the release
            was made before releases had a data package.
    """
    folder = folder.absolute()
    described = _descriptor(release)
    _must_be_free(folder)
    building = folder.with_name(f".{folder.name}.part")
    with explained(folder.parent):
        remove(building)
        building.mkdir(parents=True)
        try:
            _fill(building, release, described)
            remove(folder)
            building.replace(folder)
        finally:
            remove(building)
    return folder


def _descriptor(release: Release) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((release.path / package.NAME).read_text("utf-8"))
    except FileNotFoundError as error:
        raise UserError(
            f"release {release.id} has no {package.NAME}: an earlier version made it",
            "Run `demarche run` again; the next release has one.",
        ) from error
    return found


def _must_be_free(folder: Path) -> None:
    """Nothing is replaced but a folder that holds a data package and no file beside it."""
    if not folder.exists():
        return
    there = {p.name for p in folder.iterdir()} if folder.is_dir() else {folder.name}
    if there - _own_files(folder):
        raise UserError(
            f"{folder}: something lies there that is no data package", "Name another folder."
        )


def _own_files(folder: Path) -> set[str]:
    try:
        described = json.loads((folder / package.NAME).read_text("utf-8"))
        return {package.NAME, *(str(r["path"]) for r in described["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _fill(folder: Path, release: Release, described: dict[str, Any]) -> None:
    for name in (MARKDOWN, HTML):
        shutil.copyfile(release.path / name, folder / name)
    for resource in described["resources"]:
        if resource.get("type") == "table":
            path = folder / f"{resource['name']}.parquet"
            _join(release.files(resource["name"]), resource["name"], path)
            _describe(resource, path)
    (folder / package.NAME).write_bytes(package.as_text(described).encode())


def _join(files: list[Path], table: str, path: Path) -> None:
    """Write the months of a table one after another, row group by row group."""
    schema = pq.read_schema(files[0]) if files else TABLES[table].schema
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=3) as writer:
        for file in files:
            source = pq.ParquetFile(file)
            for group in range(source.num_row_groups):
                rows: pa.Table = source.read_row_group(group)
                writer.write_table(rows.cast(schema), row_group_size=max(rows.num_rows, 1))


def _describe(resource: dict[str, Any], path: Path) -> None:
    """Let a resource speak of its one file."""
    for gone in ("files", "data"):
        resource.pop(gone, None)
    resource |= {
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }
