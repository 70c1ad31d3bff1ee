"""What fills a slot of a trigger, beyond what the parser hung there.

A frame says which slots its trigger has. Where the parser left one of them empty, the words are
looked for where they may have gone: an object without preposition, a preposition deeper down.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.events.clauses import Clauses
from tasks.events.parties import Cast

# Prepositions of a complement rather than of a noun's own modifier; not "of", "in", "at", "by".
FREE = frozenset({"to", "with", "against", "on", "from", "into", "between", "towards", "toward"})
_ACTED_UPON = ("obj", "iobj", "to", "for")
_OBLIGING = frozenset({"should", "must", "shall", "ought"})
_CALLING = frozenset({"call", "phone", "telephone", "ring", "write", "cable"})
_COPULAR = frozenset({"remain", "become"})
_OTHER_CLAUSE = frozenset({"acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "appos"})


def slot(cast: Cast, i: int, name: str) -> Sequence[int]:
    """Return the fillers of a slot of word `i`.

    "clause" holds every word of its clause, "within" whom the clause below it acts upon, "wanted"
    the clause below it if that does not assert ("insisted that Russia leave").
    """
    c = cast.clauses
    if name == "clause":
        return _clause(c, _root(c, i))
    if name == "within":
        below = [c.slots(k) for k in c.slots(i).get("ccomp", ())]
        return [x for s in below for inner in _ACTED_UPON for x in s.get(inner, ())]
    if name == "wanted":
        return [k for k in c.slots(i).get("ccomp", ()) if not asserts(c, k)]
    known = c.slots(i).get(name, ())
    if known:
        return _subject_of_predicate(c, known) if name == "subj" else known
    if name == "obj" and (found := _bare_object(cast, i)):
        return found
    if name == "subj":
        return _predicated(c, i)
    return _called(c, i) if name in ("to", "with", "obj") else ()


def asserts(c: Clauses, i: int) -> bool:
    """Say whether the clause of verb `i` tells what is, was or will be, not what should be."""
    modals = {c.low[k] for k in c.kids(i, "aux") if c.tags[k] == "MD"}
    if modals:
        return modals.isdisjoint(_OBLIGING)
    finite = [i, *c.kids(i, "aux", "cop")]
    return any(c.tags[k] in ("VBD", "VBZ") for k in finite)


def _called(c: Clauses, i: int) -> Sequence[int]:
    """Read "called Putin to apologize": what a call is made for is told to the one called."""
    head = c.heads[i]
    is_purpose = head >= 0 and c.is_verb(i) and c.base(i) in ("xcomp", "advcl")
    if not is_purpose or c.lemmas[head] not in _CALLING or "obj" in c.slots(i):
        return ()
    return c.slots(head).get("obj", ())


def distant(c: Clauses, i: int, name: str) -> list[int]:
    """Return nouns with the preposition `name` further down in the clause of word `i`, in order.

    "held talks in Jordan with the king": who holds talks does so with someone, Jordan does not.
    """
    return [k for k in _clause(c, _root(c, i), i) if k > i and c.preposition(k) == name]


def _root(c: Clauses, i: int) -> int:
    """Return the verb whose part the noun `i` is, else `i`."""
    top = c.first_conjunct(i)
    head = c.heads[top]
    is_part = c.is_noun(i) and head >= 0 and c.is_verb(head)
    return head if is_part and c.base(top) in ("obj", "nsubj", "obl") else i


def _clause(c: Clauses, root: int, own: int = -1) -> list[int]:
    """Return the words below `root` without other clauses, save participles of the word `own`."""
    known = c.clause_of.get((root, own))
    if known is not None:
        return known
    out, stack = [], [root]
    while stack:
        node = stack.pop()
        for k in c.children[node]:
            if c.base(k) in _OTHER_CLAUSE and not (node == own and c.tags[k] == "VBN"):
                continue
            if c.base(k) == "conj" and not c.is_noun(k):
                continue
            out.append(k)
            stack.append(k)
    out.sort()
    c.clause_of[root, own] = out
    return out


def _bare_object(cast: Cast, i: int) -> list[int]:
    """Read "meets President Xi": a noun behind an active verb, no time, is its object."""
    c = cast.clauses
    if not c.is_verb(i) or c.is_passive(i):
        return []
    found = [k for k in c.slots(i).get("bare", ()) if k > i and c.labels[k] == "obl"]
    return [k for k in found if cast.content(k) not in cast.dated and c.is_noun(k)]


def _predicated(c: Clauses, i: int) -> Sequence[int]:
    """Read "France is the largest donor to Syria", "remains the largest donor"."""
    if not c.is_noun(i):
        return ()
    head = c.heads[i]
    if head >= 0 and c.base(i) in ("xcomp", "obj") and c.lemmas[head] in _COPULAR:
        return c.slots(head).get("subj", ())
    return c.kids(i, "nsubj") if c.kids(i, "cop") else ()


def _subject_of_predicate(c: Clauses, found: Sequence[int]) -> Sequence[int]:
    """Read "France is a donor, giving": who gives is not the word donor but France."""
    return [y for x in found for y in (_predicated(c, x) or (x,))]
