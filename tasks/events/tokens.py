"""Cuts a sentence into words as the treebank does: clitics, hyphens and marks stand alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Sen|Rep|Gov|Maj|Prof|Adm|Brig|Cmdr|Hon|Rev|Ret|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd|Pres|Amb|Supt|Insp)\."
)
_TOKEN = re.compile(
    r"[^\W\d_]+(?=\s)(?<!cannot)(?<!Cannot)(?<!CANNOT)"  # most words: tried first for speed alone
    r"|https?://\S+"
    r"|(?:[^\W\d_]\.){2,}(?=\W|$)"  # U.S.  a.m.
    rf"|{_ABBREVIATION}(?=\W|$)"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|pm|am|km|m)?\b"
    r"|[Cc]ease-[Ff]ires?"
    r"|(?:[Dd]e|[Rr]e|[Cc]o)-[^\W\d_]+"  # a prefix makes no word of its own
    r"|(?:can|Can|CAN)(?=(?:not|NOT)\b)"
    r"|[^\W\d_]+(?=n['’]t\b)"
    r"|n['’]t\b"
    r"|[^\W_]+"
    r"|['’](?:s|S|re|ve|ll|d|m|RE|VE|LL)\b"
    r"|--+|\.{3}|…"
    r"|\S"
)


class Token(NamedTuple):
    """A word and its offsets in the text."""

    text: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words of `text[start:end]`, in order, with offsets in `text`."""
    # Straight from tuple: a named tuple's own constructor takes longer than the match.
    return [_new(Token, (m[0], *m.span())) for m in _TOKEN.finditer(text, start, end)]


_new = tuple.__new__
