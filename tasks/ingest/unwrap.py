"""Lines to paragraphs; text that was wrapped at a fixed width is joined again."""

from __future__ import annotations

import re
from itertools import pairwise

# Wire copy and mail wrap between 55 and 85 columns.
_NARROW, _WIDE = 40, 90
_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]]*$")


def paragraphs_of(text: str) -> tuple[list[str], int]:
    """Return the paragraphs of a text, and how many line breaks were undone.

    A text counts as hard-wrapped if at least four of its lines, and most of those that are
    followed by another line, end in mid-sentence at nearly the same width. In any other text each
    line is a paragraph.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if not _is_wrapped(lines):
        return [line for line in lines if line], 0
    blocks: list[list[str]] = [[]]
    for raw, line in zip(text.split("\n"), lines, strict=True):
        if not line or (blocks[-1] and _opens_paragraph(raw)):
            blocks.append([])
        if line:
            blocks[-1].append(line)
    joined = [" ".join(block) for block in blocks if block]
    return joined, sum(len(block) - 1 for block in blocks if block)


def _is_wrapped(lines: list[str]) -> bool:
    followed = [a for a, b in pairwise(lines) if a and b]
    if len(followed) < 4:
        return False
    widths = sorted(len(line) for line in followed)
    if not _NARROW <= widths[len(widths) // 2] <= _WIDE or widths[-1] > 1.35 * _WIDE:
        return False
    open_ended = [line for line in followed if not _SENTENCE_END.search(line)]
    near = [w for w in widths if w >= 0.7 * widths[-max(1, len(widths) // 10)]]
    return 2 * len(open_ended) > len(followed) and 10 * len(near) >= 7 * len(widths)


def _opens_paragraph(raw: str) -> bool:
    """Return True for an indented line: wire copy marks paragraphs so."""
    return raw.startswith(("   ", "\t"))
