"""The legacy encoding of bytes that are no UTF-8: what it makes of them must be a language.

Byte frequencies alone (resiliparse) take short French for Central European and Albanian for
Baltic: the ASCII letters tell the language whatever the encoding, the language tells which
encodings are usual for it, and of these the one counts that makes most bytes letters of the
language (`seeds/ingest/alphabets.csv`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache

import pycld2
from resiliparse.parse.encoding import detect_encoding

from tasks.ingest.seeds import read_seed

_SAMPLE = 65536
# The Windows encoding that fills what ISO leaves to control characters; no text holds these.
_SIBLINGS = {
    "iso8859-1": "cp1252",
    "iso8859-2": "cp1250",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "iso8859-13": "cp1257",
    "iso8859-15": "cp1252",
    "iso8859-16": "cp1250",
}
# An encoding that another one contains: the wider one reads both. Of KOI8-R only characters that
# draw boxes are given up, for the letters of Ukrainian.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-11": "cp874",
    "koi8-r": "koi8-u",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
_LATIN = frozenset(
    ["cp1250", "cp1252", "cp1254", "cp1257", "cp1258"]
    + [f"iso8859-{n}" for n in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)]
)
# Signs that any language may hold.
_SIGNS = frozenset("\u00a0\u00ad¡¿«»‹›“”„‘’‚–—…•·°§©®™€£½¼²³ªº×†")
# Letters in a run, with the signs that other encodings have in their place.
_IN_PLACE = "×÷°§©®¦¤¬±¶¢£¥\u200e\u200f"
_WORDS = re.compile(rf"(?:[^\W\d_]|[\u0300-\u036f{_IN_PLACE}])+")
# Within words: signs, and capitals behind small letters beyond ASCII.
_ODD = re.compile(
    rf"[^\W\d_][{_IN_PLACE}](?=[^\W\d_])|[à-öø-ÿа-яёіїєґђјљњћџα-ωά-ώ][А-ЯЁІЇЄҐЂЈЉЊЋЏΑ-ΩÀ-ÖØ-Þ]"
)
# Of the letters in words with any beyond ASCII so many are, at most, in a language in Latin letters.
_MOST_ACCENTS = 0.7
_UNSURE = 0.5
# Of the bytes beyond ASCII so many must be letters of the language, or it was mistaken.
_ENOUGH = 0.8
# Of a text in Korean or Japanese so much at least is its own script: more than the odd accent.
_DENSE = 0.1


def known_encoding(name: str | None, data: bytes) -> str | None:
    """Return the codec to read the bytes with when they are said to be in an encoding.

    Args:
        name: As declared or detected.
        data: The bytes.

    Returns:
        The widest codec of that family; None for UTF-8, and for what is none.
    """
    try:
        codec = codecs.lookup(name.strip()).name if name else None
    except (LookupError, ValueError):
        return None
    if codec in (None, "utf-8"):
        return None
    codec = _WIDER.get(codec, codec)
    if codec in _SIBLINGS and any(byte in data for byte in _CONTROLS):
        return _SIBLINGS[codec]
    return codec


_CONTROLS = tuple(bytes([n]) for n in range(0x80, 0xA0) if n != 0x85)


def detect(data: bytes) -> str | None:
    """Return the most plausible legacy encoding, or None."""
    sample = data[:_SAMPLE]
    name = detect_encoding(sample, from_html_meta=False)
    found = None if name == "ascii" else known_encoding(name, sample)
    if found is None or found in _LATIN:
        return _korean_or_japanese(sample) or _by_language(sample, found) or found
    return found


def fitness(data: bytes, codec: str) -> float:
    """Return how far what the bytes are in an encoding is the language that it seems to be.

    Returns:
        0 to 1: the share of letters beyond ASCII that are of the language's alphabet, or of one script
        if the table has no alphabet for it; less for what stands within words as in none, and where
        the language is hard to tell.
    """
    text = _decoded(data[:_SAMPLE], codec)
    words = [w for w in _WORDS.findall(text) if not w.isascii()]
    beyond = Counter(c for w in words for c in w if c > "\x7f")
    letters = beyond.total()
    languages, is_sure = _languages(text)
    if not letters or not languages:
        return 0.0
    odd = sum(len(_ODD.findall(w)) for w in words)
    odd += sum("\x80" <= c < "\xa0" for c in text)
    by_script: Counter[str] = Counter()
    for c, n in beyond.items():
        by_script[unicodedata.name(c, "?").partition(" ")[0]] += n
    script, own = by_script.most_common(1)[0]
    if languages[0] in alphabets():
        alphabet = alphabets()[languages[0]][1] | _SIGNS
        own = sum(n for c, n in beyond.items() if c in alphabet)
    if script != "LATIN":
        odd += sum(any("a" <= c <= "z" for c in w.lower()) for w in words)
    elif letters > _MOST_ACCENTS * sum(map(len, words)):
        return 0.0
    return max(0.0, (own - odd) / letters) * (1.0 if is_sure else _UNSURE)


def _korean_or_japanese(data: bytes) -> str | None:
    """Return the encoding that makes nearly all of Korean, or kana of much."""
    for codec, first, last, share in (
        ("cp949", "\uac00", "\ud7a3", 0.9),
        ("euc_jp", "\u3041", "\u3096", 0.3),
        ("cp932", "\u3041", "\u3096", 0.3),
    ):
        text = _decoded(data, codec)
        letters = [c for c in text if c > "\x7f" and c.isalpha()]
        n_own = sum(first <= c <= last for c in letters)
        if n_own >= 4 and n_own >= share * len(letters) and n_own >= _DENSE * len(text):
            return codec
    return None


def _decoded(data: bytes, codec: str) -> str:
    """Return the text; what is cut off at its end does not matter, all else must be valid."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return ""


def _by_language(data: bytes, guess: str | None) -> str | None:
    counts = Counter(byte for byte in data if byte > 0x7F)
    for language in _languages(data.decode(guess or "cp1252", "replace"))[0]:
        if language not in alphabets():
            continue
        codecs_, letters = alphabets()[language]
        scores = [_n_explained(counts, codec, letters) for codec in codecs_]
        best = max(scores)
        if best >= _ENOUGH * counts.total():
            return codecs_[scores.index(best)]
    return None


def _languages(text: str) -> tuple[list[str], bool]:
    """Return the languages of a text, the main one first, and whether that is sure.

    Wrong accents do little harm.
    """
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    try:
        found = pycld2.detect(text.encode(), isPlainText="</" not in text, bestEffort=True)
    except pycld2.error:
        return [], False
    return [code for _, code, share, _ in found[2] if share], bool(found[0])


@cache
def alphabets() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """Return encodings, the usual one first, and letters of each language."""
    rows = read_seed("alphabets.csv", ("lang", "encodings", "letters"))
    return {
        lang: (tuple(names.split("|")), frozenset(letters + letters.upper()))
        for lang, names, letters in rows
    }


def _n_explained(counts: Counter[int], codec: str, letters: frozenset[str]) -> int:
    """Return how many of the bytes are letters of the language, or signs of any."""
    return sum(
        n for byte, n in counts.items() if (c := _char(byte, codec)) in letters or c in _SIGNS
    )


@cache
def _char(byte: int, codec: str) -> str:
    return bytes([byte]).decode(codec, "replace")
