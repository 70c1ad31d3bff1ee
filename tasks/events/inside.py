"""What the annotator found in a stretch of text, looked up rather than searched for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class _Found(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Found)


class Inside(Generic[T]):
    """Findings of one kind in an article, in the order of the text."""

    def __init__(self, found: Sequence[T]) -> None:
        self._found = sorted(found, key=lambda x: x.start)
        self._starts = [x.start for x in self._found]

    def __call__(self, start: int, end: int) -> list[T]:
        """Return what begins between two offsets."""
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
