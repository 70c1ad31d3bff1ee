"""Cuts sentences into words, numbers and marks; offsets are worked out only where asked for."""

from __future__ import annotations

from tasks.annotate.codes import CUES, DATES, LETTERS, NUMBERS, QUANTITIES, WIDTH, codes_of
from tasks.annotate.shapes import TOKEN
from tasks.annotate.types import Sentence


class Words:
    """The tokens of one sentence.

    Attributes:
        index: Number of the sentence.
        start: Its offset in the text.
        end: Its end offset.
        words: The tokens.
    """

    __slots__ = ("_code", "_spans", "_text", "end", "index", "start", "words")

    def __init__(self, text: str, sentence: Sentence, words: list[str], code: str) -> None:
        self.index, self.start, self.end = sentence.index, sentence.start, sentence.end
        self.words = words
        self._code, self._text = code, text
        self._spans: list[tuple[int, int]] = []

    @property
    def dates(self) -> str:
        """One character a token for the grammar of dates; so for the other codes."""
        return self._code[DATES::WIDTH]

    @property
    def cues(self) -> str:
        """The code for the cues of future and past."""
        return self._code[CUES::WIDTH]

    @property
    def numbers(self) -> str:
        """The code for numbers."""
        return self._code[NUMBERS::WIDTH]

    @property
    def quantities(self) -> str:
        """The code for what is counted."""
        return self._code[QUANTITIES::WIDTH]

    @property
    def letters(self) -> str:
        """The code for quotations."""
        return self._code[LETTERS::WIDTH]

    def span(self, number: int) -> tuple[int, int]:
        """Return the offsets of a token in the text."""
        spans = self._spans
        if number >= len(spans):
            end, find, keep = spans[-1][1] if spans else self.start, self._text.find, spans.append
            for word in self.words[len(spans) : number + 1]:  # only spaces lie between two tokens
                start = find(word, end)
                end = start + len(word)
                keep((start, end))
        return spans[number]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Offsets of each token in the text."""
        if self.words:
            self.span(len(self.words) - 1)
        return self._spans


def tokenize(masked: str, sentences: list[Sentence], lang: str) -> list[Words]:
    """Return the tokens of each sentence, in order, encoded for the grammars of the language."""
    code = codes_of(lang).__getitem__
    result = []
    for sentence in sentences:
        words = TOKEN.findall(masked, sentence.start, sentence.end)
        result.append(Words(masked, sentence, words, "".join(map(code, words))))
    return result
