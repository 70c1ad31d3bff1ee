"""Which reader takes a sentence apart: one interface, one reader a language and setting.

A reader turns the words of sentences into tags and trees. It must be a function of each sentence
alone, and speak the same language as all others: Penn Treebank tags, Universal Dependencies
relations, whatever the language of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

from tasks.events.lexicon import load_lexicon
from tasks.events.parser import Parse, load_parser
from tasks.events.tables import SEEDS

NETWORK, CHUNKER, SPACY = "network", "chunker", "spacy:"


class Reader(Protocol):
    """Takes sentences apart."""

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return tags, heads and labels of each sentence, one of each a word."""
        ...


def parser_version(name: str) -> str:
    """Return name and version of a reader; its own files are not part of it.

    Raises:
        UserError: if it is a spaCy pipeline that is not there.
    """
    if not name.startswith(SPACY):
        return name
    from tasks.events.reader_spacy import load_pipeline

    return f"{name} {load_pipeline(name.removeprefix(SPACY)).version}"


@cache
def reader(lang: str, name: str = NETWORK) -> Reader:
    """Return the reader of a language, made once a process.

    Args:
        lang: Base language, such as en.
        name: network, chunker or spacy:NAME.
    """
    if name.startswith(SPACY):
        from tasks.events.reader_spacy import load_pipeline

        pipeline = load_pipeline(name.removeprefix(SPACY))
        if pipeline.lang == lang:
            return pipeline
    if name == CHUNKER and lang == "en":
        from tasks.events.reader_chunker import load_chunker

        return load_chunker(SEEDS / "models" / "en_tagger.npz", load_lexicon("en"))
    return _BY_LANGUAGE.get(lang, _network)(lang)


def _network(lang: str) -> Reader:
    return load_parser(SEEDS / "models" / f"{lang}_parser.npz")


def _romance(lang: str) -> Reader:
    # Imported when first asked for: its tables cost time that an English text need not spend.
    from importlib import import_module

    load: Callable[[str], Reader] = import_module("tasks.events.reader_romance").load_reader
    return load(lang)


_BY_LANGUAGE: dict[str, Callable[[str], Reader]] = {"es": _romance, "fr": _romance}
