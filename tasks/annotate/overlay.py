"""Shows what a user's own actor table would change, before it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.annotate.actors import find_actors
from tasks.annotate.mask import mask_markup
from tasks.annotate.records import day_of, language_of
from tasks.annotate.sentences import split_sentences
from tasks.annotate.tables import OwnTable
from tasks.annotate.types import ActorMention, Sentence

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Words that are coded otherwise with the overlay.

    Attributes:
        text: The words.
        before: Code without it; empty if they were no known actor.
        after: Code with it; empty if they are no known actor any more.
        count: How often, in the texts compared.
        id: The first text with the change.
        sentence: Its sentence.
    """

    text: str
    before: str
    after: str
    count: int
    id: str = field(default="", compare=False)
    sentence: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an overlay changes in some texts.

    Attributes:
        n_texts: Texts compared.
        n_actors: Actors with a code in them, without the overlay.
        n_changed: Actors with another code, gained or lost.
        changes: What they are, the most frequent first.
    """

    n_texts: int
    n_actors: int
    n_changed: int
    changes: list[Change]


def compare_overlay(records: Iterable[Mapping[str, Any]], overlay: Path) -> Comparison:
    """Return what the overlay changes against the project's own tables.

    Args:
        records: Texts as {"id", "text", "lang"?, "date"?}; the date decides on offices.
        overlay: The user's table.

    Raises:
        UserError: if the overlay cannot be read.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], tuple[str, str]] = {}
    n_texts = n_actors = 0
    table = OwnTable.read(overlay)
    for record in records:
        old, new, sentences = _read(record, table)
        n_texts, n_actors = n_texts + 1, n_actors + len(old)
        for span in sorted(old.keys() | new.keys()):
            before, after = old.get(span, ""), new.get(span, "")
            if before != after:
                change = record["text"][span[0] : span[1]], before, after
                counts[change] += 1
                example = str(record.get("id") or ""), _sentence(record["text"], sentences, span)
                examples.setdefault(change, example)
    changes = [Change(*change, n, *examples[change]) for change, n in counts.items()]
    changes.sort(key=lambda c: (-c.count, c))
    return Comparison(n_texts, n_actors, counts.total(), changes)


def _read(
    record: Mapping[str, Any], overlay: OwnTable
) -> tuple[dict[Span, str], dict[Span, str], list[Sentence]]:
    """Return the codes without and with the overlay, by span, and the sentences."""
    masked = mask_markup(record["text"])
    lang, _ = language_of(record)
    day = day_of(record)
    sentences = split_sentences(masked, lang)
    before, after = (
        _codes(find_actors(masked, sentences, on=day, lang=lang, overlay=table))
        for table in (None, overlay)
    )
    return before, after, sentences


def _codes(actors: Iterable[ActorMention]) -> dict[Span, str]:
    return {(a.start, a.end): a.code for a in actors if a.code}


def _sentence(text: str, sentences: list[Sentence], span: Span) -> str:
    return next(text[s.start : s.end] for s in sentences if s.start <= span[0] < s.end)
