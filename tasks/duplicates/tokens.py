"""Cut many texts into words at once, on the UTF-8 bytes of an Arrow buffer.

A word is a run of letters, digits and marks, in lower case; in scripts written without spaces
each character is a word. No Python object is made for any word: about 100 MB of text a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tasks.duplicates import characters as ch
from tasks.duplicates.hashing import U64, mix

I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_LONGEST = 64  # bytes of a word that its hash looks at; beyond (encoded pictures) the length counts
_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)
_LENGTH = np.uint64(0x9E3779B97F4A7C15)


_WIDTHS = np.repeat(np.array([1, 2, 3, 4]), [0xC0, 0x20, 0x10, 0x10])


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a batch of texts, one after the other.

    Attributes:
        data: UTF-8 bytes of the texts, one after the other.
        offsets: First byte of each text, and at the end the number of bytes.
        start: First byte of each word in `data`.
        end: Byte behind each word.
        word: Hash of each word in lower case.
        first: Number of each text's first word, and at the end the number of words.
        by_character: True for a text that is mostly in a script without spaces.
        marks: CAPITAL or DIGIT at the first byte of characters beyond ASCII; None if all are ASCII.
    """

    data: U8
    offsets: I64
    start: I64
    end: I64
    word: U64
    first: I64
    by_character: Mask
    marks: U8 | None


def tokenise(texts: pa.Array) -> Tokens:
    """Return the words of a string array; null is a text without words."""
    data, offsets = _bytes_of(texts)
    low, solo, widths, marks = _fold(data)
    start, end = _edges(low, offsets, solo, widths)
    first = np.searchsorted(start, offsets)
    alone = np.zeros(len(start) + 1, np.int64)
    if len(solo):
        alone[1:] = np.cumsum(np.isin(start, solo, assume_unique=True))
    by_character = 2 * (alone[first[1:]] - alone[first[:-1]]) > np.diff(first)
    return Tokens(
        data=data,
        offsets=offsets,
        start=start,
        end=end,
        word=_hash_words(low, start, end),
        first=first,
        by_character=by_character,
        marks=marks,
    )


def _bytes_of(texts: pa.Array) -> tuple[U8, I64]:
    texts = texts.cast(pa.large_string())
    if texts.null_count:
        texts = texts.fill_null("")
    if not len(texts):
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    _, ends, chars = texts.buffers()
    offsets = np.frombuffer(ends, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if chars is None:
        return np.zeros(0, np.uint8), np.zeros(len(offsets), np.int64)
    data = np.frombuffer(chars, np.uint8)[offsets[0] : offsets[-1]]
    return data, offsets - offsets[0]


def _fold(data: U8) -> tuple[U8, I64, I64, U8 | None]:
    """Return bytes in lower case with zero for separators, solo characters, their widths, marks.

    Eight zero bytes are appended, so that a word can be read eight bytes at a time.
    """
    low = np.zeros(len(data) + 8, np.uint8)
    low[: len(data)] = np.frombuffer(data.tobytes().translate(ch.FOLD), np.uint8)
    lead = np.flatnonzero(data >= 0xC0)
    none = np.zeros(0, np.int64)
    if not len(lead):
        return low, none, none, None
    points, widths = _decode(data, lead)
    classes = ch.classes_of(points)
    _write_lower(low, lead, points, widths)
    for n in range(4):
        at = lead[(classes == ch.SEPARATOR) & (widths > n)] + n
        low[at] = 0
    marks = np.zeros(len(data), np.uint8)
    marks[lead] = ch.MARKS[np.minimum(points, 0xFFFF)]
    solo = classes == ch.SOLO
    return low, lead[solo], widths[solo], marks


def _decode(data: U8, lead: I64) -> tuple[npt.NDArray[np.uint32], I64]:
    padded = np.concatenate([data[lead[0] :], np.zeros(3, np.uint8)])
    at = lead - lead[0]
    b0, b1, b2, b3 = (padded[at + n].astype(np.uint32) for n in range(4))
    widths = char_width(data[lead])
    two = (b0 & 0x1F) << 6 | (b1 & 0x3F)
    three = (b0 & 0x0F) << 12 | (b1 & 0x3F) << 6 | (b2 & 0x3F)
    four = (b0 & 0x07) << 18 | (b1 & 0x3F) << 12 | (b2 & 0x3F) << 6 | (b3 & 0x3F)
    return np.where(widths == 2, two, np.where(widths == 3, three, four)), widths


def char_width(first_byte: U8) -> I64:
    """Return how many bytes a character has, by its first."""
    return _WIDTHS[first_byte]


def _write_lower(low: U8, lead: I64, points: npt.NDArray[np.uint32], widths: I64) -> None:
    small = ch.FOLDED[np.minimum(points, 0xFFFF)]
    changed = (points <= 0xFFFF) & (small != points)
    for width in (2, 3):
        these = np.flatnonzero(changed & (widths == width))
        at, value = lead[these], small[these]
        for n in range(1, width):
            low[at + width - n] = 0x80 | (value >> (6 * (n - 1)) & 0x3F)
        low[at] = (0xC0 if width == 2 else 0xE0) | value >> (6 * (width - 1))


def _edges(low: U8, offsets: I64, solo: I64, widths: I64) -> tuple[I64, I64]:
    """Return where words begin and end: at separators, between texts, around solo characters."""
    inside = low != 0
    begins = np.empty(len(low), np.bool_)
    begins[0] = inside[0]
    np.greater(inside[1:], inside[:-1], out=begins[1:])
    for forced in (offsets, solo, solo + widths):
        begins[forced] = inside[forced]
    ends = np.empty(len(low), np.bool_)
    ends[0] = False
    np.greater(inside[:-1], inside[1:] > begins[1:], out=ends[1:])
    return np.flatnonzero(begins), np.flatnonzero(ends)


def _hash_words(low: U8, start: I64, end: I64) -> U64:
    """Hash each word, eight bytes at a time, with its length."""
    eight = np.ndarray((len(low) - 7,), "<u8", buffer=low.data, strides=(1,))
    length = end - start
    value = mix(
        (eight[start] & _KEEP[np.minimum(length, 8)]) ^ (length.astype(np.uint64) * _LENGTH)
    )
    for done in range(8, _LONGEST, 8):
        rest = np.flatnonzero(length > done)
        if not len(rest):
            break
        more = eight[start[rest] + done] & _KEEP[np.minimum(length[rest] - done, 8)]
        value[rest] = mix(value[rest] * _LENGTH ^ more)
    return value


def first_marks(tokens: Tokens) -> U8:
    """Return CAPITAL or DIGIT for each word by its first character, else 0."""
    return _marks_at(tokens, tokens.start)


def second_marks(tokens: Tokens, words: I64) -> U8:
    """Return the same of these words by their second character; 0 for a word of one."""
    at = tokens.start[words]
    second = at + char_width(tokens.data[at])
    inside = second < tokens.end[words]
    return np.where(inside, _marks_at(tokens, np.where(inside, second, at)), 0).astype(np.uint8)


def _marks_at(tokens: Tokens, places: I64) -> U8:
    found: U8 = ch.ASCII_MARKS[tokens.data[places]]
    return found if tokens.marks is None else found | tokens.marks[places]
