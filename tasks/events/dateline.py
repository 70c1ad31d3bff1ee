"""Where a sentence begins behind its dateline: "CAIRO, April 9 (Xinhua) -- ", "Lucknow: "."""

from __future__ import annotations

import re
from collections.abc import Container

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DASH = r"(?:--+|—|–|-|:)"
_AGENCY = r"\((?:[A-Z][\w.]*[ /]?){1,4}\)"
_CAPITALS = re.compile(
    rf"\s*[A-Z][A-Z.'’/ -]{{2,}}(?:,\s*[A-Z][\w.'’ ]{{1,25}})*(?:,?\s*{_MONTH}\s*\d{{0,2}})?"
    rf"\s*(?:{_AGENCY})?\s*{_DASH}\s+(?=\S)"
)
_AGENCY_ALONE = re.compile(rf"\s*{_AGENCY}\s*{_DASH}\s+(?=\S)")
_NAME = re.compile(
    rf"\s*([A-Z][a-z]+)(?:[ ,]+[A-Z][\w.]+){{0,3}}(?:,?\s*{_MONTH}\s*\d{{0,2}})?"
    rf"\s*(?:{_AGENCY})?\s*(?: {_DASH}|--|—|:)\s+(?=\S)"
)
MAX = 80


def after_dateline(text: str, start: int, end: int, place_starts: Container[int]) -> int:
    """Return the offset at which the words of the sentence begin.

    Args:
        text: The text.
        start: Offset of the sentence.
        end: End offset of the sentence.
        place_starts: Offsets at which a place is named: a dateline in plain letters must be one.
    """
    limit = min(end, start + MAX)
    for pattern in (_CAPITALS, _AGENCY_ALONE):
        m = pattern.match(text, start, limit)
        if m is not None:
            return m.end()
    m = _NAME.match(text, start, limit)
    if m is not None and m.start(1) in place_starts:
        return m.end()
    return start
