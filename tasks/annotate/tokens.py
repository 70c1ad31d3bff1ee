"""Cuts sentences into words, numbers and marks; offsets are worked out only where asked for."""

from __future__ import annotations

import re
from functools import cached_property

from tasks.annotate.types import Sentence

# A word (with an inner apostrophe), a date in figures, a number with its separators and unit
# letters (150,000  4:30pm  20th  1990s  6/16/2021), or one mark.
TOKEN = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"|\d{4}-\d\d?-\d\d?(?!\d)"
    r"|\d+(?:[.,:/]\d+)*[^\W\d_]{0,12}"
    r"|[^\s]"
)


class Words:
    """The tokens of one sentence."""

    __slots__ = ("__dict__", "end", "index", "start", "text", "words")

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.index = sentence.index
        self.start = sentence.start
        self.end = sentence.end
        self.words: list[str] = TOKEN.findall(text, sentence.start, sentence.end)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Offsets of each token in the text."""
        return [m.span() for m in TOKEN.finditer(self.text, self.start, self.end)]


def tokenize(masked: str, sentences: list[Sentence]) -> list[Words]:
    """Return the tokens of each sentence, in order."""
    return [Words(masked, sentence) for sentence in sentences]
