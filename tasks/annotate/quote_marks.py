"""Pairs quotation marks within paragraphs, whatever their style, balanced or not.

A quotation that is not closed ends with its paragraph, as one does that goes on in the next; one
in which another begins ends with its first sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.annotate.types import Sentence

# Opening mark -> its possible closing marks.
_PAIRS = {
    "“": '”"“',
    '"': '"”',
    "«": "»",
    "»": "«",
    "„": '“”"',
    "「": "」",
    "『": "』",
}
_MARK = re.compile(r"[“”\"«»„「」『』\n`'](?:(?<=`)`|(?<=')'|(?<![`']))")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks: `start` and `end` are inside the marks.

    Attributes:
        outer_end: Offset behind the closing mark.
        closed: False if the closing mark is missing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


def pair_marks(text: str, sentences: list[Sentence]) -> list[Quoted]:
    """Return the quotations of a masked text, in order, without overlap; none is empty."""
    found: list[Quoted] = []
    opened: tuple[int, int, str] | None = None  # offset, length and style of the opening mark
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            if opened and _blank_line(text, at):
                _add(text, found, opened, at, 0, closed=False)
                opened = None
        elif opened and mark in _closers(opened[2]) and not _is_opening(text, at, mark, opened[2]):
            _add(text, found, opened, at, len(mark), closed=True)
            opened = None
        elif _is_opening(text, at, mark, opened[2] if opened else ""):
            if opened:
                cut = _first_sentence_end(sentences, opened[0], at)
                _add(text, found, opened, cut, 0, closed=False)
            opened = (at, len(mark), mark)
    if opened:
        _add(text, found, opened, len(text), 0, closed=False)
    return found


def _closers(style: str) -> tuple[str, ...]:
    return ("''", '"') if style == "``" else tuple(_PAIRS.get(style, ""))


def _blank_line(text: str, at: int) -> bool:
    """True if the line end at `at` ends a paragraph: a blank line, or a quotation mark, follows."""
    ahead = text[at + 1 : at + 4].lstrip(" \t\r")
    return not ahead or ahead[0] in '\n“"«„'


def _is_opening(text: str, at: int, mark: str, inside: str) -> bool:
    """True if the mark opens a quotation: for symmetric marks what stands beside it decides."""
    if mark in ("“", "「", "『", "``"):
        return not (mark == "“" and inside == "„")
    if mark in ("”", "」", "』", "''"):
        return False
    if mark == "„":
        return True
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "«»":
        return (mark == "«" and inside != "»") or (mark == "»" and not inside and after.isalnum())
    if inside == "“":
        return False
    opens = before.isspace() or before in "([{—–-:/'‘"
    closes = after.isspace() or after in ")]}—–-:;,.!?'’"
    if opens != closes:
        return opens
    return not inside


def _first_sentence_end(sentences: list[Sentence], start: int, limit: int) -> int:
    """Return the end of the sentence in which `start` lies, at most `limit`."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if sentences[middle].end <= start else (low, middle)
    return min(sentences[low].end, limit) if low < len(sentences) else limit


def _add(
    text: str,
    found: list[Quoted],
    opened: tuple[int, int, str],
    end: int,
    mark: int,
    *,
    closed: bool,
) -> None:
    start = opened[0] + opened[1]
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    last = start + len(inner.rstrip())
    if first < last and _WORD.search(text, first, last):
        found.append(Quoted(first, last, opened[0], end + mark, closed))
