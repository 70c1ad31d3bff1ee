"""How far a file has been read, so that a later run can go on from there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Position:
    """Where a record begins.

    Attributes:
        number: Its number in the file, as in the tables.
        offset: Bytes of the file's content before it, once that is unpacked.
        packed: Bytes of the compressed file before the gzip member that is nearest before it.
        unpacked: Bytes of content before that member.
    """

    number: int
    offset: int
    packed: int = 0
    unpacked: int = 0


@dataclass(slots=True)
class Cursor:
    """Told by a reader where the record begins that it hands on; tells it where to begin.

    Attributes:
        start: Where to begin; None is the beginning.
        at: Where the record begins that was handed on last; None until a reader says.
        members: Beginnings of gzip members that are not far behind: packed and unpacked offset.
    """

    start: Position | None = None
    at: Position | None = None
    members: list[tuple[int, int]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number of the record to begin with."""
        return self.start.number if self.start else 1

    @property
    def offset(self) -> int:
        """The offset to begin at."""
        return self.start.offset if self.start else 0

    def move(self, number: int, offset: int = 0) -> None:
        """Note that the records that follow begin here.

        Args:
            number: Number of the record.
            offset: Bytes of unpacked content before it.
        """
        while len(self.members) > 1 and self.members[1][1] <= offset:
            del self.members[0]
        near = self.members[0] if self.members and self.members[0][1] <= offset else (0, 0)
        self.at = Position(number, offset, *near)
