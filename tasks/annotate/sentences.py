"""Splits text into sentences with exact offsets.

Blank lines, list lines and line ends that are no mere wrapping are hard breaks: headlines and
captions end there without a full stop. Within a block, a terminator ends a sentence unless the
table seeds/lexicon/<lang>/abbreviations.csv or what follows speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.annotate.blocks import split_blocks
from tasks.annotate.lexicon import word_set
from tasks.annotate.types import Sentence

_CLOSERS = "\"'”’»›“‘)\\]}"  # “ and ‘ close a quotation in German and in most Slavic languages
_OPENERS = "\"'“‘„‚«‹([{¿¡–—-*"
# A terminator with what closes behind it, before a space; full-width ones need no space; and
# a full stop that has lost its space ("the country.The").
_CANDIDATE = re.compile(
    r"[.!?…؟۔।॥。！？]+(?:"
    rf"(?<=[。！？])[{_CLOSERS}」』]{{0,4}}"
    rf"|[{_CLOSERS}]{{0,4}}(?:[ ][\"”»](?=\s))?(?=\s)"  # a closing mark may be set apart
    r"|(?<=[a-zà-ÿа-я]{3}\.)(?=[A-ZÀ-ÝА-Я][a-zà-ÿа-я]+\s)"
    r")"
)
_LAST_WORD = re.compile(r"[^\s\"'“‘„«(\[—–/]*$")
_WORD = re.compile(r"[^\W\d_]+")
_ALNUM = re.compile(r"\w")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_LOOK_BACK, _LOOK_AHEAD = 40, 60


def split_sentences(masked: str, lang: str) -> list[Sentence]:
    """Return the sentences of a masked text, trimmed, in order; none is empty."""
    rules = _rules(lang)
    spans = (span for block in split_blocks(masked) for span in _split_block(masked, block, rules))
    return [Sentence(i, start, end) for i, (start, end) in enumerate(spans)]


class _Rules:
    """What one language knows about its full stops."""

    def __init__(self, lang: str) -> None:
        self.titles = word_set(lang, "abbreviations", "title")
        self.inner = word_set(lang, "abbreviations", "inner")
        self.clock = word_set(lang, "abbreviations", "clock")
        self.maybe = word_set(lang, "abbreviations", "maybe") | self.clock
        self.numeric = word_set(lang, "abbreviations", "before_number")
        self.starters = word_set(lang, "abbreviations", "starter")
        self.cues = word_set(lang, "abbreviations", "quote_cue")
        self.ordinal_dot = bool(word_set(lang, "abbreviations", "ordinal_dot"))


@cache
def _rules(lang: str) -> _Rules:
    return _Rules(lang)


def _split_block(text: str, block: tuple[int, int], rules: _Rules) -> Iterator[tuple[int, int]]:
    start, end = block
    spans: list[tuple[int, int]] = []
    for match in _CANDIDATE.finditer(text, start, end):
        if match.end() < end and _is_boundary(text, start, match, end, rules):
            stop = _end(text, block[0], match)
            _add(text, start, stop, spans)
            start = stop
    _add(text, start, end, spans)
    yield from spans


def _end(text: str, start: int, match: re.Match[str]) -> int:
    """Return the end of the sentence; a mark set apart belongs to it only if one is open."""
    apart = match[0][-2:] == ' "' and text.count('"', start, match.end() - 1) % 2 == 0
    return match.end() - 2 if apart else match.end()


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the trimmed span; a stray mark without a word belongs to the sentence before it."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left >= right:
        return
    if spans and not _ALNUM.search(text, left, right):
        spans[-1] = (spans[-1][0], right)
    else:
        spans.append((left, right))


def _is_boundary(text: str, start: int, match: re.Match[str], end: int, rules: _Rules) -> bool:
    mark = match[0]
    ahead = text[match.end() : min(end, match.end() + _LOOK_AHEAD)].lstrip()
    if mark[0] in "。！？।॥" or not ahead:
        return True
    bare = ahead.lstrip(_OPENERS + " ")
    if not bare or (bare[0].islower() and not bare[1:2].isupper()):  # iPhone begins a sentence
        return not bare
    if mark[0] != ".":
        return not _continues(text, match, mark, bare, rules)
    if mark[:2] == "..":
        return mark[-1] not in ")]"
    return not _is_abbreviation(text, start, match.start(), ahead, bare, rules)


def _continues(text: str, match: re.Match[str], mark: str, bare: str, rules: _Rules) -> bool:
    """True for `"Why?" Biden asked` and for the dots in `He [...] Then`."""
    if mark[0] == "…" and mark[-1] in ")]" and text[match.start() - 1 : match.start()] in "([":
        return True
    if mark[-1] not in "\"'”’»“‘":
        return False
    return any(w.lower() in rules.cues for w in _WORD.findall(bare)[:4])


def _last_word(piece: str) -> str:
    word = piece[piece.rfind(" ") + 1 :]
    if word.isalpha():
        return word
    found = _LAST_WORD.search(word)
    return found[0] if found else ""


def _is_abbreviation(
    text: str, start: int, stop: int, ahead: str, bare: str, rules: _Rules
) -> bool:
    """True if the full stop at `stop` belongs to the word before it."""
    word = _last_word(text[max(start, stop - _LOOK_BACK) : stop])
    if not word:
        return False
    if text[start:stop].lstrip() == word and _LIST_MARK.match(word):
        return True  # "1. Main", "a. Main"
    folded = word.lower()
    if folded in rules.titles or (ahead[0].isdigit() and folded in rules.numeric):
        return True
    if folded in rules.inner:
        return True
    weak = folded in rules.maybe or (bool(_INITIALS.match(word)) and word not in ("I", "Я", "и"))
    weak = weak or (rules.ordinal_dot and word.isdigit() and len(word) <= 2)
    if not weak:
        return False
    following = _WORD.match(bare)
    first = following[0].lower() if following else ""
    return not (first in rules.starters or (folded in rules.clock and first in rules.titles))
