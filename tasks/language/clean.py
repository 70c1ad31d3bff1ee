"""Prepares a text for language identification: takes out what belongs to no language."""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)>"  # what a page holds for machines
    r"|<[^<>]{0,500}>"  # tags
    r"|&(?:[a-zA-Z]{2,10}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"  # entities
    r"|(?:https?://|www\.|pic\.twitter\.com/)\S+"
    r"|\b[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<!\w)[@#]\w+"
    r"|\bRT\b",
    re.DOTALL,
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
)
_SPACES = re.compile(r"[ \t\u00a0]+")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟:;,،]")
_CLEAN_PREFIX = 20_000
_SAMPLE = 1_000
_SHORT_LINE = 60


def clean(text: str) -> str:
    """Return the text without markup, addresses, handles and control characters, in NFC.

    Only the first 20,000 characters are looked at. A text that is mostly capitals is put into
    lower case: n-gram tables know few capitals.
    """
    text = _CONTROL.sub("", text[:_CLEAN_PREFIX])
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", _NOISE.sub(" ", text)))
    upper = sum(map(str.isupper, text[:2_000]))
    lower = sum(map(str.islower, text[:2_000]))
    return text.lower() if upper > 0.55 * (upper + lower) else text


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
