"""MANIFEST.json: what a release is made of, and what it came from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from tasks.schemas import SCHEMA_VERSION
from tasks.warehouse.disk import write_text
from tasks.warehouse.layout import MANIFEST
from tasks.warehouse.revision import code_revision


class Entry(TypedDict):
    """A file of a release; rows and days are null where they mean nothing."""

    rows: int | None
    bytes: int
    sha256: str
    first: str | None
    last: str | None


def write_manifest(
    folder: Path,
    release_id: str,
    parent: str | None,
    files: dict[str, Entry],
    catalog: str,
    report: dict[str, object],
    created: datetime,
) -> None:
    """Write the manifest of the release in `folder`, its keys in a fixed order.

    Args:
        folder: The release.
        release_id: Its id.
        parent: Id of the release that was current before.
        files: Every file by its path below the folder.
        catalog: Hash of all definitions in the database.
        report: What the run did.
        created: The moment of the run, with its time zone.

    Raises:
        ValueError: when `created` has no time zone.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    manifest = {
        "release": release_id,
        "parent": parent,
        "schema_version": SCHEMA_VERSION,
        "code": code_revision(),
        "created": f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "catalog": catalog,
        "report": json.loads(json.dumps(report, sort_keys=True, default=str)),
        "files": dict(sorted(files.items())),
    }
    write_text(folder / MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
