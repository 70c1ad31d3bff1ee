"""Where noun groups belong: subject, object, in a row, renaming a noun, behind a preposition."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.events.attribution import SAYING
from tasks.events.lexicon import Lexicon
from tasks.events.reader_chunker.chunks import HAVE, Chunk, Kind

_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month
    year morning night evening afternoon day weekend""".split()  # noqa: SIM905 - one line, not 19
)
_GIVES = frozenset({"give", "offer", "send", "grant", "lend", "tell", "award", "promise", "hand"})
_INSIDE = {
    "DT": "det",
    "PDT": "det:predet",
    "PRP$": "nmod:poss",
    "CD": "nummod",
    "NN": "compound",
    "NNS": "compound",
    "NNP": "compound",
    "NNPS": "compound",
    "$": "compound",
    "HYPH": "punct",
    "RB": "advmod",
    "POS": "case",
}


class Nouns:
    """The part of the attacher that knows the sentence and looks after nouns."""

    def __init__(
        self, low: list[str], tags: list[str], found: Sequence[Chunk], lexicon: Lexicon
    ) -> None:
        self.low, self.tags, self.chunks, self.lexicon = low, tags, list(found), lexicon
        self._n = 0  # the chunk that is being attached
        self.heads = [-2] * len(low)  # -2: not yet attached
        self.labels = ["dep"] * len(low)
        self.root = -1
        self.verb: Chunk | None = None  # of the clause that we are in
        self.noun: Chunk | None = None  # the last noun group
        self.subject: Chunk | None = None  # waits for its verb
        self.objects = 0
        self.marks: list[int] = []  # wait for their verb
        self.preposition: list[int] = []
        self.relative = -1
        self.conjunction = -1
        self.last: Chunk | None = None
        self.linked = False  # the verb has had its predicate
        self.provisional = False  # the root so far is a clause that comes before the main one

    def _hang(self, word: int, head: int, label: str) -> None:
        if word != head and self.heads[word] == -2:
            self.heads[word], self.labels[word] = head, label

    def _after(self, by: int = 1) -> Chunk | None:
        return self.chunks[self._n + by] if self._n + by < len(self.chunks) else None

    # Inside of chunks

    def _inside_noun(self, c: Chunk) -> None:
        head = c.head
        cut = [k for k in range(c.start, c.end) if self.tags[k] == "POS" and k < head]
        start = c.start
        for k in cut:
            owner = k - 1
            self._modifiers(start, owner, owner)
            self._hang(k, owner, "case")
            self._hang(owner, head, "nmod:poss")
            start = k + 1
        self._modifiers(start, c.end, head)

    def _modifiers(self, start: int, end: int, head: int) -> None:
        for k in range(start, end):
            if k == head:
                continue
            tag = self.tags[k]
            if tag == "CC":
                self._hang(k, k + 1, "cc")
            elif k > start and self.tags[k - 1] == "CC":
                self._hang(k, k - 2, "conj")
            else:
                self._hang(k, head, _INSIDE.get(tag, "amod"))

    def _inside_verb(self, c: Chunk) -> None:
        for k in range(c.start, c.end):
            if k == c.head:
                continue
            if self.tags[k] in ("TO", "IN"):
                self._hang(k, c.head, "mark")
            elif self.tags[k][:2] == "RB":
                self._hang(k, c.head, "advmod")
            else:
                last = c.passive and self.low[k] not in HAVE and self.tags[k] != "MD"
                plain = last and not any(self.tags[x][:2] == "VB" for x in range(k + 1, c.head))
                self._hang(k, c.head, "aux:pass" if plain else "aux")

    # Noun groups

    def _noun_group(self, c: Chunk) -> None:
        self._inside_noun(c)
        if self.preposition:
            self._prepositional(c)
        elif self._is_row(c):
            self._row(c)
        elif self._is_apposition(c):
            assert self.last is not None
            assert self.noun is not None
            self._hang(c.head, self.noun.head, "appos")
            return
        elif self._is_object(c):
            self._object(c)
        else:
            self._waiting(c)
        self.noun = c

    def _is_row(self, c: Chunk) -> bool:
        """Say whether the group goes on a row of nouns: "A, B and C"."""
        if self.noun is None or self.last is None or self.last.kind not in (Kind.AND, Kind.COMMA):
            return False
        if self.conjunction >= 0 and self.last.kind is Kind.AND:
            return not (self._acts(c) and self.verb is not None and self.subject is None)
        return self.low[self.last.head] == "," and self._row_ahead()

    def _row_ahead(self) -> bool:
        """Look for the "and" that closes a row: nouns and commas up to it."""
        for chunk in self.chunks[self._n + 1 :]:
            if chunk.kind is Kind.AND:
                return True
            if chunk.kind is not Kind.NOUN and self.low[chunk.head] != ",":
                return False
        return False

    def _row(self, c: Chunk) -> None:
        assert self.noun is not None
        first = self.noun.head
        while self.labels[first] == "conj" and self.heads[first] >= 0:
            first = self.heads[first]
        self._hang(c.head, first, "conj")
        if self.conjunction >= 0:
            self._hang(self.conjunction, c.head, "cc")
            self.conjunction = -1

    def _is_apposition(self, c: Chunk) -> bool:
        if (
            self.noun is None
            or self.last is None
            or self.low[self.last.head] not in (",", "(", "-")
        ):
            return False
        before = self.chunks[self._n - 2] if self._n > 1 else None
        after = self._after()
        closes = after is None or after.kind is Kind.COMMA or after.kind is Kind.PREPOSITION
        return before is self.noun and closes and self.low[c.head] not in _DAYS

    def _is_object(self, c: Chunk) -> bool:
        if self.verb is None or self.last is None or self.relative >= 0:
            return False
        if self.last.kind is Kind.COMMA and not self._says(self.verb):
            return False
        return not self._acts(c)

    def _acts(self, c: Chunk) -> bool:
        """Say whether a finite verb stands right behind the group: it is its subject."""
        after = self._after()
        return after is not None and after.kind is Kind.VERB and after.finite and not self._days(c)

    def _days(self, c: Chunk) -> bool:
        return self.low[c.head] in _DAYS

    def _says(self, c: Chunk) -> bool:
        return self.lexicon.lemma(self.low[c.head], "VB") in SAYING

    def _object(self, c: Chunk) -> None:
        assert self.verb is not None
        verb = self.verb
        beside = self.last is verb or (self.last is not None and self.last.kind is Kind.ADVERB)
        if self._days(c):
            self._hang(c.head, verb.head, "obl")
        elif verb.linking and not self.linked:
            self._link(c.head)
        elif beside and self._says(verb) and self._lacks_subject(verb):
            self._hang(c.head, verb.head, "nsubj")
        elif self.objects == 1 and self.lexicon.lemma(self.low[verb.head], "VB") in _GIVES:
            first = next(i for i, h in enumerate(self.heads) if h == verb.head and self._is_obj(i))
            self.labels[first] = "iobj"
            self._hang(c.head, verb.head, "obj")
            self.objects = 2
        elif self.objects == 0 and not verb.passive:
            self._hang(c.head, verb.head, "obj")
            self.objects = 1
        else:
            self._waiting(c)

    def _is_obj(self, i: int) -> bool:
        return self.labels[i] == "obj"

    def _lacks_subject(self, verb: Chunk) -> bool:
        return not any(
            h == verb.head and self.labels[i].startswith("nsubj") for i, h in enumerate(self.heads)
        )

    def _link(self, predicate: int) -> None:
        """Make the predicate behind "be" the head of its clause."""
        assert self.verb is not None
        be = self.verb.head
        for i, h in enumerate(self.heads):
            if h == be:
                self.heads[i] = predicate
        self.heads[predicate], self.labels[predicate] = self.heads[be], self.labels[be]
        self.heads[be], self.labels[be] = predicate, "cop"
        if self.root == be:
            self.root = predicate
        self.linked = True
        self.verb = Chunk(Kind.VERB, predicate, predicate + 1, predicate, self.verb.finite)

    def _waiting(self, c: Chunk) -> None:
        self.subject = c

    def _prepositional(self, c: Chunk) -> None:
        names = self.preposition
        self.preposition = []
        for k in names[1:]:
            self._hang(k, names[0], "fixed")
        self._hang(names[0], c.head, "case")
        word = self.low[names[0]]
        verb, noun = self.verb, self.noun
        if verb is not None and verb.passive and word == "by" and self.subject is None:
            self._hang(c.head, verb.head, "obl:agent")
        elif noun is not None and self._belongs(word, noun):
            self._hang(c.head, noun.head, "nmod")
        elif verb is not None and self.subject is None:
            self._hang(c.head, verb.head, "obl")
        elif noun is not None:
            self._hang(c.head, noun.head, "nmod")
        else:
            self.marks.append(c.head)  # "In Moscow, ...": waits for its verb

    def _belongs(self, word: str, noun: Chunk) -> bool:
        """Say whether the preposition hangs on the noun before it rather than on the verb."""
        if self.last is None or self.chunks[self._n - 2] is not noun:
            return False
        if word == "of" or self.verb is None:
            return True
        lemma = self.lexicon.lemma(self.low[noun.head], self.tags[noun.head])
        frames = self.lexicon.frames.get(("n", lemma), ())
        return any(word in (*f.source, *f.target) for f in frames)
