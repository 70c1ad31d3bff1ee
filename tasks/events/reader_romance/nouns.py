"""Where noun groups and prepositional phrases belong: subject, object, or on a noun."""

from __future__ import annotations

from tasks.events.reader_romance.chunks import Chunk
from tasks.events.reader_romance.clause import Clause
from tasks.events.reader_romance.valency import Valency
from tasks.events.reader_romance.words import Words

# Prepositions by which a noun of an event names its parties.
_OF_EVENTS = frozenset(
    [
        "with",
        "against",
        "to",
        "between",
        "on",
        "in_favour",
        "by",
        "toward",
        "for",
        "about",
        "in_protest",
        "from",
    ]
)
_NAMES = ("NNP", "NNPS")


class Nouns:
    """The part of the attacher that looks after nouns."""

    def __init__(self, w: Words, chunks: list[Chunk], valency: Valency) -> None:
        self.w, self.chunks, self.v = w, chunks, valency
        self.top = Clause("main")
        self.clauses = [self.top]
        self.last: Chunk | None = None  # the last noun group of the clause
        self.cc = -1
        self.at = 0

    def noun(self, c: Chunk) -> None:
        """Attach a noun group, or let it wait for its verb."""
        if self.cc >= 0 and (first := self._partner(c)) is not None:
            self.w.attach(self.cc, c.head, "cc")
            whole = first.head  # what renames a noun is not what is coordinated
            while self.w.labels[whole] == "appos":
                whole = self.w.heads[whole]
            self.w.attach(c.head, whole, "conj")
            self.cc = -1
        elif self.cc >= 0 and self.top.verb >= 0 and self._verb_ahead():
            self._clause("conj", self.cc)
            self._wait(c)
        elif c.case >= 0:
            self._phrase(c)
        else:
            self._bare(c)
        self.last = c

    def _clause(self, kind: str, mark: int = -1) -> None:
        base = self.top
        while not base.finite and base.parent is not None:
            base = base.parent
        self.top = Clause(kind, base, mark=mark)
        self.clauses.append(self.top)
        self.cc = -1

    def _wait(self, c: Chunk) -> None:
        self.top.waiting.append(c)
        if c.case < 0:
            self.top.bare = c

    def _before(self, back: int = 1) -> Chunk | None:
        return self.chunks[self.at - back] if self.at >= back else None

    def _verb_ahead(self) -> bool:
        """Say whether a finite verb follows before the next mark: the noun is its subject."""
        for c in self.chunks[self.at + 1 :]:
            if c.kind == "vp":
                return c.group is not None and not c.group.is_infinite
            if c.kind in ("that", "rel", "mark", "cc", "stop", "colon") or c.kind == "comma":
                return False
        return False

    # Coordination

    def _partner(self, c: Chunk) -> Chunk | None:
        """Return the earlier group with which this one is coordinated."""
        before = self._before()
        if before is None or before.kind != "cc" or self.last is None:
            return None
        if self.top.verb >= 0 and self._verb_ahead() and c.case < 0:
            return None
        if c.case >= 0:
            return self._same_preposition(c)
        return self._same_kind(c)

    def _same_preposition(self, c: Chunk) -> Chunk | None:
        for k in reversed(self.chunks[: self.at]):
            if k.kind in ("vp", "that", "rel", "mark"):
                return None
            if k.kind == "np" and k.case >= 0 and self.w.names[k.case] == self.w.names[c.case]:
                return k
        return None

    def _same_kind(self, c: Chunk) -> Chunk | None:
        """Prefer the group before that is made like this one: both names, both with an article."""
        last, bare = self.last, self.top.bare
        if last is None or last.case < 0 or bare is None or last is bare:
            return last
        if self.w.names[last.case] == "between":
            return last
        alike = (self._made(c) == self._made(bare)) > (self._made(c) == self._made(last))
        return bare if alike and self._reaches(bare, last) else last

    def _made(self, c: Chunk) -> str:
        name = self.w.tags[c.head] in _NAMES
        first = self.w.tags[c.start if c.case < 0 else min(c.start + 1, c.head)]
        return "name" if name else first if first in ("DT", "CD", "PRP$") else "noun"

    def _reaches(self, bare: Chunk, last: Chunk) -> bool:
        """Say whether only prepositional phrases stand between the two."""
        between = [k for k in self.chunks if bare.end <= k.start < last.start]
        return all(k.kind in ("np", "other", "rb") for k in between)

    def _list_goes_on(self) -> bool:
        """Say whether "and" and a noun group close the list that a comma has begun."""
        for n in range(self.at + 1, min(self.at + 8, len(self.chunks) - 1)):
            if self.chunks[n].kind == "cc":
                return self.chunks[n + 1].kind == "np"
            if self.chunks[n].kind not in ("np", "comma", "other"):
                return False
        return False

    # Noun groups without a preposition

    def _bare(self, c: Chunk) -> None:
        top, before = self.top, self._before()
        if before is not None and before.kind in ("comma", "colon") and self.last is not None:
            if top.verb >= 0 and self._verb_ahead():
                self._clause("parataxis")
                self._wait(c)
                return
            renamed = self.w.tags[c.head] in _NAMES and not self._verb_ahead() and bool(top.waiting)
            near = top.verb >= 0 or self.last.case < 0 or renamed
            timed = self.v.is_time(self._lemma(c)) or self.v.is_time(self._lemma(self.last))
            if near and not timed:  # "Lundi dernier, la Grèce": nothing renames a day
                titled = self._titled(c)
                label = "conj" if titled < 0 and self._list_goes_on() else "appos"
                self.w.attach(c.head, titled if titled >= 0 else self.last.head, label)
                if label == "appos" and self.last.case < 0:
                    top.bare = top.bare or self.last
                return
        if top.verb < 0:
            self._wait(c)
        else:
            self._behind_verb(c, top)

    def _titled(self, c: Chunk) -> int:
        """Return the title that a name renames: "el presidente de Colombia, Gustavo Petro"; or -1."""
        if self.w.tags[c.head] not in _NAMES or self.last is None:
            return -1
        node = self.last.head
        while True:
            if self.w.tags[node] == "NN" and self.v.is_person(self.w.lemmas[node]):
                return node
            if self.w.labels[node] not in ("nmod", "flat") or self.w.heads[node] < 0:
                return -1
            node = self.w.heads[node]

    def _lemma(self, c: Chunk) -> str:
        return self.w.lemmas[c.head]

    def _behind_verb(self, c: Chunk, top: Clause) -> None:
        w, verb = self.w, top.verb
        top.bare = c
        if self.v.is_time(self._lemma(c)):
            w.attach(c.head, verb, "obl")
        elif top.subject < 0 and self._takes_subject(c, top):
            top.subject = c.head
            w.attach(c.head, verb, "nsubj:pass" if self._is_passive(top) else "nsubj")
        elif top.object < 0 and not top.passive:
            top.object = c.head
            w.attach(c.head, verb, "obj")
        elif self.last is not None and top.verb < self.last.head:
            w.attach(c.head, self.last.head, "appos")
        else:
            w.attach(c.head, verb, "obl")

    def _takes_subject(self, c: Chunk, top: Clause) -> bool:
        """Say whether the group behind the verb is its subject."""
        lemma = self.w.lemmas[top.verb]
        if self.w.tags[top.verb] == "VBG" and not top.passive:
            return self.v.inverts(lemma)
        if not top.finite:  # "resultando heridas dos personas"
            return top.passive and top.kind == "advcl"
        return (
            top.passive
            or top.inverted
            or top.reflexive
            or self.v.inverts(lemma)
            or (self.v.says(lemma) and self._then_that())
        )

    def _then_that(self) -> bool:
        """Read "dijo el presidente que"."""
        after = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        return after is not None and after.kind == "that"

    def _is_passive(self, c: Clause) -> bool:
        """Be and participle; or se and a verb that is not reflexive by itself."""
        return c.passive or (c.reflexive and not self._is_pronominal(c))

    def _is_pronominal(self, c: Clause) -> bool:
        lemma = self.w.lemmas[c.verb]
        return lemma.endswith("rse") or lemma.startswith("se_") or self.v.inverts(lemma)

    # Phrases with a preposition

    def _phrase(self, c: Chunk) -> None:
        w, top, before = self.w, self.top, self._before()
        name = w.names[c.case]
        host = before.head if before is not None and before.kind == "np" else -1
        owner = self._owner(name, host) if host >= 0 else -1
        if owner >= 0:
            w.attach(c.head, owner, "nmod")
        elif name == "of" and host < 0 and self.last is not None and self._names_on():
            w.attach(c.head, self.last.head, "nmod")
        elif top.verb >= 0:
            self.oblique(c, self._resumed(c) or top)
        elif host >= 0 and top.waiting:
            w.attach(c.head, host, "nmod")
        else:
            top.waiting.append(c)

    def _resumed(self, c: Chunk) -> Clause | None:
        """Read "asesinaron, luego que huyera, a un hombre": a comma gives back to the verb before.

        Returns the clause above that still lacks the person acted upon, or None.
        """
        before = self._before()
        personal = self.w.low[c.case] in ("a", "al") and before is not None
        if not personal or before is None or before.kind != "comma" or self.top.kind == "main":
            return None
        above = self.top.parent
        while above is not None:
            known = above.verb >= 0 and self.v.knows("v", self.w.lemmas[above.verb])
            if known and above.finite and self._is_personal(c, above):
                return above
            above = above.parent
        return None

    def _names_on(self) -> bool:
        """Say whether only an adverb or apostrophe stands between the noun and "de"."""
        between = self._before()
        return between is not None and between.kind == "other"

    def _owner(self, name: str, host: int) -> int:
        """Return the noun that the phrase belongs to, or -1: the nearest, or the event above it."""
        if name == "of":
            return host
        while True:
            if self._belongs(name, host):
                return host
            if self.w.labels[host] not in ("nmod", "flat") or self.w.heads[host] < 0:
                return -1
            host = self.w.heads[host]

    def _belongs(self, name: str, host: int) -> bool:
        lemma = self.w.lemmas[host]
        event = self.v.is_event(lemma)
        if self.top.verb >= 0 and self._verb_wants(name):
            return event and name != "to" and name in self.v.of("n", lemma)
        return event and (name in _OF_EVENTS or name in self.v.of("n", lemma))

    def _verb_wants(self, name: str) -> bool:
        return name in self.v.of("v", self.w.lemmas[self.top.verb])

    def oblique(self, c: Chunk, top: Clause) -> None:
        """Attach a prepositional phrase to the verb: agent, person acted upon, or the rest."""
        w, name = self.w, self.w.names[c.case]
        if name == "by" and (top.passive or self._is_passive(top)):
            if self.v.is_charge(w.lemmas[c.head]):
                w.names[c.case] = "for"
                w.attach(c.head, top.verb, "obl")
            else:
                w.attach(c.head, top.verb, "obl:agent")
        elif self._is_personal(c, top):
            top.object = c.head
            top.bare = top.bare or c
            w.attach(c.head, top.verb, "obj")
        else:
            w.attach(c.head, top.verb, "obl")

    def _is_personal(self, c: Chunk, top: Clause) -> bool:
        """Read "atacaron a dos personas": Spanish marks the person acted upon with "a"."""
        if self.w.low[c.case] not in ("a", "al") or top.object >= 0 or top.passive:
            return False
        lemma = self.w.lemmas[top.verb]
        return not self.v.takes_to(lemma) and not (self.v.inverts(lemma) and not top.reflexive)

    # A verb takes what has waited

    def name_reflexive(self, c: Clause) -> None:
        """Give a reflexive verb the lemma under which the lexicon knows it: reunirse."""
        w, lemma = self.w, self.w.lemmas[c.verb]
        if c.reflexive:
            for own in (lemma + "se", "se_" + lemma):
                if self.v.knows("v", own):
                    w.lemmas[c.verb] = own

    def is_dative(self, word: int) -> bool:
        """Spanish le and French lui are datives; French les and le are not."""
        return self.w.low[word] in ("lui", "leur") or self.w.names[word] == "him"

    def settle(self, c: Clause) -> None:
        """Attach what stands before the verb: the first bare group is its subject."""
        w = self.w
        subject = next((k for k in c.waiting if self._may_be_subject(k)), None)
        for k in c.waiting:
            if k is subject:
                label = "nsubj:pass" if self._is_passive(c) else "nsubj"
                w.attach(k.head, c.verb, label)
                c.subject = k.head
            elif k.case >= 0:
                self.oblique(k, c)
            else:
                w.attach(k.head, c.verb, "obl")
        for verb, kind in c.orphans:
            w.attach(verb, c.verb, kind)
        c.waiting, c.orphans = [], []
        if c.kind == "relcl" and c.mark >= 0:
            self._pronoun(c)

    def _may_be_subject(self, k: Chunk) -> bool:
        return k.case < 0 and not self._is_date(k.head)

    def _is_date(self, head: int) -> bool:
        """Say whether a noun names a time, or a number counts days: "el 3 de mayo"."""
        w = self.w
        if w.tags[head] != "CD":
            return self.v.is_time(w.lemmas[head])
        return any(
            h == head and w.labels[i] == "nmod" and self.v.is_time(w.lemmas[i])
            for i, h in enumerate(w.heads)
        )

    def _pronoun(self, c: Clause) -> None:
        """Attach a relative pronoun: subject where the clause has no other."""
        w = self.w
        if w.names[c.mark] in ("where", "whose"):
            w.attach(c.mark, c.verb, "advmod")
        elif w.names[c.mark] == "who" or (c.subject < 0 and w.low[c.mark] != "qu"):
            c.subject = c.mark
            w.attach(c.mark, c.verb, "nsubj:pass" if self._is_passive(c) else "nsubj")
        else:
            c.object = c.mark
            w.attach(c.mark, c.verb, "obj")
