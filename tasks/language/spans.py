"""Passages of an article in another language: a foreign quotation, a tweet, a translation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.language.clean import clean
from tasks.language.decide import Verdict, decide_clean
from tasks.language.scripts import count_scripts
from tasks.language.tables import are_siblings

_MIN_CHARS = 60
_MAX_CHARS = 20_000
_SECOND_SHARE = 0.04
# A passage counts only where a rule that is nearly always right decided it.
_SURE_RULES = ("fast", "script", "two-agree")
_PIECE = re.compile(r"[^\n]+?(?:[.!?…。！？।؟][\"'”’»)\]]*(?=\s)|(?=\n)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LangSpan:
    """A passage of body in another language than the article's."""

    start: int
    end: int
    lang: str


def find_spans(body: str, verdict: Verdict) -> list[LangSpan]:
    """Return the passages of the body that are in another language than its verdict.

    Looked for only where pycld2 saw a second language or a second script writes part of it.
    """
    if not _suspects_more(body, verdict):
        return []
    spans: list[LangSpan] = []
    for start, end in _passages(body[:_MAX_CHARS]):
        lang = _foreign(body[start:end], verdict.lang)
        if not lang:
            continue
        if spans and spans[-1].lang == lang and not body[spans[-1].end : start].strip():
            spans[-1] = LangSpan(spans[-1].start, end, lang)
        else:
            spans.append(LangSpan(start, end, lang))
    return spans


def _suspects_more(body: str, verdict: Verdict) -> bool:
    if verdict.lang in ("und", "zxx"):
        return False
    if any(s >= _SECOND_SHARE and not are_siblings(x, verdict.lang) for x, s in verdict.others):
        return True
    scripts = count_scripts(body[:_MAX_CHARS])
    return sum(scripts.share(s) >= _SECOND_SHARE for s in scripts.counts) > 1


def _passages(body: str) -> list[tuple[int, int]]:
    """Return stretches of at least 60 characters that end where a sentence or line does."""
    found: list[tuple[int, int]] = []
    start = -1
    for piece in _PIECE.finditer(body):
        first = piece.start() + len(piece.group()) - len(piece.group().lstrip())
        start = first if start < 0 else start
        ends_line = body[piece.end() : piece.end() + 1] in ("\n", "")
        if piece.end() - start >= _MIN_CHARS or ends_line:
            found.append((start, piece.end()))
            start = -1
    return [(a, b) for a, b in found if b - a >= _MIN_CHARS]


def _foreign(passage: str, lang: str) -> str:
    verdict = decide_clean(clean(passage))
    rule = verdict.method.split()[0]
    if rule not in _SURE_RULES or are_siblings(verdict.lang, lang):
        return ""
    return "" if verdict.lang in ("und", "zxx") else verdict.lang
