"""Reads Spanish and French sentences with tables of forms and a fixed order of attachment.

There is no treebank of these languages that the project could train on, so nothing here is
trained: words of grammar, conjugations and auxiliaries are tables in seeds/lexicon, unknown words
are read by their endings, and the pieces of a sentence are attached from left to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tasks.events.lexicon import load_lexicon
from tasks.events.parser import Parse
from tasks.events.reader_romance.attach import Attacher
from tasks.events.reader_romance.chunks import Chunker
from tasks.events.reader_romance.grammar import load_grammar
from tasks.events.reader_romance.morphology import load_morphology
from tasks.events.reader_romance.tagger import Tagger
from tasks.events.reader_romance.valency import Valency
from tasks.events.reader_romance.verbs import Auxiliaries
from tasks.events.reader_romance.words import blank

MAX_WORDS = 200


class RomanceReader:
    """Gives tags, heads and relations of sentences of one language."""

    def __init__(self, lang: str) -> None:
        grammar, lexicon = load_grammar(lang), load_lexicon(lang)
        self._senses = dict(grammar.senses)
        self._tagger = Tagger(grammar, load_morphology(lang), lexicon)
        self._valency = Valency(lexicon, self._senses)
        moving = lexicon.classes.get("unaccusative", frozenset())
        times = lexicon.classes.get("time", frozenset())
        self._chunker = Chunker(Auxiliaries(lang, moving), times)

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return the parse of each sentence; words past MAX_WORDS hang flat on the root."""
        return [self._one(s) for s in sentences]

    def _one(self, sentence: Sequence[str]) -> Parse:
        if not sentence:
            return Parse((), (), ())
        w = blank(list(sentence[:MAX_WORDS]))
        self._tagger.tag(w)
        chunks = self._chunker.chunks(w)
        root = Attacher(w, chunks, self._valency).run()
        return _padded(w.parse(root, self._senses), list(sentence), root)


def _padded(p: Parse, sentence: list[str], root: int) -> Parse:
    rest = [w.lower() for w in sentence[len(p.tags) :]]
    n = len(rest)
    return Parse(
        p.tags + ("SYM",) * n,
        p.heads + (root,) * n,
        p.labels + ("dep",) * n,
        p.words + tuple(rest),
        p.lemmas + tuple(rest),
        p.senses + tuple(rest),
    )


@cache
def load_reader(lang: str) -> RomanceReader:
    """Return the reader of a language, made once a process."""
    return RomanceReader(lang)
