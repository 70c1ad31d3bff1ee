"""Mends what the parser joins by "and": like goes with like, and what acts is a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.events.parser import Parse

_FINITE = ("VBD", "VBZ", "VBP", "VBN")


def coordinate(words: Sequence[str], parse: Parse) -> Parse:
    """Return the tree with its coordinations mended; `words` are in lower case."""
    if "and" not in words:
        return parse
    heads, labels = list(parse.heads), list(parse.labels)
    _like_conjuncts(parse.tags, heads, labels)
    _subjects_after_and(words, parse.tags, heads, labels)
    return replace(parse, heads=tuple(heads), labels=tuple(labels))


def _like_conjuncts(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "agreed to lift sanctions and provide aid": a bare infinitive goes with one."""
    for verb, head in enumerate(heads):
        if labels[verb] != "conj" or tags[verb] != "VB" or tags[head] not in _FINITE:
            continue
        if any(h == verb and labels[i] in ("aux", "mark", "nsubj") for i, h in enumerate(heads)):
            continue
        for like in range(verb - 1, head, -1):
            if tags[like] == "VB" and heads[like] == head and labels[like] in ("xcomp", "advcl"):
                heads[verb] = like
                break


def _subjects_after_and(
    words: Sequence[str], tags: tuple[str, ...], heads: list[int], labels: list[str]
) -> None:
    """Read "A freed five on Tuesday and B freed three": B acts, it is no second Tuesday."""
    for verb in range(2, len(heads)):
        name = verb - 1
        if labels[verb] != "conj" or tags[verb] not in ("VBD", "VBZ") or words[name - 1] != "and":
            continue
        if labels[name] != "conj" or not tags[name].startswith("NNP"):
            continue
        if not any(h == verb and labels[i].startswith("nsubj") for i, h in enumerate(heads)):
            heads[name], labels[name] = verb, "nsubj"
