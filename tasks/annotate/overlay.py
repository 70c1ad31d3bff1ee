"""Shows what a user's own actor table would change, before it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tasks.annotate.actors import find_actors
from tasks.annotate.mask import mask_markup
from tasks.annotate.sentences import split_sentences


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Words that are coded otherwise with the overlay.

    Attributes:
        text: The words.
        before: Code without it; empty if they were no known actor.
        after: Code with it.
        count: How often, in the texts compared.
    """

    text: str
    before: str
    after: str
    count: int


def compare_overlay(texts: Iterable[tuple[str, str]], overlay: Path) -> list[Change]:
    """Return what the overlay changes in (text, language) pairs, the most frequent first.

    Raises:
        UserError: if the overlay cannot be read.
    """
    changes: Counter[tuple[str, str, str]] = Counter()
    for text, lang in texts:
        before, after = _codes(text, lang, None), _codes(text, lang, overlay)
        for span in before.keys() | after.keys():
            old, new = before.get(span, ""), after.get(span, "")
            if old != new:
                changes[text[span[0] : span[1]], old, new] += 1
    found = [Change(*words, count) for words, count in changes.items()]
    return sorted(found, key=lambda c: (-c.count, c))


def _codes(text: str, lang: str, overlay: Path | None) -> dict[tuple[int, int], str]:
    masked = mask_markup(text)
    found = find_actors(masked, split_sentences(masked, lang), lang=lang, overlay=overlay)
    return {(m.start, m.end): m.code for m in found if m.code}
