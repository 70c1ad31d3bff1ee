"""Gives every word one letter that tells its part in a sentence of speech.

The words are in seeds/lexicon/<lang>/quote_words.csv; N stands for a capital, n for any other word.
"""

from __future__ import annotations

from functools import cache

from tasks.annotate.lexicon import base_language, read_table

_LETTERS = {
    "cue": "C",
    "object": "O",
    "participle": "G",
    "according": "K",
    "noun": "S",
    "pronoun": "P",
    "aux": "A",
    "that": "T",
    "bound": "B",
    "coord": "b",
    "prep": "R",
    "of": "o",
    "and": "&",
    "date": "D",
    "det": "d",
    "some": "i",
    "verb": "V",
}
_MARKS = {",": ",", "—": ",", "–": ",", "-": "-", "(": "(", ")": ")", ":": ":", ";": ";", ".": "."}


class Letters:
    """The letters of one language's words."""

    def __init__(self, lang: str) -> None:
        self.words: dict[str, str] = {}
        self.past: tuple[str, ...] = ()
        self.adverbs: tuple[str, ...] = ()
        for row in read_table(lang, "quote_words"):
            forms = row["forms"].split()
            if row["kind"] == "suffix":
                self.past = tuple(forms)
            elif row["kind"] == "adverb_suffix":
                self.adverbs = tuple(forms)
            else:
                for form in forms:
                    self.words.setdefault(form.lower(), _LETTERS[row["kind"]])

    def letter(self, token: str) -> str:
        """Return the letter of a token."""
        if token in _MARKS:
            return _MARKS[token]
        if token[0].isdigit():
            return "D"
        known = self.words.get(token.lower())
        if known and (token[0].islower() or not token[0].isupper() or self._keeps(known, token)):
            return known
        if not token[0].isalpha():
            return ","
        if token[0].isupper() or not token[0].islower():
            return "N"
        if len(token) > 4 and token.endswith(self.past):
            return "V"
        return "A" if len(token) > 4 and token.endswith(self.adverbs) else "n"

    @staticmethod
    def _keeps(letter: str, token: str) -> bool:
        """True if a capitalised word is that word, not a name: not `Said`, `May`, `US`."""
        if letter in "CO":
            return token.endswith("s") and token.istitle() and token != "States"
        return letter not in "AVGS" and (len(token) == 1 or not token.isupper())


@cache
def letters_of(lang: str) -> Letters:
    """Return the letters of a language's words, built once."""
    return Letters(base_language(lang))
