"""Bytes to text: byte order mark, strict UTF-8, the declared encoding, evidence, cp1252.

Each step but plain UTF-8 is recorded as a repair, so that a reader of the table can tell a
certain decoding from a likely one.
"""

from __future__ import annotations

import codecs
import re

from tasks.ingest.legacy import detect, fitness, known_encoding

# The longer mark first: UTF-32-LE begins with the mark of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"OggS", "sound or film"),
    (b"ID3", "sound"),
    (b"-----BEGIN PGP", "encrypted text"),
)


def known_binary(head: bytes) -> str | None:
    """Return the name of a known format that is not text, judged by its first bytes."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def looks_binary(data: bytes) -> bool:
    """Return True if the bytes cannot be text in any encoding that we read.

    More than one control character in a hundred bytes is no text; UTF-16 and UTF-32, which hold
    NUL bytes, are told by their mark or by the regular places of their NULs.
    """
    head = data[:8192]
    if not head or has_mark(head) or _utf16_without_mark(head):
        return False
    return len(_CONTROLS.findall(head)) > max(1, len(head) // 100)


def has_mark(data: bytes) -> bool:
    """Return True if the bytes begin with a byte order mark."""
    return data.startswith(tuple(mark for mark, _ in _MARKS))


def decode(data: bytes, declared: str | None = None) -> tuple[str, dict[str, int]]:
    """Return the text and the repairs that decoding made.

    Never fails: what no encoding explains is read as cp1252 with replacement characters.

    Args:
        data: The bytes.
        declared: Encoding that the container declares (HTTP header, XML declaration), tried
            after UTF-8 because a wrong declaration is more frequent than text that happens to
            be valid UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text, repairs = _lenient(data[len(mark) :], encoding)
            name = "byte_order_mark" if encoding == "utf-8" else f"decoded:{encoding}"
            return text, {name: 1} | repairs
    try:
        return data.decode("utf-8"), {}
    except UnicodeDecodeError as error:
        return _decode_legacy(data, declared, error)


def _decode_legacy(
    data: bytes, declared: str | None, error: UnicodeDecodeError
) -> tuple[str, dict[str, int]]:
    if _mostly_utf8(data):
        text, repairs = _lenient(data, "utf-8")
        return text, repairs
    stated = known_encoding(declared, data)
    found = _utf16_without_mark(data[:8192]) or detect(data)
    if stated and found and fitness(data, found) > fitness(data, stated):
        stated = None
    for encoding in (stated, found):
        if encoding is None:
            continue
        try:
            return data.decode(encoding), {f"decoded:{encoding}": 1}
        except (UnicodeDecodeError, LookupError):
            continue
    text, repairs = _lenient(data, "cp1252")
    return text, {"decoded:cp1252": 1} | repairs


def _lenient(data: bytes, encoding: str) -> tuple[str, dict[str, int]]:
    """Decode with replacement characters, counting those that were not there before."""
    text = data.decode(encoding, "replace")
    try:
        return data.decode(encoding), {}
    except UnicodeDecodeError:
        return text, {"undecodable": text.count("\ufffd")}


def _mostly_utf8(data: bytes) -> bool:
    """Return True for UTF-8 with a few broken bytes: many good sequences, few bad ones."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good >= 10 and bad * 20 <= good


def _utf16_without_mark(head: bytes) -> str | None:
    """Return the UTF-16 flavour of Latin-script text without a mark, told by its NULs."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.5 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.5 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None
