"""Prepares a text for language identification: takes out what belongs to no language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

# What is no language, by a string that must be there for the pattern to match: most articles hold
# none of these strings, and a search for a string costs next to nothing. Repeats are bounded, so
# that no text takes time in the square of its length.
_NOISE = tuple(
    (needles, re.compile(pattern, re.DOTALL))
    for needles, pattern in (
        (("<",), r"<(?:script|style)\b.{0,5000}?</(?:script|style)>"),
        (("<",), r"<[^<>]{0,500}>"),
        (("&",), r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"),
        (("://", "www.", "pic.twitter."), r"(?:https?://|www\.|pic\.twitter\.com/)\S+"),
        (("@",), r"\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+"),
        (("@", "#"), r"[@#](?<!\w[@#])\w+"),
        (("RT",), r"RT(?<!\wRT)\b"),
    )
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟:;,،]")
_CLEAN_PREFIX = 20_000
_SAMPLE = 1_000
_SHORT_LINE = 60
_CAPITALS = 0.55
_SMALL = b"abcdefghijklmnopqrstuvwxyz"
_UPPER, _LOWER = 1, 2
_LAST_CASED = 0x1F189


def clean(text: str) -> str:
    """Return the text without markup, addresses, handles and control characters, in NFC.

    Only the first 20,000 characters are looked at. A text that is mostly capitals is put into
    lower case: n-gram tables know few capitals.
    """
    text = text[:_CLEAN_PREFIX]
    for needles, pattern in _NOISE:
        for needle in needles:
            if needle in text:
                text = pattern.sub(" ", text)
                break
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\t", " ").replace("\u00a0", " ")
    if not text.replace("\n", "").isprintable():
        text = _CONTROL.sub("", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.lower() if _is_shouted(text[:2_000]) else text


def _is_shouted(head: str) -> bool:
    """Tell whether more than 55% of the letters that have two cases are capitals.

    Capitals between figures, as in tables of results, are no shouting: a quarter must be capitals.
    """
    data = head.encode("utf-8", "replace")
    n_marks = len(head) - head.count(" ")
    # Even if all else were capitals: most articles need no closer look.
    if len(data) - len(data.translate(None, _SMALL)) >= (1 - _CAPITALS) * n_marks:
        return False
    case = _case_of().take(
        np.frombuffer(head.encode("utf-32-le", "replace"), np.uint32), mode="clip"
    )
    n_upper, n_lower = (int(np.count_nonzero(case == of)) for of in (_UPPER, _LOWER))
    return 4 * n_upper >= n_marks and n_upper > _CAPITALS * (n_upper + n_lower)


@cache
def _case_of() -> npt.NDArray[np.uint8]:
    """Return the case of each code point up to the last that has one."""
    points = "".join(map(chr, range(_LAST_CASED + 2)))
    case = np.fromiter(map(str.isupper, points), np.uint8) * _UPPER
    return case + np.fromiter(map(str.islower, points), np.uint8) * np.uint8(_LOWER)


def sample(text: str) -> str:
    """Return at most 1,000 characters: half from the head, a quarter each from middle and tail.

    Short lines without punctuation (menus, captions, names) are passed over where enough is left.
    """
    prose = [x for x in text.splitlines() if len(x) >= _SHORT_LINE or _SENTENCE_END.search(x)]
    body = "\n".join(prose)
    if len(body) < 200:
        body = text
    if len(body) <= _SAMPLE:
        return body
    half, quarter = _SAMPLE // 2, _SAMPLE // 4
    middle = (len(body) - quarter) // 2
    return " ".join((body[:half], body[middle : middle + quarter], body[-quarter:]))
