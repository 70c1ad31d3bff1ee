"""Reads a Universal Dependencies treebank for the training scripts."""

from __future__ import annotations

import gzip
from pathlib import Path

Word = tuple[str, str, int, str]


def read(path: Path) -> list[list[Word]]:
    """Return sentences of (form, Penn Treebank tag, head, relation); head 0 is the root."""
    sentences: list[list[Word]] = []
    now: list[Word] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            if not line.strip():
                if now:
                    sentences.append(now)
                now = []
                continue
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                now.append((cells[1], cells[4], int(cells[6]), cells[7]))
    return sentences
