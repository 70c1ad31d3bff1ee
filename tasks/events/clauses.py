"""A sentence as a tree of words with the roles that its clauses give: subject, object, prepositions.

Roles are read from Universal Dependencies relations, passives turned round and shared subjects
carried over (coordination, control, participles, relative clauses), so that a rule asks for the
one who acts and the one acted upon, whatever the wording.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from tasks.events.parser import Parse
from tasks.events.tokens import Token

Lemma = Callable[[str, str], str]
Slots = dict[str, list[int]]
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_TOLD = ("obj", "iobj", "on", "to", "upon")
_NOT_IN_GROUP = frozenset({"acl", "appos", "conj", "punct", "cc", "parataxis", "advcl"})
_OBJECT_CONTROL = frozenset(
    """
    urge ask tell order force press call want allow help persuade convince warn invite encourage
    advise beg compel cause require request instruct permit enable expect get push pressure oblige
    authorize authorise implore appeal command direct lead prompt task sentence
    """.split()  # noqa: SIM905 - as a list it takes a line a word
)


@dataclass(slots=True, weakref_slot=True)
class _Cache:
    slots: dict[int, Slots] = field(default_factory=dict)
    passive: dict[int, bool] = field(default_factory=dict)
    subtree: dict[int, list[int]] = field(default_factory=dict)


@cache
def _without_subtype(label: str) -> str:
    return label.partition(":")[0]


class Clauses:
    """The words of one sentence with tags, lemmas, heads and relations."""

    def __init__(self, tokens: list[Token], parse: Parse, lemma: Lemma) -> None:
        self.tokens = tokens
        self.tags = parse.tags
        self.heads = parse.heads
        self.labels = parse.labels
        self.words = [t.text for t in tokens]
        self.low = list(parse.words) or [t.text.lower().replace("’", "'") for t in tokens]
        self._parse = parse
        self._lemma = lemma
        self._cache = _Cache()
        self.clause_of: dict[tuple[int, int], list[int]] = {}  # see slots.py
        self._bases = [_without_subtype(x) for x in parse.labels]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, h in enumerate(self.heads):
            if h >= 0:
                self.children[h].append(i)

    @cached_property
    def lemmas(self) -> list[str]:
        """Dictionary form of each word, as far as the lexicon knows it."""
        return list(self._parse.lemmas) or list(map(self._lemma, self.low, self.tags))

    @cached_property
    def vocabulary(self) -> set[str]:
        """All words, as they stand in lower case and as the dictionary has them."""
        return {*self.low, *self.lemmas}

    @cached_property
    def senses(self) -> list[str]:
        """The lemmas as the rules name them, in English whatever the language."""
        return list(self._parse.senses) or self.lemmas

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def within(self, start: int, end: int) -> range:
        """Return the words that begin between two offsets of the text."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def kids(self, i: int, *labels: str) -> list[int]:
        """Return the dependents of word `i` whose relation is one of `labels` or a subtype."""
        bases, full = self._bases, self.labels
        return [c for c in self.children[i] if bases[c] in labels or full[c] in labels]

    def base(self, i: int) -> str:
        """Return the relation of word `i` without its subtype."""
        return self._bases[i]

    def subtree(self, i: int) -> list[int]:
        """Return all words below and including `i`, in order of the sentence."""
        known = self._cache.subtree.get(i)
        if known is None:
            known, stack = [], [i]
            while stack:
                node = stack.pop()
                known.append(node)
                stack.extend(self.children[node])
            known.sort()
            self._cache.subtree[i] = known
        return known

    def is_verb(self, i: int) -> bool:
        """Say whether word `i` is used as a verb."""
        return self.tags[i][:2] == "VB"

    def is_noun(self, i: int) -> bool:
        """Say whether word `i` is used as a noun or name."""
        return self.tags[i][:2] == "NN"

    def is_passive(self, i: int) -> bool:
        """Say whether the verb `i` is passive (auxiliary be or get, or a bare participle)."""
        known = self._cache.passive.get(i)
        if known is None:
            known = self._cache.passive[i] = self._looks_passive(i)
        return known

    def _looks_passive(self, i: int) -> bool:
        below = {self.labels[c] for c in self.children[i]}
        if not below.isdisjoint(("aux:pass", "nsubj:pass", "obl:agent")):
            return True
        if self.tags[i] != "VBN" or self.kids(i, "aux"):
            return self._shares_passive(i)
        return (
            self.base(i) in ("acl", "advcl", "amod") and self.labels[i] != "acl:relcl"
        ) or self._shares_passive(i)

    def _shares_passive(self, i: int) -> bool:
        """Read "26 were killed and 41 wounded": the auxiliary of the first serves the second."""
        if self.base(i) != "conj" or self.tags[i] not in ("VBN", "VBD"):
            return False
        head = self.heads[i]
        if not self.is_verb(head) or self.kids(i, "obj", "aux"):
            return False
        return self.tags[head] == "VBN" and self.is_passive(head)

    def preposition(self, i: int) -> str:
        """Return what stands before noun `i`, in lower case: "on", "out of", or nothing."""
        return self._prepositions[i]

    @cached_property
    def _prepositions(self) -> list[str]:
        """What stands before each word, worked out for the whole sentence at once."""
        before: dict[str, dict[int, list[int]]] = {"case": {}, "mark": {}}
        for c, label in enumerate(self._bases):
            if label in before and c < self.heads[c]:
                before[label].setdefault(self.heads[c], []).append(c)
        of_verbs = {i: m for i, m in before["mark"].items() if self.tags[i] == "VBG"}
        out = [""] * len(self.low)
        for i, marks in (of_verbs | before["case"]).items():
            words = [self.low[c] for c in marks if self.low[c] not in ("'s", "'")]
            for c in marks:
                words.extend(self.low[x] for x in self.children[c] if self._bases[x] == "fixed")
            out[i] = " ".join(words)
        return out

    def conjuncts(self, i: int) -> list[int]:
        """Return `i` and what is coordinated with it."""
        out = [i]
        for c in self.kids(i, "conj"):
            out.extend(self.conjuncts(c))
        return out

    def first_conjunct(self, i: int) -> int:
        """Return the head of the coordination that `i` is part of."""
        while self.base(i) == "conj":
            i = self.heads[i]
        return i

    def slots(self, i: int) -> Slots:
        """Return the role fillers of word `i`: subj, obj, iobj, xcomp, ccomp and prepositions."""
        known = self._cache.slots.get(i)
        if known is None:
            self._cache.slots[i] = known = {}
            verbal = self.is_verb(i) or self.tags[i].startswith("JJ")
            found = self._verb_slots(i) if verbal else self._noun_slots(i)
            known.update(found)
        return known

    def _verb_slots(self, i: int) -> Slots:
        out: Slots = {}
        passive = self.is_passive(i)
        for c in self.children[i]:
            label, full = self.base(c), self.labels[c]
            if label in ("nsubj", "csubj"):
                out.setdefault("obj" if passive else "subj", []).append(self._antecedent(c, i))
            elif full == "obl:agent" or (passive and label == "obl" and self._by(c)):
                out.setdefault("subj", []).append(c)
            elif label in ("obj", "iobj", "xcomp", "ccomp", "advcl"):
                key = "xcomp" if label == "ccomp" and self._is_infinitive(c) else label
                out.setdefault(key, []).append(c)
                if label == "advcl" and self._is_infinitive(c):
                    out.setdefault("xcomp", []).append(c)
                if label == "ccomp":
                    out.setdefault("whom", []).extend(self.kids(c, "nsubj"))
            elif label in ("obl", "nmod"):
                out.setdefault(self.preposition(c) or "bare", []).append(c)
            elif label == "advmod":
                out.setdefault("adv", []).append(c)
            elif full == "compound:prt":
                out.setdefault("prt", []).append(c)
        if "obj" not in out and not passive:
            self._raised_object(out)
        for noun in out.get("obj", []):
            self._inner_prepositions(noun, out)
        self._nested(i, out)
        self._relative_object(i, out)
        missing = "obj" if passive else "subj"
        if missing not in out:
            shared = self._shared_subject(i, passive)
            if shared is not None and shared not in out.get("subj", ()):
                out[missing] = [shared]
        return out

    def _raised_object(self, out: Slots) -> None:
        """Read "urged Russia to act": who is to act is the one urged."""
        for c in out.get("xcomp", []):
            if self.is_verb(c) and (own := self.kids(c, "nsubj")):
                out["obj"] = own[:1]
                return

    def _by(self, c: int) -> bool:
        return self.preposition(c) == "by"

    def _is_infinitive(self, c: int) -> bool:
        return self.tags[c] == "VB" and any(self.low[k] == "to" for k in self.kids(c, "mark"))

    def _inner_prepositions(self, noun: int, out: Slots) -> None:
        """The parser may hang "on Russia" below "sanctions": offer it to the verb as well."""
        for c in self.kids(noun, "nmod", "obl"):
            name = self.preposition(c)
            if name and c not in out.get(name, []):
                out.setdefault(name, []).append(c)

    def _nested(self, i: int, out: Slots) -> None:
        """Read "spoke this morning with Putin": a time takes no "with" of its own."""
        stack = [c for c in self.children[i] if self.base(c) == "obl"]
        while stack:
            c = stack.pop()
            if self.tags[c] in ("NNP", "NNPS", "PRP") and self.preposition(c):
                continue
            for k in self.kids(c, "nmod", "obl"):
                name = self.preposition(k)
                if name in ("with", "to", "against", "by"):
                    out.setdefault(name, []).append(k)
                stack.append(k)

    def _antecedent(self, c: int, verb: int) -> int:
        """A relative pronoun stands for the noun that the clause hangs on."""
        if self.low[c] in _RELATIVE and self.tags[c] in ("WP", "WDT", "DT", "IN"):
            top = self.first_conjunct(verb)
            if self.labels[top] == "acl:relcl" and self.heads[top] >= 0:
                return self.heads[top]
        return c

    def _relative_object(self, i: int, out: Slots) -> None:
        for n, c in enumerate(out.get("obj", [])):
            out["obj"][n] = self._antecedent(c, i)
        if self.labels[i] == "acl:relcl" and "obj" not in out and "subj" in out:
            head = self.heads[i]
            if head not in out["subj"] and not self.is_passive(i):
                out["obj"] = [head]

    def _shared_subject(self, i: int, passive: bool) -> int | None:
        """Return the subject that verb `i` has from its surroundings.

        For a passive participle that qualifies a noun, this is the one acted upon.
        """
        head, label = self.heads[i], self.base(i)
        if head < 0:
            return None
        if label == "acl":
            return head if self.labels[i] != "acl:relcl" else None
        if label == "amod":
            return head
        clause = self.is_verb(head) or bool(self.kids(head, "nsubj"))
        if label == "conj" and clause:
            return self._grammatical_subject(head)
        if label in ("xcomp", "advcl", "ccomp", "parataxis") and clause:
            if label == "ccomp" and not self._is_infinitive(i):
                return None
            if label in ("xcomp", "ccomp") and self.senses[head] in _OBJECT_CONTROL:
                up = self.slots(head)
                # "called on him to go" tells him to; "called him to congratulate" does not.
                told = ("on", "upon") if self.senses[head] == "call" else _TOLD
                for key in told:
                    fillers = [f for f in up.get(key, []) if head < f != i]
                    if fillers:
                        return fillers[0]
            return self._grammatical_subject(head)
        if label == "acl" or (label in ("xcomp", "ccomp", "advcl") and self.is_noun(head)):
            return None
        return None

    def _grammatical_subject(self, i: int) -> int | None:
        """Return the surface subject of verb `i`, active or passive."""
        own = self.kids(i, "nsubj")
        if own:
            return self._antecedent(own[0], i)
        passive = self.is_passive(i)
        return self._shared_subject(i, passive) if self.heads[i] >= 0 else None

    def _noun_slots(self, i: int) -> Slots:
        out: Slots = {}
        for c in self.children[i]:
            label, full = self.base(c), self.labels[c]
            if full == "nmod:poss":
                out.setdefault("poss", []).append(c)
            elif label in ("nmod", "obl"):
                out.setdefault(self.preposition(c) or "bare", []).append(c)
                self._lifted(c, out, self.preposition(c) == "by")
            elif label in ("amod", "compound", "nummod") or full == "nmod:desc":
                out.setdefault("mod", []).append(c)
            elif label == "acl" and full != "acl:relcl":
                self._participle(c, out)
        self._outer_prepositions(i, out)
        return out

    def _lifted(self, c: int, out: Slots, agent: bool = False) -> None:
        """Read "an attack by Russia on Ukraine": a name takes no "on" or "by" of its own."""
        if not agent and not self.tags[c].startswith("NNP"):
            return
        for k in self.kids(c, "nmod", "obl"):
            name = self.preposition(k)
            if name in ("on", "against", "by", "to", "with", "into", "from", "at", "over"):
                out.setdefault(name, []).append(k)
                self._lifted(k, out)

    def _outer_prepositions(self, i: int, out: Slots) -> None:
        """The parser may hang "between the leaders" on "followed" and not on "a call"."""
        head = self.heads[i]
        if head < 0 or not self.is_verb(head) or self.base(i) not in ("obj", "nsubj", "obl"):
            return
        for c in self.kids(head, "obl"):
            name = self.preposition(c)
            if c > i and name and name not in out and name not in ("by", "in", "at"):
                out[name] = [c]

    def _participle(self, c: int, out: Slots) -> None:
        """Read "the attack carried out by A", "talks involving A", "a visit to meet B"."""
        if self.tags[c] == "VBN":
            for x in self.kids(c, "obl"):
                if self._by(x):
                    out.setdefault("by", []).append(x)
        elif self._is_infinitive(c):
            out.setdefault("xcomp", []).append(c)
        elif self.low[c] in ("involving", "including"):
            out.setdefault("between", []).extend(self.kids(c, "obj"))

    def ancestors(self, i: int) -> Iterator[int]:
        """Yield the heads above word `i`, nearest first."""
        h = self.heads[i]
        while h >= 0:
            yield h
            h = self.heads[h]

    def span(self, i: int) -> tuple[int, int]:
        """Return offsets of the noun group of word `i`, without clauses that hang on it."""
        inside = self._group(i)
        return self.tokens[inside[0]].start, self.tokens[inside[-1]].end

    def _group(self, i: int) -> list[int]:
        keep = {i}
        stack = [i]
        while stack:
            node = stack.pop()
            for c in self.children[node]:
                label = self.base(c)
                if label in _NOT_IN_GROUP or (label == "case" and node == i):
                    continue
                keep.add(c)
                stack.append(c)
        low, high = min(keep), max(keep)
        # One run of words around the head; a gap (an apposition cut out) ends it.
        start = i
        while start > low and (start - 1 in keep or self.tags[start - 1] in ("HYPH", ",")):
            start -= 1
        while start not in keep:
            start += 1
        end = i
        while end < high and (end + 1 in keep or self.tags[end + 1] in ("HYPH",)):
            end += 1
        while end not in keep:
            end -= 1
        return list(range(start, end + 1))
