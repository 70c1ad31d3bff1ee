"""Finds the blocks of a text: paragraphs, headlines, captions, list lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_BLANK_LINE = re.compile(
    r"[\n\u2028\u2029](?:(?<=\n)[^\S\n]*\n\s*|(?<!\n)[\u2028\u2029]*)"  # first a set: faster
)
_LIST_LINE = re.compile(r"\s*(?:[-–—•*▪●·]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
# Text wrapped by hand has lines of 50-100 characters; longer ones are paragraphs of their own.
_MAX_WRAP, _MIN_WRAP = 120, 40


def split_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each block of text between hard breaks."""
    start = 0
    for match in _BLANK_LINE.finditer(text):
        yield from _lines(text, start, match.start())
        start = match.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph at the line ends that are no wrapping."""
    if text.find("\n", start, end) < 0:
        if start < end:
            yield start, end
        return
    lines = text[start:end].split("\n")
    width = max(len(line) for line in lines)
    block = at = start
    for line, following in pairwise(lines):
        at += len(line) + 1
        # Two lines tell little about the width: a capital then speaks for a headline above.
        few = len(lines) < 3 and not following.lstrip()[:1].islower()
        if few or not _is_wrapped(line, following, width):
            yield block, at - 1
            block = at
    yield block, end


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """True if the line ended because the next word no longer fitted."""
    if width > _MAX_WRAP or len(line) < _MIN_WRAP or _LIST_LINE.match(following):
        return False
    first = following.split(None, 1)
    return bool(first) and len(line.rstrip()) + 1 + len(first[0]) > width
