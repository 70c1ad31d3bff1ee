"""Attaches chunks from left to right: who is subject and object, which clause hangs on which.

Rules, in the order in which a chunk is asked: a preposition goes with the noun group behind it; a
noun group behind a verb is its object, before one its subject; "of" hangs on the noun before it,
any other preposition on the verb if there is one; a verb group is the root, or a relative clause, a
complement of what is said, an infinitive, a participle, or one more in a row.
"""

from __future__ import annotations

from tasks.events.parser import Parse
from tasks.events.reader_chunker.chunks import Chunk, Kind
from tasks.events.reader_chunker.nouns import Nouns

_STAND_ALONE = frozenset({"before", "after", "as", "since", "until", "without", "by", "for", "in"})


class Attacher(Nouns):
    """One sentence on its way to a tree."""

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


def _open_cycles(heads: list[int], root: int) -> None:
    """Hang on the root whatever does not lead to it."""
    for i in range(len(heads)):
        node, steps = i, 0
        while heads[node] >= 0 and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if heads[node] >= 0:
            heads[i] = root
