"""Sakha (Yakut), which no library here knows, told by its spelling."""

from __future__ import annotations

import re

# Letters that no neighbour uses, and the diphthongs and long vowels that Sakha writes out.
_SAKHA_LETTERS = re.compile("[ҔҕҤҥ]")
_DIPHTHONGS = re.compile("уо|үө|иэ|ыа|ыы|УО|ҮӨ|ИЭ|ЫА|ЫЫ")
_SAKHA_VOWELS = re.compile("[өүһӨҮҺ]")
_NOT_SAKHA = re.compile("[әӘңҢғҒқҚіІїЇўЎѓќљњџЉЊЏ]")


def is_sakha(text: str) -> bool:
    """Tell whether a Cyrillic text is Sakha (Yakut)."""
    if _SAKHA_LETTERS.search(text):
        return True
    if _NOT_SAKHA.search(text):
        return False
    found = _DIPHTHONGS.findall(text)
    if _SAKHA_VOWELS.search(text):
        return len(found) * 60 >= len(text)
    return len(set(found)) >= 2 and len(found) * 30 >= len(text)
