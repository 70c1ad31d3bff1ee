"""Sidecars: a JSON file beside an article's file that holds its metadata.

For `a.txt` these are `a.txt.json`, `a.txt.meta.json`, `a.meta.json`, and `a.json` if it holds no
text of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks.ingest.fields import NAMES, Fields, plain_value
from tasks.ingest.record import Record, Refusal, refuse

_MAX_BYTES = 1 << 20


def sidecars_in(folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """Return the sidecar of each file of a folder that has one, by the file's name."""
    present = set(names)
    return {
        name: folder / found
        for name in names
        if (found := _name_of_sidecar(folder, name, present)) is not None
    }


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar of one file, or None."""
    stem = path.name.rsplit(".", 1)[0]
    around = (f"{path.name}.json", f"{path.name}.meta.json", f"{stem}.meta.json", f"{stem}.json")
    present = {name for name in around if (path.parent / name).is_file()}
    found = _name_of_sidecar(path.parent, path.name, present)
    return path.parent / found if found else None


def _name_of_sidecar(folder: Path, name: str, present: set[str]) -> str | None:
    if name.endswith(".json"):
        return None
    stem = name.rsplit(".", 1)[0]
    for candidate in (f"{name}.json", f"{name}.meta.json", f"{stem}.meta.json"):
        if candidate in present:
            return candidate
    bare = f"{stem}.json"
    return bare if bare in present and _is_metadata(folder / bare) else None


def _is_metadata(path: Path) -> bool:
    """Return True for a JSON object that has a field we know, but no text."""
    data = _load(path)
    if not isinstance(data, Mapping):
        return False
    fields = Fields(data, {})
    return fields.text("text") is None and any(fields.first(f)[1] for f in NAMES)


def _load(path: Path) -> Any:
    try:
        raw = path.read_bytes()[: _MAX_BYTES + 1]
        return json.loads(raw.decode("utf-8-sig")) if len(raw) <= _MAX_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None


def apply_sidecar(record: Record, path: Path) -> tuple[Record, Refusal | None]:
    """Return the record with the sidecar's fields in place of its own.

    A sidecar that cannot be read leaves the record as it is and is itself a reject.
    """
    data = _load(path)
    if not isinstance(data, Mapping):
        uri = record.uri.rsplit("/", 1)[0] + "/" if "/" in record.uri else ""
        size = path.stat().st_size if path.exists() else 0
        return record, refuse(
            uri + path.name, 0, "malformed", "a sidecar that is no JSON object", n_bytes=size
        )
    return apply_fields(record, data), None


def apply_fields(record: Record, data: Mapping[str, Any]) -> Record:
    """Return the record with the given fields in place of its own."""
    fields = Fields(data, {})
    name, published = fields.published()
    given = {f: fields.text(f) for f in ("title", "url", "publisher", "author", "lang")}
    updated = replace(record, **{f: v for f, v in given.items() if v})  # type: ignore[arg-type]
    if plain_value(published) is not None:
        updated = replace(updated, published=plain_value(published), published_field=name)
    tags = tuple(fields.texts("tags"))
    return replace(updated, tags=tags) if tags else updated
