"""Passages of an article in another language: a foreign quotation, a tweet, a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.language.clean import clean
from tasks.language.decide import Verdict, decide_clean
from tasks.language.scripts import count_scripts, letters_outside
from tasks.language.tables import are_siblings
from tasks.language.voters import find_chunks

_MAX_CHARS = 20_000
# Shorter passages are names and titles, on which no detector is to be trusted.
_MIN_CHARS = 60
_MIN_LETTERS = 40
# pycld2 marks a stretch a few words off: this much of a passage must lie in it.
_SUSPECT_SHARE = 0.3
# A line with fewer suspect characters holds no passage of that share with letters enough.
_FEWEST_SUSPECT = 12
_SURE_RULES = ("fast", "script", "two-agree", "bcms-guess", "markers")
# Blanks, digits and marks between letters of one script: they do not end a stretch.
_GAP = 12
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*(?=\s)")
# Japanese and Korean write with several scripts at once.
_EAST_ASIAN = ("Hani", "Kana", "Hang")
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LangSpan:
    """A passage of body in another language than the article's."""

    start: int
    end: int
    lang: str


def find_spans(body: str, verdict: Verdict) -> list[LangSpan]:
    """Return the passages of the body that are in another language than its verdict.

    pycld2 and the scripts point at stretches; the sentences there are then decided group by group
    by the rule that decides articles, and count only where it is sure.
    """
    if verdict.lang in ("und", "zxx"):
        return []
    body = body[:_MAX_CHARS]
    suspect = _suspects(body, verdict)
    if suspect is None:
        return []
    found = ((a, b, _foreign(body[a:b], verdict.lang)) for a, b in _passages(body, suspect))
    return _join(body, (LangSpan(*item) for item in found if item[2]))


def _suspects(body: str, verdict: Verdict) -> _Flags | None:
    """Return for each character whether it may be in another language; None if none is.

    pycld2 passes over a short stretch, but never the letters of another script.
    """
    chunks = find_chunks(body, verdict.lang)
    if not chunks and verdict.script == "Latn" and body.isascii():
        return None
    flags = letters_outside(
        body, _EAST_ASIAN if verdict.script in _EAST_ASIAN else (verdict.script,)
    )
    if not chunks and np.count_nonzero(flags) < _MIN_LETTERS:
        return None
    for chunk in chunks:
        flags[chunk.start : chunk.end] = True
    return flags


def _passages(body: str, suspect: _Flags) -> Iterator[tuple[int, int]]:
    """Give the runs of suspect sentences, each at least 60 characters and within one line.

    In a sentence that is mostly the article's own, the suspect stretches themselves.
    """
    first = 0
    for line in body.split("\n"):
        last = first + len(line)
        if len(line) >= _MIN_CHARS and np.count_nonzero(suspect[first:last]) >= _FEWEST_SUSPECT:
            yield from _passages_of_line(body, suspect, first, last)
        first = last + 1


def _passages_of_line(
    body: str, suspect: _Flags, first: int, last: int
) -> Iterator[tuple[int, int]]:
    start = end = -1
    for left, right in _sentences(body, first, last):
        n_suspect = np.count_nonzero(suspect[left:right])
        is_suspect = n_suspect >= _SUSPECT_SHARE * (right - left)
        if start >= 0 and (not is_suspect or end - start >= _MIN_CHARS):
            yield start, end
            start = -1
        if is_suspect:
            start, end = (left if start < 0 else start), right
        elif n_suspect >= _MIN_LETTERS:
            yield from _stretches(suspect, left, right)
    if start >= 0:
        yield start, end


def _sentences(body: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of a line without the blanks around them."""
    for end in (*(m.end() for m in _SENTENCE_END.finditer(body, first + 1, last)), last):
        left, right = _strip(body, first, end)
        if left < right:
            yield left, right
        first = end


def _stretches(suspect: _Flags, first: int, last: int) -> Iterator[tuple[int, int]]:
    at = np.flatnonzero(suspect[first:last]) + first
    for run in np.split(at, np.flatnonzero(np.diff(at) > _GAP) + 1):
        if len(run) >= _MIN_LETTERS:
            yield int(run[0]), int(run[-1]) + 1


def _strip(body: str, start: int, end: int) -> tuple[int, int]:
    text = body[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _foreign(passage: str, lang: str) -> str:
    """Return the language of a passage where it is another and a sure rule says so; else ""."""
    if len(passage) < _MIN_CHARS:
        return ""
    text = clean(passage)
    if count_scripts(text).n_letters < _MIN_LETTERS:
        return ""
    verdict = decide_clean(text)
    if verdict.method.split()[0] not in _SURE_RULES or are_siblings(verdict.lang, lang):
        return ""
    return "" if verdict.lang in ("und", "zxx") else verdict.lang


def _join(body: str, spans: Iterator[LangSpan]) -> list[LangSpan]:
    """Return the spans with neighbours of one language made one."""
    joined: list[LangSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.lang == span.lang and not body[last.end : span.start].strip():
            joined[-1] = LangSpan(last.start, span.end, span.lang)
        else:
            joined.append(span)
    return joined
