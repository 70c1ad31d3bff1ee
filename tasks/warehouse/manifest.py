"""MANIFEST.json: what a release is made of, and what it came from."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

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
    manifest: dict[str, Any] = {
        "release": release_id,
        "parent": parent,
        "schema_version": SCHEMA_VERSION,
        "code": code_revision(),
        "created": f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "catalog": catalog,
        "report": json.loads(json.dumps(report, sort_keys=True, default=str)),
        "files": dict(sorted(files.items())),
    }
    manifest["digest"] = digest_of(manifest)
    write_text(folder / MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of the release in `folder`; whether its digest fits is not looked at.

    Raises:
        OSError: when there is none to read.
        ValueError: when it is none; the message says why.
    """
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    try:
        manifest = json.loads(text, object_pairs_hook=_each_once)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(manifest, dict):
        raise ValueError("it holds no object")
    for name in ("schema_version", "report", "catalog", "files"):
        if name not in manifest:
            raise ValueError(f"{name!r} is missing")
    if not isinstance(manifest["schema_version"], int):
        raise ValueError("'schema_version' is no number")
    return manifest


def digest_of(manifest: dict[str, Any]) -> str:
    """Return the SHA-256 of all that a manifest says beside its digest, in canonical JSON."""
    said = {name: value for name, value in manifest.items() if name != "digest"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in it")
    return found
