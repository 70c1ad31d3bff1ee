"""The shape of tokens."""

from __future__ import annotations

import re

# A word (with an inner apostrophe), a date in figures, a number with its separators and unit
# letters (150,000  4:30pm  18h00  20th  1990s  6/16/2021), or one mark. Spaces are taken in before it, so
# that each search ends where it begins; the commonest tokens come first.
TOKEN = re.compile(
    r"\s*+("
    r"[a-zA-Z]++(?!['’]|[^\W\d_])"
    r"|[^\w\s]"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"|\d{4}-\d\d?-\d\d?(?!\d)|\d\d?-\d\d?-\d{2}(?:\d\d)?(?![\d-])"
    r"|\d\d?h\d\d(?!\w)|\d+(?:[.,:/]\d+)*[^\W\d_]{0,12}"
    r"|\S"
    r")"
)
