"""Files in remote stores (s3://, gs://, sftp://, ...), by fsspec; the extra `remote`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from tasks.errors import UserError
from tasks.ingest.outbound import refused_by_stores, watch_stores
from tasks.ingest.patterns import is_hidden
from tasks.ingest.places import Found, Place, fixed_part, is_pattern
from tasks.ingest.record import refuse
from tasks.ingest.source import Source

_INSTALL = "Install the extra `remote`: pip install 'demarche[remote]'."


def find_remote(url: str, *, allow_private: bool = False) -> Iterator[Found]:
    """Return the files that a URL names: one, those of a folder, or those that fit a pattern.

    A store at an address that may not be asked gives a refusal.

    Raises:
        UserError: if there is nothing, or the store cannot be reached.
    """
    watch_stores(allow_private=allow_private)
    files: Mapping[str, Mapping[str, Any]] = {}
    try:
        store, path = _store_of(url)
        base, files = _list(store, path)
    except UserError:
        raise
    except Exception as error:  # each store raises errors of its own
        if not refused_by_stores():
            raise UserError(
                f"{url}: {type(error).__name__}: {error}", "Check address and access."
            ) from error
    if not files and refused_by_stores():
        return iter([_refused(Place(url, url))])
    if not files:
        raise UserError(f"{url}: no such file or folder", "Check the address.")
    found = (_found(store, name, base, files[name]) for name in sorted(files))
    return (f for f in found if not any(map(is_hidden, f.place.uri.split("/"))))


def find_again(place: Place, *, allow_private: bool = False) -> Found:
    """Return the file at a URL under the name that it has in the tables.

    Raises:
        UserError: if the store is unknown.
    """
    watch_stores(allow_private=allow_private)
    try:
        store, path = _store_of(place.where)
    except UserError:
        raise
    except Exception as error:  # each store raises errors of its own
        if refused_by_stores():
            return _refused(place)
        return Found(place, refuse(place.uri, 0, "unreadable", f"{type(error).__name__}: {error}"))
    return Found(place, Source(place.uri, lambda: _open(store, path)))


def _refused(place: Place) -> Found:
    return Found(place, refuse(place.uri, 0, "unsafe_path", refused_by_stores() or ""))


def _store_of(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UserError(f"{url}: fsspec is not installed", _INSTALL) from error
    try:
        store, path = url_to_fs(url)
    except ImportError as error:
        raise UserError(f"{url}: {error}", "Install the package that is named.") from error
    except ValueError as error:
        raise UserError(f"{url}: {error}", "Check the first part of the address.") from error
    return store, path


def _list(store: Any, path: str) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    """Return the folder to name files from, and the files by name with their details."""
    if not is_pattern(path):
        if store.isfile(path):
            return path.rpartition("/")[0], {path: store.info(path)}
        return path.rstrip("/"), store.find(path, detail=True)
    files: dict[str, Mapping[str, Any]] = {}
    for name, info in store.glob(path, detail=True).items():
        is_folder = info["type"] == "directory"
        files |= store.find(name, detail=True) if is_folder else {name: info}
    return fixed_part(path), files


def _found(store: Any, name: str, base: str, info: Mapping[str, Any]) -> Found:
    uri = name[len(base) :].lstrip("/") if name.startswith(base) else name
    source = Source(uri, lambda: _open(store, name), info.get("size"))
    return Found(Place(uri, store.unstrip_protocol(name)), source)


def _open(store: Any, name: str) -> BinaryIO:
    stream = store.open(name, "rb")
    return cast(BinaryIO, stream if hasattr(stream, "read1") else io.BufferedReader(stream))
