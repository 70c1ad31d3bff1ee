"""Attaches chunks from left to right: who is subject and object, which clause hangs on which.

Rules, in the order in which a chunk is asked: a preposition goes with the noun group behind it; a
noun group behind a verb is its object, before one its subject; "of" hangs on the noun before it,
any other preposition on the verb if there is one; a verb group is the root, or a relative clause, a
complement of what is said, an infinitive, a participle, or one more in a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.events.attribution import SAYING
from tasks.events.lexicon import Lexicon
from tasks.events.parser import Parse
from tasks.events.reader_chunker.chunks import HAVE, Chunk, Kind

_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month
    year morning night evening afternoon day weekend""".split()  # noqa: SIM905 - one line, not 19
)
_GIVES = frozenset({"give", "offer", "send", "grant", "lend", "tell", "award", "promise", "hand"})
_COMPLEX = frozenset({("according", "to"), ("because", "of"), ("ahead", "of"), ("out", "of")})
_STAND_ALONE = frozenset({"before", "after", "as", "since", "until", "without", "by", "for", "in"})


class Attacher:
    """One sentence on its way to a tree."""

    def __init__(
        self, low: list[str], tags: list[str], found: Sequence[Chunk], lexicon: Lexicon
    ) -> None:
        self.low, self.tags, self.chunks, self.lexicon = low, tags, list(found), lexicon
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

    def run(self) -> Parse:
        """Return the tree."""
        rules = {
            Kind.NOUN: self._noun_group,
            Kind.VERB: self._verb_group,
            Kind.PREDICATE: self._predicate,
            Kind.PREPOSITION: self._preposition,
            Kind.MARK: self._mark,
            Kind.RELATIVE: self._relative,
            Kind.AND: self._and,
            Kind.COMMA: self._comma,
            Kind.ADVERB: self._adverb,
        }
        for n, chunk in enumerate(self.chunks):
            self._n = n
            rules[chunk.kind](chunk)
            self.last = chunk
        return self._finished()

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

    # Small words

    def _preposition(self, c: Chunk) -> None:
        after = self._after()
        nominal = after is not None and after.kind in (Kind.NOUN, Kind.PREPOSITION)
        clause = after is not None and after.kind is Kind.VERB
        if self.low[c.head] in _STAND_ALONE and self._clause_follows():
            self.marks.append(c.head)
        elif nominal or clause:
            self.preposition.append(c.head)
        elif self.verb is not None:
            self._hang(c.head, self.verb.head, "compound:prt")

    def _clause_follows(self) -> bool:
        """Read "after police arrived": a noun group and a finite verb, nothing between."""
        one, two = self._after(), self._after(2)
        if one is None or two is None or one.kind is not Kind.NOUN:
            return False
        return two.kind is Kind.VERB and two.finite and self.low[self.chunks[self._n].head] != "in"

    def _mark(self, c: Chunk) -> None:
        before = self.last is not None and self.last.kind is Kind.NOUN
        after = self._after()
        verb_next = after is not None and after.kind is Kind.VERB
        if self.low[c.head] == "that" and before and verb_next and self.last is self.noun:
            self.relative = c.head
        else:
            self.marks.append(c.head)

    def _relative(self, c: Chunk) -> None:
        self.relative = c.head

    def _and(self, c: Chunk) -> None:
        self.conjunction = c.head

    def _comma(self, c: Chunk) -> None:
        return

    def _adverb(self, c: Chunk) -> None:
        if self.tags[c.head] == "RP" and self.verb is not None:
            self._hang(c.head, self.verb.head, "compound:prt")
        elif self.verb is not None:
            self._hang(c.head, self.verb.head, "advmod")

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

    # Predicates and verbs

    def _predicate(self, c: Chunk) -> None:
        self._modifiers(c.start, c.end, c.head)
        if self.verb is not None and self.verb.linking and not self.linked:
            self._link(c.head)
        elif self.noun is not None:
            self._hang(c.head, self.noun.head, "amod")

    def _verb_group(self, c: Chunk) -> None:
        self._inside_verb(c)
        if self.preposition:  # "for attacking", "after meeting"
            self.marks.extend(self.preposition)
            self.preposition = []
            above = self.verb or self.noun
            self._clause(c, above.head if above else -1, "advcl" if self.verb else "acl")
        elif self.relative >= 0 and self.noun is not None:
            self._relative_clause(c)
        elif c.to:
            self._infinitive(c)
        elif not c.finite and self.tags[c.head] in ("VBG", "VBN") and self._participle(c):
            return
        else:
            self._finite(c)

    def _clause(self, c: Chunk, head: int, label: str) -> None:
        """Begin a clause whose verb hangs on `head`."""
        if head < 0:
            self.root = c.head
            self.heads[c.head], self.labels[c.head] = -1, "root"
            self.provisional = bool(self.marks) and self.tags[self.marks[0]][:2] != "NN"
        else:
            self._hang(c.head, head, label)
        for k in self.marks:
            noun = self.tags[k][:2] == "NN"
            self._hang(k, c.head, "obl" if noun else "advmod" if self._is_when(k) else "mark")
        if self.subject is not None:
            self._hang(self.subject.head, c.head, "nsubj:pass" if c.passive else "nsubj")
        self.marks, self.subject, self.verb = [], None, c
        self.objects, self.linked = 0, False

    def _is_when(self, k: int) -> bool:
        return self.tags[k] == "WRB"

    def _relative_clause(self, c: Chunk) -> None:
        assert self.noun is not None
        above, pronoun = self.noun.head, self.relative
        self.relative = -1
        own = self.subject if self.subject is not None and self.subject is not self.noun else None
        waiting = None if own is not None else self.subject
        if own is None:
            self.subject = None
        elif self.subject is self.noun:
            above = self.noun.head
        self._clause(c, above, "acl:relcl")
        if own is None:
            self._hang(pronoun, c.head, "nsubj:pass" if c.passive else "nsubj")
        else:
            self._hang(pronoun, c.head, "obj")
        self.subject = waiting  # the noun that the clause hangs on may still want its verb

    def _infinitive(self, c: Chunk) -> None:
        waiting, self.subject = self.subject, None
        noun = self.noun if self.last is self.noun else None
        if self.verb is None:
            above, label = (noun.head, "acl") if noun is not None else (-1, "root")
        elif noun is not None and self._asks_infinitive(noun):
            above, label = noun.head, "acl"
        else:
            above, label = self.verb.head, "xcomp"
        self._clause(c, above, label)
        self.subject = waiting

    def _asks_infinitive(self, noun: Chunk) -> bool:
        lemma = self.lexicon.lemma(self.low[noun.head], "NN")
        return any("xcomp" in o.slots for o in self.lexicon.operators.get(("n", lemma), ()))

    def _participle(self, c: Chunk) -> bool:
        """Read "soldiers killed by rebels", ", killing five"; False where it is the finite verb."""
        if self.last is self.noun and self.noun is not None and self.last is not None:
            after = self._after()
            by = after is not None and self.low[after.head] in ("by", "in", "near", "on", "from")
            if self.tags[c.head] == "VBN" and not by and self.verb is None:
                return False
            waiting, self.subject, main = self.subject, None, self.verb
            self._clause(c, self.noun.head, "acl")
            self.verb = Chunk(c.kind, c.start, c.end, c.head, passive=self.tags[c.head] == "VBN")
            self.subject = waiting
            if waiting is None and main is None:
                self.subject = self.noun
            return True
        if self.verb is None:
            return False
        self._clause(c, self.verb.head, "advcl")
        return True

    def _finite(self, c: Chunk) -> None:
        verb = self.verb
        told = self.subject is not None
        if self.provisional and told and not self.marks and self.conjunction < 0:
            before = self.root
            self._clause(c, -1, "root")
            self.heads[before], self.labels[before] = c.head, "advcl"
        elif verb is None or self.root < 0:
            self._clause(c, -1 if self.root < 0 else self.root, "root" if self.root < 0 else "conj")
        elif self.conjunction >= 0:
            above = verb.head if not told else self._clause_above(verb.head)
            self._hang(self.conjunction, c.head, "cc")
            self.conjunction = -1
            self._clause(c, above, "conj")
        elif self._says(c) and not self.marks and self._quoted():
            self._clause(c, self.root, "parataxis")
        elif self._says(verb) or any(self.low[k] == "that" for k in self.marks):
            self._clause(c, verb.head, "ccomp")
        elif self.marks:
            self._clause(c, verb.head, "advcl")
        elif told and (noun := self._noun_before_subject()) is not None:
            self._clause(c, noun.head, "acl:relcl")
        else:
            self._clause(c, verb.head, "ccomp" if told else "parataxis")

    def _noun_before_subject(self) -> Chunk | None:
        """Read "the treatment they receive": two noun groups side by side, then the verb."""
        before = self.chunks[self._n - 2] if self._n > 1 else None
        beside = before is not None and before.kind is Kind.NOUN and self.last is self.subject
        return before if beside else None

    def _quoted(self) -> bool:
        """Read '..., he said': a comma or a closing quotation mark stands before the speaker."""
        before = self.subject.start - 1 if self.subject else self.chunks[self._n].start - 1
        return before >= 0 and self.low[before] in (",", '"', "''", "”", "'")

    def _clause_above(self, verb: int) -> int:
        """Return the clause that a new subject goes on beside: that of the main verb."""
        return verb if self.labels[verb] == "ccomp" else self.root

    def _finished(self) -> Parse:
        """Attach what is left: to the root, which is made where there is none."""
        if self.root < 0:
            left = [c.head for c in self.chunks if self.heads[c.head] == -2]
            nouns = [c.head for c in self.chunks if c.kind is Kind.NOUN and c.head in left]
            self.root = (nouns or left or [0])[0]
            self.heads[self.root], self.labels[self.root] = -1, "root"
        for i, h in enumerate(self.heads):
            if h == -2:
                self.heads[i] = self.root
                self.labels[i] = "punct" if not self.low[i][0].isalnum() else "dep"
        _open_cycles(self.heads, self.root)
        return Parse(tuple(self.tags), tuple(self.heads), tuple(self.labels))


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


def _open_cycles(heads: list[int], root: int) -> None:
    """Hang on the root whatever does not lead to it."""
    for i in range(len(heads)):
        node, steps = i, 0
        while heads[node] >= 0 and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if heads[node] >= 0:
            heads[i] = root
