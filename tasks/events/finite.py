"""Finds the verb of a sentence that the parser took for a mere modifier of its subject.

An -ing form without an auxiliary is never the only verb of a sentence. Where the parser made it
one ("police fired gas at protesters, killing two"), the past form behind the subject is the verb,
if it has an object of its own; "the police arrested by rebels" has none and stays a modifier.
"""

from __future__ import annotations

from collections.abc import Sequence

_PAST = frozenset({"VBD", "VBN"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_HELPERS = ("aux", "aux:pass", "cop")
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "PRP"})
_BEFORE_NOUN = _NOUNS | {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "HYPH", "VBN", "VBG"}


def finite_before_gerund(tags: Sequence[str], heads: list[int], labels: list[str]) -> None:
    """Make the verb before a bare -ing form the verb of the sentence, in place."""
    for verb in range(1, len(heads)):
        found = (
            _behind_subject(tags, heads, labels, verb)
            or _before_object(tags, heads, labels, verb)
            or _as_adverbial(tags, heads, labels, verb)
        )
        if found is not None:
            _rebuild(heads, labels, verb, *found)


def _behind_subject(
    tags: Sequence[str], heads: list[int], labels: list[str], verb: int
) -> tuple[int, int, int] | None:
    """Return subject, object and -ing form where `verb` hangs on its subject."""
    subject = heads[verb]
    if labels[verb] not in ("amod", "acl") or not 0 <= subject < verb or tags[verb] not in _PAST:
        return None
    gerund = heads[subject]
    if gerund < verb or not _only_gerund(tags, heads, labels, subject):
        return None
    thing = _bare_noun_behind(tags, heads, labels, verb, subject)
    return (subject, thing, gerund) if verb < thing < gerund else None


def _before_object(
    tags: Sequence[str], heads: list[int], labels: list[str], verb: int
) -> tuple[int, int, int] | None:
    """Return the same where `verb` hangs on its object: "police beat protesters, injuring 12"."""
    thing = heads[verb]
    if labels[verb] not in ("amod", "compound") or thing < verb or tags[verb] not in _FINITE:
        return None
    own = _own(heads, labels, verb, ("nsubj",))
    if not own or own[0] > verb or not _only_gerund(tags, heads, labels, thing):
        return None
    return (own[0], thing, heads[thing]) if heads[thing] > thing else None


def _as_adverbial(
    tags: Sequence[str], heads: list[int], labels: list[str], verb: int
) -> tuple[int, int, int] | None:
    """Return the same where the clause hangs on the -ing form, though no conjunction opens it."""
    gerund = heads[verb]
    if labels[verb] != "advcl" or gerund < verb or tags[verb] not in _PAST:
        return None
    own, other = _own(heads, labels, verb, ("nsubj",)), _own(heads, labels, gerund, _SUBJECTS)
    if not own or own[0] > verb or other or _own(heads, labels, verb, ("mark", "advmod", "aux")):
        return None
    thing = _bare_noun_behind(tags, heads, labels, verb, own[0])
    bare = _is_bare_gerund(tags, heads, labels, gerund)
    return (own[0], thing, gerund) if bare and verb < thing < gerund else None


def _own(heads: list[int], labels: list[str], verb: int, wanted: tuple[str, ...]) -> list[int]:
    return [i for i, h in enumerate(heads) if h == verb and labels[i] in wanted]


def _only_gerund(tags: Sequence[str], heads: list[int], labels: list[str], noun: int) -> bool:
    """Say whether the noun is subject of an -ing form that has no auxiliary."""
    is_subject = labels[noun].startswith("nsubj")
    return is_subject and _is_bare_gerund(tags, heads, labels, heads[noun])


def _is_bare_gerund(tags: Sequence[str], heads: list[int], labels: list[str], verb: int) -> bool:
    return tags[verb] == "VBG" and not _own(heads, labels, verb, _HELPERS)


def _bare_noun_behind(
    tags: Sequence[str], heads: list[int], labels: list[str], verb: int, subject: int
) -> int:
    """Return the head of the noun group that stands right behind `verb`, or -1.

    The parser hung it on the verb or on the subject; what it knows to be a time is none.
    """
    for i in range(verb + 1, len(heads)):
        if tags[i] not in _BEFORE_NOUN:
            return -1
        if tags[i] in _NOUNS and heads[i] in (verb, subject):
            return -1 if labels[i].startswith(("obl", "nmod")) else i
    return -1


def _rebuild(
    heads: list[int], labels: list[str], verb: int, subject: int, thing: int, gerund: int
) -> None:
    """Make `verb` the head; what stood behind it and hung on the subject belongs to it."""
    heads[verb], labels[verb] = heads[gerund], labels[gerund]
    heads[gerund], labels[gerund] = verb, "advcl"
    heads[subject], labels[subject] = verb, "nsubj"
    heads[thing], labels[thing] = verb, "obj"
    for i, h in enumerate(heads):
        if h == subject and i > verb:
            heads[i] = verb
            labels[i] = "obl" if labels[i] == "nmod" else labels[i]
