"""Reads English sentences with tables and rules alone: lighter than the network, and less exact."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tasks.events.lexicon import Lexicon
from tasks.events.parser import MAX_WORDS, Parse, pad
from tasks.events.reader_chunker.attach import Attacher
from tasks.events.reader_chunker.chunks import chunks
from tasks.events.reader_chunker.mend import mend
from tasks.events.reader_chunker.tagger import Tagger


class ChunkReader:
    """A tagger from tables, a chunker, and rules that attach the chunks."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self._tagger = Tagger(path)
        self._lexicon = lexicon

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return the parse of each sentence; words past MAX_WORDS hang flat on the root."""
        return [pad(self._one(s[:MAX_WORDS]), len(s)) for s in sentences]

    def _one(self, forms: Sequence[str]) -> Parse:
        if not forms:
            return Parse((), (), ())
        low = [f.lower().replace("’", "'") for f in forms]
        tags = self._tagger.tag(forms)
        mend(low, tags, self._lexicon)
        found = chunks(low, tags)
        return Attacher(low, tags, found, self._lexicon).run()


@cache
def load_chunker(path: Path, lexicon: Lexicon) -> ChunkReader:
    """Return the reader with the tables kept in `path`; read once a process."""
    return ChunkReader(path, lexicon)
