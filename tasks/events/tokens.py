"""Cuts a sentence into words as the treebank does: clitics, hyphens and marks stand alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Sen|Rep|Gov|Maj|Prof|Adm|Brig|Cmdr|Hon|Rev|Ret|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd|Pres|Amb|Supt|Insp)\."
)
_TOKEN = re.compile(
    r"https?://\S+"
    r"|(?:[^\W\d_]\.){2,}(?=\W|$)"  # U.S.  a.m.
    rf"|{_ABBREVIATION}(?=\W|$)"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|pm|am|km|m)?\b"
    r"|[Cc]ease-[Ff]ires?"
    r"|(?:[Dd]e|[Rr]e|[Cc]o)-[^\W\d_]+"  # a prefix makes no word of its own
    r"|[^\W\d_]+(?:n['’]t)\b"
    r"|[^\W_]+"
    r"|['’](?:s|S|re|ve|ll|d|m|RE|VE|LL)\b"
    r"|--+|\.{3}|…"
    r"|\S"
)
_NEGATED = re.compile(r"n['’]t$", re.IGNORECASE)


class Token(NamedTuple):
    """A word and its offsets in the text."""

    text: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words of `text[start:end]`, in order, with offsets in `text`."""
    out: list[Token] = []
    for m in _TOKEN.finditer(text, start, end):
        word, a, b = m.group(), m.start(), m.end()
        cut = _split(word)
        if cut:
            out.append(Token(word[:cut], a, a + cut))
            out.append(Token(word[cut:], a + cut, b))
        else:
            out.append(Token(word, a, b))
    return out


def _split(word: str) -> int:
    """Return where a word falls in two ("don't", "cannot"), or 0."""
    if word.lower() == "cannot":
        return 3
    m = _NEGATED.search(word) if len(word) > 3 else None
    return m.start() if m else 0
