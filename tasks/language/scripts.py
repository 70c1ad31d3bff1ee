"""Counts the letters of a text by script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tasks.language.tables import rows

_WORD = re.compile(r"\S+")
# A CJK character carries about as much as three letters of an alphabet. Latin letters count for
# less: menus, names and links are in Latin on pages of every script, and seldom the reverse.
_WEIGHT = {"Latn": 2, "Hani": 9, "Kana": 6, "Hang": 6}
_OTHER_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Scripts:
    """Letters by script.

    Attributes:
        counts: Number of letters by script, the largest first; ties by name.
        main: ISO 15924 code of the main script; Zyyy when there is no letter.
        n_letters: Letters in all.
    """

    counts: dict[str, int]
    main: str
    n_letters: int

    def share(self, script: str) -> float:
        """Return the share of the letters that are of this script."""
        return self.counts.get(script, 0) / self.n_letters if self.n_letters else 0.0


@dataclass(frozen=True, slots=True)
class _Blocks:
    """For each code point up to the last block: the number of its script's name; 0 = no letter."""

    script_of: npt.NDArray[np.uint8]
    names: list[str]
    language: dict[str, str]


@cache
def _blocks() -> _Blocks:
    table = list(rows("scripts.csv"))
    names = ["", *sorted({r["script"] for r in table})]
    spans = [(int(r["first"], 16), int(r["last"], 16), names.index(r["script"])) for r in table]
    script_of = np.zeros(max(last for _, last, _ in spans) + 2, np.uint8)
    for first, last, number in spans:
        letters = [point for point in range(first, last + 1) if chr(point).isalpha()]
        script_of[letters] = number
    return _Blocks(script_of, names, {r["script"]: r["lang"] for r in table if r["lang"]})


def count_scripts(text: str) -> Scripts:
    """Return the letters of the text by script; digits, marks and punctuation do not count."""
    blocks = _blocks()
    totals = np.bincount(_numbers(text), minlength=len(blocks.names)).tolist()
    found = {blocks.names[i]: n for i, n in enumerate(totals) if n and i}
    counts = dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
    main = min(
        counts, key=lambda s: (-counts[s] * _WEIGHT.get(s, _OTHER_WEIGHT), s), default="Zyyy"
    )
    return Scripts(counts, main, sum(counts.values()))


def letters_outside(text: str, scripts: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return for each character whether it is a letter of a script other than these."""
    names = _blocks().names
    outside = np.array([name not in ("", *scripts) for name in names])
    return outside.take(_numbers(text))


def only_words_in(text: str, script: str) -> str:
    """Return the words of the text that hold no letter of another script than this one."""
    outside = letters_outside(text, (script,))
    return " ".join(w.group() for w in _WORD.finditer(text) if not outside[slice(*w.span())].any())


def _numbers(text: str) -> npt.NDArray[np.uint8]:
    script_of = _blocks().script_of
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return script_of.take(points, mode="clip")  # behind the last block: its last entry, no letter


def language_of_script(script: str) -> str:
    """Return the language that a script alone decides; "" when it does not."""
    return _blocks().language.get(script, "")
