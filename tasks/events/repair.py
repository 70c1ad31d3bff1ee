"""Mends slips that the parser makes in news style before the tree is read."""

from __future__ import annotations

from tasks.events.parser import Parse

_FINITE = ("VBD", "VBZ", "VBP", "VBN")


def repair(parse: Parse) -> Parse:
    """Return the tree with verbs freed that were taken for modifiers.

    "The army violated ceasefire": a participle before a noun that has a subject of its own is
    the verb of the clause, and the noun its object.
    """
    heads, labels = list(parse.heads), list(parse.labels)
    for verb, label in enumerate(parse.labels):
        if label != "amod" or parse.tags[verb] not in _FINITE:
            continue
        noun = heads[verb]
        subjects = [i for i, h in enumerate(heads) if h == verb and labels[i] == "nsubj"]
        if noun < verb or not subjects:
            continue
        heads[verb], labels[verb] = heads[noun], labels[noun]
        heads[noun], labels[noun] = verb, "obj"
        for i, h in enumerate(heads):
            if h == noun and labels[i] in ("punct", "advmod", "advcl", "aux") and i != verb:
                heads[i] = verb
    _lift_before_to(parse.tags, heads, labels)
    return Parse(parse.tags, tuple(heads), tuple(labels))


def _lift_before_to(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """ "spoke with Putin to calm things": nothing of an infinitive stands before its "to"."""
    for to, verb in enumerate(heads):
        if tags[to] != "TO" or labels[to] != "mark" or verb < to or heads[verb] < 0:
            continue
        for i in range(to):
            if heads[i] == verb and labels[i].startswith(("obl", "obj")) and heads[verb] < i:
                heads[i] = heads[verb]
