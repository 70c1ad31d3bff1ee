"""Which reader takes a sentence apart: one interface, one reader a language and setting.

A reader turns the words of sentences into tags and trees. It must be a function of each sentence
alone, and speak the same language as all others: Penn Treebank tags, Universal Dependencies
relations, whatever the language of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

from tasks.events.parser import Parse, load_parser
from tasks.events.tables import SEEDS


class Reader(Protocol):
    """Takes sentences apart."""

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return tags, heads and labels of each sentence, one of each a word."""
        ...


def _network(lang: str) -> Reader:
    return load_parser(SEEDS / "models" / f"{lang}_parser.npz")


def _romance(lang: str) -> Reader:
    # Imported when first asked for: its tables cost time that an English text need not spend.
    from importlib import import_module

    load: Callable[[str], Reader] = import_module("tasks.events.reader_romance").load_reader
    return load(lang)


_BY_LANGUAGE: dict[str, Callable[[str], Reader]] = {"es": _romance, "fr": _romance}


@cache
def reader(lang: str) -> Reader:
    """Return the reader of a language, made once a process."""
    return _BY_LANGUAGE.get(lang, _network)(lang)
