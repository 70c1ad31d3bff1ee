"""Compressed files and archives: opened member by member, each read in its own format."""

from __future__ import annotations

import io
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from tasks.ingest.limits import Limits
from tasks.ingest.readers import exports
from tasks.ingest.readers.base import Item, Options
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source
from tasks.ingest.unpack import Bomb, bomb_of, compression_of, open_unpacked, open_unpacked_at

ReadSource = Callable[[Source, Limits, Options], Iterator[Item]]

_SPOOL_BYTES = 16 << 20


def kind_of(head: bytes) -> str | None:
    """Return gzip, bzip2, xz, zstd, zip or tar, or None for anything else."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    return compression_of(head)


def read_archive(
    source: Source, kind: str, limits: Limits, options: Options, read_source: ReadSource
) -> Iterator[Item]:
    """Yield the records of all members, and a refusal for each that may not be read."""
    if source.depth >= limits.depth:
        detail = f"archives nested deeper than depth = {limits.depth}"
        yield refuse(source.uri, 0, "bomb", detail, n_bytes=source.size or 0)
        return
    members = _MEMBERS.get(kind, _unpacked)
    for count, member in enumerate(members(source, limits), 1):
        if count > limits.members:
            detail = f"more than members = {limits.members}"
            yield refuse(source.uri, 0, "bomb", detail, n_bytes=source.size or 0)
            return
        if isinstance(member, Source):
            yield from read_source(member, limits, options)
        else:
            yield member


def _unpacked(source: Source, limits: Limits) -> Iterator[Source | Item]:
    yield replace(
        source,
        open=lambda: open_unpacked(source.open, limits),
        open_at=lambda cursor: open_unpacked_at(source.open, limits, cursor),
        size=None,
        path=None,
        depth=source.depth + 1,
    )


def _zip_members(source: Source, limits: Limits) -> Iterator[Source | Item]:
    with source.open() as stream:
        seekable = stream if stream.seekable() else _spool(stream, limits)
        try:
            archive = zipfile.ZipFile(seekable)
        except zipfile.BadZipFile as error:
            # The directory of an archive is its end: members without one are cut off.
            reason = "truncated" if source.head.startswith(b"PK\x03\x04") else "malformed"
            yield refuse(source.uri, 0, reason, f"{error}", n_bytes=source.size or 0)
            return
        if "[Content_Types].xml" in archive.namelist():
            yield from exports.read_docx(source, archive, limits)
            return
        infos = archive.infolist()
        end = seekable.seek(0, io.SEEK_END)
        bomb = bomb_of(sum(i.file_size for i in infos), end, limits)
        if bomb is not None:
            yield refuse(source.uri, 0, "bomb", f"all in all it {bomb}", n_bytes=end)
            return
        for info in sorted(infos, key=lambda i: i.filename):
            if not info.is_dir():
                yield _zip_member(source, archive, info, limits)


def _zip_member(
    source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits
) -> Source | Refusal:
    uri = f"{source.uri}/{info.filename}"
    if _is_unsafe(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
        return refuse(uri, 0, "unsafe_path", "a member that points out of the archive")
    if info.flag_bits & 1:
        return refuse(uri, 0, "unsupported", "an encrypted member", n_bytes=info.file_size)
    size = info.file_size
    bomb = bomb_of(size, info.compress_size, limits)
    if bomb is not None:
        return refuse(uri, 0, "bomb", bomb, n_bytes=info.compress_size)
    # zipfile stops reading at the size that the directory states, so it cannot lie.
    return Source(
        uri,
        lambda: archive.open(info),  # type: ignore[arg-type, return-value]
        size,
        depth=source.depth + 1,
    )


def _tar_members(source: Source, limits: Limits) -> Iterator[Source | Item]:
    with source.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            uri = f"{source.uri}/{info.name}"
            if _is_unsafe(info.name) or info.issym() or info.islnk():
                yield refuse(uri, 0, "unsafe_path", "a member that points out of the archive")
            elif info.isfile():
                member = archive.extractfile(info)
                if member is not None:
                    with _spool(member, limits) as spooled:  # type: ignore[arg-type]
                        yield Source(uri, _reopen(spooled), info.size, depth=source.depth + 1)
            elif not info.isdir():
                yield refuse(uri, 0, "unreadable", "a pipe or device")


def _spool(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """Copy a stream that cannot be rewound to memory, or to disk if it is large."""
    spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115 - handed on
    count = 0
    while chunk := stream.read(1 << 20):
        count += len(chunk)
        if count > limits.unpacked_bytes:
            raise Bomb(f"unpacks to more than unpacked_bytes = {limits.unpacked_bytes}")
        spooled.write(chunk)
    spooled.seek(0)
    return spooled  # type: ignore[return-value]


def _reopen(spooled: BinaryIO) -> Callable[[], BinaryIO]:
    def reopen() -> BinaryIO:
        spooled.seek(0)
        return _Unclosed(spooled)  # type: ignore[return-value]

    return reopen


class _Unclosed:
    """A stream that stays open when its reader is done, to be read again."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def __enter__(self) -> BinaryIO:
        return self  # type: ignore[return-value]

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        """Leave the stream open."""


def _is_unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3] or "\x00" in name


_MEMBERS: dict[str, Callable[[Source, Limits], Iterator[Source | Item]]] = {
    "zip": _zip_members,
    "tar": _tar_members,
}
