"""Mends tags by what stands beside a word, where the treebank's web texts mislead about news."""

from __future__ import annotations

from tasks.events.lexicon import Lexicon

_OBJECT = frozenset({"DT", "PRP", "PRP$", "NNP", "NNPS", "CD", "JJ", "NN", "NNS", "$"})


def mend(low: list[str], tags: list[str], lexicon: Lexicon) -> None:
    """Change tags in place.

    1. Behind a modal, and behind "to" before an object, a word that can be a verb is one.
    2. A participle between a noun and an object is a past tense: "A attacked B".
    """
    for i, tag in enumerate(tags):
        after = tags[i + 1] if i + 1 < len(tags) else ""
        left = _left(tags, i)
        if left < 0:
            continue
        if tags[left] == "MD" and tag in ("NN", "JJ", "VBP", "VBD") and low[i].isalpha():
            tags[i] = "VB"
        elif low[left] == "to" and tag in ("NN", "JJ", "VBP") and after in _OBJECT:
            if (
                left == i - 1
                and lexicon.lemma(low[i], "VB") == low[i]
                and _is_verb(lexicon, low[i])
            ):
                tags[i], tags[left] = "VB", "TO"
        elif tag == "VBN" and after in _OBJECT and tags[left][:2] in ("NN", "PR"):
            tags[i] = "VBD"


def _left(tags: list[str], i: int) -> int:
    """Return the word before `i`, adverbs skipped."""
    i -= 1
    while i >= 0 and tags[i] == "RB":
        i -= 1
    return i


def _is_verb(lexicon: Lexicon, word: str) -> bool:
    return ("v", word) in lexicon.frames or ("v", word) in lexicon.operators
