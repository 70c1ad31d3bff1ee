"""Attaches the pieces of a sentence to one another, from left to right, by a fixed order of rules."""

from __future__ import annotations

from tasks.events.reader_romance.chunks import Chunk
from tasks.events.reader_romance.clause import Clause
from tasks.events.reader_romance.nouns import Nouns
from tasks.events.reader_romance.valency import Valency
from tasks.events.reader_romance.words import Words

_QUOTING = frozenset({"comma", "quote", "colon"})
_CIRCUMSTANCE = frozenset({"after", "before", "without", "until", "for", "about"})
_MAIN = ("main", "parataxis")


class Attacher(Nouns):
    """Builds the tree of one sentence."""

    def __init__(self, w: Words, chunks: list[Chunk], valency: Valency) -> None:
        super().__init__(w, chunks, valency)

    def run(self) -> int:
        """Attach all pieces; return the root."""
        for n, chunk in enumerate(self.chunks):
            self.at = n
            if chunk.kind == "np":
                self.noun(chunk)
            elif chunk.kind == "vp":
                self._verb(chunk)
            elif chunk.kind in ("that", "rel", "mark"):
                self._open(chunk)
            elif chunk.kind == "cc":
                self.cc = chunk.head
            elif chunk.kind == "adj":
                self._quality(chunk)
            elif chunk.kind == "rb":
                self._adverb(chunk)
        return self._root()

    # Clauses

    def _open(self, chunk: Chunk) -> None:
        """A conjunction or relative pronoun opens a clause."""
        top = self.top
        if chunk.kind == "mark":
            self._push(Clause("advcl", top, mark=chunk.head))
        elif chunk.kind == "that" and self._is_complement(chunk):
            self._push(Clause("ccomp", self._saying(), mark=chunk.head))
        elif self.last is not None:
            self.w.tags[chunk.head] = "WDT" if chunk.kind == "that" else self.w.tags[chunk.head]
            self._push(Clause("relcl", top, host=self.last.head, mark=chunk.head))
        else:
            self._push(Clause("ccomp", top, mark=chunk.head))
        self.cc = -1

    def _is_complement(self, chunk: Chunk) -> bool:
        """Tell "dijo el presidente que" from "el plan que": does the verb still lack its clause?"""
        c = self._saying()
        if c is None:
            return self.last is None
        before = self.chunks[self.at - 1] if self.at else None
        if before is None or before.kind != "np":
            return True
        # "recomendó a Rusia que": whom one asks is no noun that the clause could qualify.
        return c.object < 0 or before.head != c.object or before.case >= 0

    def _saying(self) -> Clause | None:
        """Return the innermost clause whose verb takes a clause with que."""
        c: Clause | None = self.top
        while c is not None:
            if c.verb >= 0 and self.v.takes_that(self.w.lemmas[c.verb]):
                return c
            if c.verb >= 0 and c.kind == "relcl":
                return None
            c = c.parent
        return None

    def _push(self, c: Clause) -> None:
        self.top = c
        self.clauses.append(c)
        self.last = None

    # Verbs

    def _verb(self, chunk: Chunk) -> None:
        assert chunk.group is not None
        tag = self.w.tags[chunk.group.finite]
        if not chunk.group.is_infinite or tag == "MD":
            self._finite(chunk)
        elif tag == "VBN" and (first := self._first_participle()) is not None:
            self._second_participle(chunk, first)
        elif tag == "VBN":
            self._participle(chunk)
        elif tag == "VBG":
            self._gerund(chunk)
        else:
            self._infinitive(chunk)

    def _finite(self, chunk: Chunk) -> None:
        c = self._clause_for(chunk)
        self.top = c
        self._fill(c, chunk)
        self._link(c)
        self.cc = -1
        self.last = None

    def _clause_for(self, chunk: Chunk) -> Clause:
        """Return the clause of which a finite verb is the verb: the innermost that lacks one."""
        if self.top.verb < 0 and self.top.finite:
            return self.top
        if self.cc < 0 and self._quotes_before(chunk):
            return self._new(Clause("main", inverted=True))
        if self.cc >= 0:
            base = self._finite_above(self.top)
            return self._new(Clause("conj", base, mark=self.cc))
        lacking = self._lacking()
        if lacking is not None:
            return lacking
        return self._new(Clause("parataxis", self._finite_above(self.top)))

    def _new(self, c: Clause) -> Clause:
        self.clauses.append(c)
        return c

    def _lacking(self) -> Clause | None:
        c: Clause | None = self.top
        while c is not None:
            if c.verb < 0 and c.finite:
                return c
            c = c.parent
        return None

    def _finite_above(self, c: Clause) -> Clause:
        while not c.finite and c.parent is not None:
            c = c.parent
        return c

    def _quotes_before(self, chunk: Chunk) -> bool:
        """Read '"...", dijo X': a verb of saying behind a whole sentence and a mark."""
        before = self.chunks[self.at - 1] if self.at else None
        told = any(c.verb >= 0 for c in self.clauses)
        says = self.v.says(self.w.lemmas[chunk.head])
        return told and says and before is not None and before.kind in _QUOTING

    def _fill(self, c: Clause, chunk: Chunk) -> None:
        """Give a clause its verb and what has waited for it."""
        g = chunk.group
        assert g is not None
        c.verb, c.passive, c.reflexive = chunk.head, g.passive, g.reflexive >= 0
        c.finite = not g.is_infinite or self.w.tags[g.finite] == "MD"
        self.name_reflexive(c)
        for word in g.objects:
            dative = self.w.low[word] in ("le", "les", "lui", "leur") and self.is_dative(word)
            self.w.attach(word, c.verb, "iobj" if dative else "obj")
        self.settle(c)

    def _link(self, c: Clause) -> None:
        """Hang the clause where it belongs."""
        w = self.w
        if c.kind == "main":
            if c.inverted:
                self._quoted(c)
            return
        if c.mark >= 0 and c.kind != "relcl":
            w.attach(c.mark, c.verb, "cc" if c.kind == "conj" else "mark")
        if c.kind == "relcl":
            w.attach(c.verb, c.host, "acl:relcl")
        elif c.parent is not None and c.parent.verb >= 0:
            w.attach(c.verb, c.parent.verb, c.kind)
        elif c.parent is not None:
            c.parent.orphans.append((c.verb, c.kind))

    def _quoted(self, c: Clause) -> None:
        """What stands before an inverted verb of saying is what is said."""
        root = next(k.verb for k in self.clauses if k.kind in _MAIN and k.verb >= 0)
        if root != c.verb:
            self.w.attach(root, c.verb, "ccomp")
            self.clauses.remove(c)
            self.clauses.insert(0, c)

    # Verbs without tense

    def _infinitive(self, chunk: Chunk) -> None:
        w, top = self.w, self.top
        name = w.names[chunk.case] if chunk.case >= 0 else ""
        noun = self._noun_host(name)
        c = Clause("xcomp", top, finite=False)
        if self.cc >= 0 and not top.finite and top.verb >= 0:
            c.kind, c.parent, c.mark = "conj", top, self.cc
        elif noun >= 0:
            c.kind, c.host = "acl", noun
        elif chunk.case >= 0:
            c.kind = self._infinitive_kind(chunk, name)
        self._mark_infinitive(chunk, name, c.kind)
        self._begin(c, chunk)

    def _infinitive_kind(self, chunk: Chunk, name: str) -> str:
        verb = self.w.lemmas[self.top.verb] if self.top.verb >= 0 else ""
        told = "xcomp" in self.v.of("v", verb) and name not in _CIRCUMSTANCE
        return "xcomp" if told and self.w.low[chunk.case] != "al" else "advcl"

    def _mark_infinitive(self, chunk: Chunk, name: str, kind: str) -> None:
        """Name the preposition before an infinitive "to", unless it tells time or a ground."""
        w = self.w
        if chunk.case < 0:
            return
        if w.low[chunk.case] == "al":
            w.names[chunk.case] = "as"
        elif kind != "advcl" or name == "for":
            w.tags[chunk.case], w.names[chunk.case] = "TO", "to"
        elif name in ("of", "by"):  # "acusado de matar", "detenido por atacar": a charge
            w.names[chunk.case] = "for" if name == "by" else name
            w.tags[chunk.head] = "VBG"

    def _noun_host(self, name: str) -> int:
        """Return the noun right before "de" and an infinitive: "la intención de atacar"."""
        before = self.chunks[self.at - 1] if self.at else None
        if before is None or before.kind != "np" or name not in ("of", "to", "for"):
            return -1
        lemma = self.w.lemmas[before.head]
        return before.head if "xcomp" in self.v.of("n", lemma) else -1

    def _gerund(self, chunk: Chunk) -> None:
        self._begin(Clause("advcl", self.top, finite=False), chunk)

    def _participle(self, chunk: Chunk) -> None:
        """A participle behind a noun qualifies it: "la ciudad, atacada por rebeldes"."""
        c = Clause("advcl", self.top, finite=False)
        if self.last is not None:
            c.kind, c.host = "acl", self.last.head
        self._begin(c, chunk)
        c.passive = True

    def _first_participle(self) -> Clause | None:
        """Return the clause whose auxiliary a participle behind "and" shares, or None."""
        base = self._finite_above(self.top)
        shared = self.cc >= 0 and base.verb >= 0 and self.w.tags[base.verb] == "VBN"
        before = self.chunks[self.at - 1]
        return base if shared and before.kind == "cc" else None

    def _second_participle(self, chunk: Chunk, first: Clause) -> None:
        """Read "a remercié la France et demandé": one auxiliary for two verbs."""
        c = self._new(Clause("conj", first, mark=self.cc))
        self.top = c
        self._fill(c, chunk)
        c.finite, c.passive = True, first.passive
        self._link(c)
        self.cc = -1
        self.last = None

    def _quality(self, chunk: Chunk) -> None:
        """Read "el aumento, vigente desde mayo": an adjective with what belongs to it."""
        if self.last is None:
            self._adverb(chunk)
            return
        c = self._new(Clause("acl", self.top, host=self.last.head, verb=chunk.head, finite=False))
        self.w.attach(c.verb, c.host, "acl:relcl")
        self.top = c
        self.last = None

    def _begin(self, c: Clause, chunk: Chunk) -> None:
        parent = c.parent
        waiting = parent is not None and parent.verb < 0
        self.clauses.append(c)
        self.top = c
        self._fill(c, chunk)
        c.finite = False
        if c.kind == "acl":
            self.w.attach(c.verb, c.host, "acl")
        elif waiting and parent is not None:
            parent.orphans.append((c.verb, "advcl" if c.kind == "xcomp" else c.kind))
        elif parent is not None:
            if c.mark >= 0:
                self.w.attach(c.mark, c.verb, "cc")
            self.w.attach(c.verb, parent.verb, c.kind)
        self.cc = -1
        self.last = None

    # The rest

    def _adverb(self, chunk: Chunk) -> None:
        # A "no" that stands not before the verb denies something else: "no identificados".
        if self.w.heads[chunk.head] < 0 and self.top.verb >= 0:
            denies = self.w.names[chunk.head] == "not"
            self.w.attach(chunk.head, self.top.verb, "discourse" if denies else "advmod")

    def _root(self) -> int:
        """Return the root, and hang the clauses that found no verb on it."""
        mains = [c.verb for c in self.clauses if c.kind in _MAIN and c.verb >= 0]
        verbs = mains or [c.verb for c in self.clauses if c.verb >= 0 and self.w.heads[c.verb] < 0]
        nouns = [c.waiting[0].head for c in self.clauses if c.waiting and c.verb < 0]
        root = (verbs or nouns or [0])[0]
        while self.w.heads[root] >= 0:
            root = self.w.heads[root]
        for c in self.clauses:
            if c.verb >= 0:
                continue
            for chunk in c.waiting:
                self.w.attach(chunk.head, root, "obl" if chunk.case >= 0 else "parataxis")
            for verb, kind in c.orphans:
                self.w.attach(verb, root, kind)
        return root
