"""Names and numbers of a text, as far as they can be told without knowing its language.

They tell a copy from a look-alike: the same form filled in with others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates import characters
from tasks.duplicates.hashing import U64, mix
from tasks.duplicates.tokens import I64, U8, Mask, Tokens, char_width, first_marks, second_marks

IS_NUMBER = np.uint32(1)  # lowest bit of a fact's hash: set for a number, not for a name
_SHORT_NAME = 3  # letters of a capitalised word that is rather an article or conjunction
_BARE = 20  # words of which less than one has a capital: a script without, or all in lower case
_LONG_WORD, _ONE_IN = 4, 4  # letters of the words that stand for names there; share of them kept


def names_and_numbers(tokens: Tokens) -> tuple[I64, npt.NDArray[np.uint32]]:
    """Return which words are numbers, or names as far as capitals tell; and their hashes.

    Left out: the short words that begin sentences (The, But, Das), unless all in capitals
    (UN, США); and words within a line of capitals, where capitals tell nothing. In a text without
    capitals (Arabic, Hindi, Chinese, ...) a sample of its longer words stands for the names.
    """
    mark = first_marks(tokens)
    where = np.flatnonzero(mark)
    is_number = mark[where] == characters.DIGIT
    loud = ~is_number & (second_marks(tokens, where) == characters.CAPITAL)
    width = np.where(tokens.data[tokens.start[where]] < 0x80, 1, 2)
    short = (tokens.end - tokens.start)[where] <= _SHORT_NAME * width
    next_to = _neighbours(tokens, where)
    before = np.append(False, next_to & loud[:-1])
    behind = np.append(next_to & loud[1:], False)
    chosen = is_number | np.where(loud, ~(before & behind), ~short)
    value = (_fact_hashes(tokens, where, is_number) >> np.uint64(32)).astype(np.uint32)
    value = value & ~IS_NUMBER | is_number
    words, hashes = _words_without_capitals(tokens, mark)
    if not len(words):
        return where[chosen], value[chosen]
    every, values = np.append(where[chosen], words), np.append(value[chosen], hashes)
    order = np.argsort(every, kind="stable")
    return every[order], values[order]


def _words_without_capitals(tokens: Tokens, mark: U8) -> tuple[I64, npt.NDArray[np.uint32]]:
    """Return a sample of the longer words of texts in which hardly any word has a capital.

    Of characters that are words alone, two in a row count as one.
    """
    n_words = np.diff(tokens.first)
    at = np.searchsorted(np.flatnonzero(mark == characters.CAPITAL), tokens.first)
    bare = (np.diff(at) * _BARE < n_words) & (n_words >= _BARE)
    if not bare.any():
        return np.zeros(0, np.int64), np.zeros(0, np.uint32)
    text = np.repeat(np.arange(len(n_words)), n_words)
    here = np.flatnonzero(bare[text] & (mark == 0))
    word = tokens.word[here]
    alone = tokens.by_character[text[here]]
    behind = tokens.word[np.minimum(here + 1, len(tokens.word) - 1)]
    word = np.where(alone, mix(word * np.uint64(3) + behind), word)
    at = tokens.start[here]
    size = (tokens.end[here] - at) // char_width(tokens.data[at])
    last = here + 1 == tokens.first[text[here] + 1]
    long = np.where(alone, ~last, size >= _LONG_WORD)
    kept = long & (word & np.uint64(_ONE_IN - 1) == 0)
    return here[kept], (word[kept] >> np.uint64(32)).astype(np.uint32) & ~IS_NUMBER


def _neighbours(tokens: Tokens, where: I64) -> Mask:
    """Return which of these words the next one follows at once, in the same text."""
    text = np.searchsorted(tokens.first, where, side="right")
    next_to: Mask = (np.diff(where) == 1) & (text[1:] == text[:-1])
    return next_to


def _fact_hashes(tokens: Tokens, where: I64, digits: Mask) -> U64:
    """Hash a name by its word; a number with the digits behind its point or comma (4.5, 1,200)."""
    value = tokens.word[where]
    follows = np.flatnonzero(digits[:-1] & digits[1:] & _neighbours(tokens, where))
    gap = tokens.end[where[follows]]
    point = tokens.data[np.minimum(gap, len(tokens.data) - 1)]
    joined = (tokens.start[where[follows + 1]] - gap == 1) & (
        (point == ord(",")) | (point == ord("."))
    )
    these = follows[joined]
    mixed = value.copy()
    mixed[these] = mix(value[these] * np.uint64(3) + value[these + 1])
    return mixed
