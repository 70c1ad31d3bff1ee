"""Gzip files member by member: crawlers write a member a record, and each can be begun at."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b"
# The magic with the only method there is, and how much of what follows must unpack.
_MEMBER, _TRIAL = b"\x1f\x8b\x08", 4096
_GZIP_WINDOW = 31

# Is told where a member begins: packed and unpacked offset.
OnMember = Callable[[int, int], None]


class MemberReader(io.RawIOBase):
    """Unpacks a gzip stream, from the beginning of any of its members.

    A damaged member is passed over, but for its whole blocks of 64 KiB; what follows is read, on a
    new line, and the damage is raised at the end. `on_member` is told of no member behind it, so that
    whoever goes on from one meets the damage again. A file that is cut off is read up to there.

    Args:
        stream: The packed bytes, standing at the beginning of a member.
        packed: Packed bytes before it.
        unpacked: Unpacked bytes before it.
        on_member: Is told of each member.

    Raises:
        BadGzipFile: at the end, if a member is damaged or something else stands between members.
        EOFError: at the end, if the last member is cut off.
    """

    def __init__(
        self,
        stream: BinaryIO,
        packed: int = 0,
        unpacked: int = 0,
        on_member: OnMember | None = None,
    ) -> None:
        self._stream = stream
        self._first, self._given = packed, unpacked
        self._on_member = on_member
        self._input, self._at = b"", 0  # the last chunks, from `_first` on; how far they are used
        self._ready, self._ready_at = b"", 0
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)
        self._member = packed
        self._is_inside = self._is_cut = False
        self._damage: str | None = None

    def readable(self) -> bool:
        """Return True."""
        return True

    def read1(self, size: int = _CHUNK) -> bytes:
        """Return up to `size` bytes; empty at the end."""
        while self._ready_at == len(self._ready):
            if self._is_cut:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            if not self._is_inside and not self._begin():
                if self._damage is not None:
                    raise gzip.BadGzipFile(self._damage)
                return b""
            self._ready, self._ready_at = self._block(), 0
            self._given += len(self._ready)
        data = self._ready[self._ready_at : self._ready_at + size]
        self._ready_at += len(data)
        return data

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as the next bytes go."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read1(len(view))
        view[: len(data)] = data
        return len(data)

    def _block(self) -> bytes:
        """Return the member's next 64 KiB, or what is left of it: the same wherever it was begun."""
        parts: list[bytes] = []
        room = _CHUNK
        while room and self._is_inside:
            if self._at == len(self._input) and not self._more():
                self._is_cut = True
                break
            try:
                data = self._inflate.decompress(self._input[self._at :], room)
            except zlib.error as error:
                return self._pass_over(f"{error}")
            self._is_inside = not self._inflate.eof
            rest = self._inflate.unconsumed_tail if self._is_inside else self._inflate.unused_data
            self._at = len(self._input) - len(rest)
            parts.append(data)
            room -= len(data)
        return b"".join(parts)

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the file, behind zeros that pad it."""
        while True:
            self._skip_zeros()
            if len(self._input) - self._at >= len(_MAGIC) or not self._more():
                break
        if self._at == len(self._input):
            return False
        self._member = self._first + self._at
        if self._input.startswith(_MAGIC, self._at):
            if self._on_member is not None:
                self._on_member(self._member, self._given)
            self._inflate = zlib.decompressobj(_GZIP_WINDOW)
            self._is_inside = True
        else:
            self._pass_over("no gzip member")
            return self._begin()
        return True

    def _skip_zeros(self) -> None:
        rest = self._input[self._at :]
        self._at += len(rest) - len(rest.lstrip(b"\x00"))

    def _pass_over(self, what: str) -> bytes:
        """Go to the next member behind the damage; return what parts it from what precedes."""
        self._damage = self._damage or f"damaged at byte {self._member}, passed over: {what}"
        self._on_member = None
        self._is_inside = False
        self._at = max(self._member + 1 - self._first, 0)
        while True:
            self._at = self._input.find(_MEMBER, self._at)
            if self._at < 0:
                self._at = max(len(self._input) - len(_MEMBER) + 1, 0)
                if not self._more():
                    self._at = len(self._input)
                    break
            elif self._unpacks():
                break
            else:
                self._at += 1
        return b"\n"

    def _unpacks(self) -> bool:
        """Return True if a member begins here: its first bytes unpack."""
        while len(self._input) - self._at < _TRIAL and self._more():
            pass
        try:
            trial = zlib.decompressobj(_GZIP_WINDOW)
            return bool(trial.decompress(self._input[self._at : self._at + _TRIAL]))
        except zlib.error:
            return False

    def _more(self) -> bool:
        """Take the next chunk of the packed bytes; False if there is none.

        Chunks end at fixed places of the file, so that damage is met in the same way wherever the
        reading began. The one before is kept: damage shows late.
        """
        end = self._first + len(self._input)
        data = self._stream.read(_CHUNK - end % _CHUNK)
        if not data:
            return False
        unused = min(max(end - _CHUNK - self._first, 0), self._at)
        self._input = self._input[unused:] + data
        self._first, self._at = self._first + unused, self._at - unused
        return True
