"""What the parser sees of a word: a few small integers made from its letters alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zlib import crc32

N_AFFIX = 4096
N_SHAPE = 256
COLUMNS = ("form", "prefix2", "prefix3", "suffix2", "suffix3", "suffix4", "shape")
_RUN = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")


def norm(form: str) -> str:
    """Return the form as the vocabulary keeps it: lower case, digits as 0, plain quotes."""
    low = _DIGIT.sub("0", form.lower())
    return low.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def shape(form: str) -> str:
    """Return the pattern of the form: X upper, x lower, 0 digit; runs cut to two."""
    pattern = "".join(
        "X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c for c in form[:12]
    )
    return _RUN.sub(r"\1\1", pattern)


def word_ids(form: str, first: bool, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """Return one number for each of COLUMNS; form 0 is any word that the vocabulary lacks.

    Args:
        form: The word as it stands in the text.
        first: Whether it begins the sentence, where a capital says little.
        vocabulary: Number of each known form.
    """
    low = norm(form)
    return (
        vocabulary.get(low, 0),
        crc32(("<2" + low[:2]).encode()) % N_AFFIX,
        crc32(("<3" + low[:3]).encode()) % N_AFFIX,
        crc32(("2>" + low[-2:]).encode()) % N_AFFIX,
        crc32(("3>" + low[-3:]).encode()) % N_AFFIX,
        crc32(("4>" + low[-4:]).encode()) % N_AFFIX,
        crc32((("^" if first else "") + shape(form)).encode()) % N_SHAPE,
    )
