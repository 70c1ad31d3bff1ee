"""Mends slips that the parser makes in news style, before the tree is read.

The annotator knows which words are one name; the parser does not. Each name becomes one branch,
and the preposition before it belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.events.finite import finite_before_gerund
from tasks.events.parser import Parse

_PASSIVE_AUX = frozenset(
    {"be", "am", "is", "are", "was", "were", "been", "being", "get", "gets", "got", "getting", "'s"}
)
_PERFECT_AUX = frozenset({"has", "have", "had", "'ve", "having"})
_INTRANSITIVE = frozenset(
    [
        "marched",
        "rallied",
        "protested",
        "demonstrated",
        "gathered",
        "clashed",
        "rioted",
        "converged",
        "erupted",
        "walked",
    ]
)
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
Group = tuple[int, int]


def repair(
    words: Sequence[str], parse: Parse, names: Iterable[Group] = (), towns: Sequence[Group] = ()
) -> Parse:
    """Return the mended tree.

    Args:
        words: The words in lower case.
        parse: Tags, heads and labels of a sentence.
        names: Word ranges (first, behind last) that are one name each.
        towns: The same of towns with their division behind a comma, which is no list.
    """
    heads, labels = list(parse.heads), list(parse.labels)
    finite_before_gerund(parse.tags, heads, labels)
    _free_verbs(parse.tags, heads, labels)
    _free_perfects(words, heads, labels)
    _join_perfects(words, parse.tags, heads, labels)
    _active_subjects(words, parse.tags, heads, labels)
    _raise_subjects(parse.tags, heads, labels)
    _free_intransitives(words, parse.tags, heads, labels)
    _free_subjects(parse.tags, heads, labels)
    _reduced_relative(parse.tags, heads, labels)
    _crossed_objects(parse.tags, heads, labels)
    for first, behind in towns:
        for i in range(first, behind):
            labels[i] = "appos" if labels[i] == "conj" else labels[i]
    for group in (*names, *towns):
        _gather(heads, labels, group)
        _own_preposition(parse.tags, heads, labels, group)
    _lift_before_to(parse.tags, heads, labels)
    _complements(words, parse.tags, heads, labels)
    _predicate_objects(parse.tags, heads, labels)
    return replace(parse, heads=tuple(heads), labels=tuple(labels))


def _free_verbs(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "the army violated ceasefire": a modifier that has a subject is the verb."""
    for verb in range(len(heads)):
        noun = heads[verb]
        if labels[verb] != "amod" or tags[verb] not in _FINITE or noun < verb:
            continue
        if not any(h == verb and labels[i] == "nsubj" for i, h in enumerate(heads)):
            continue
        heads[verb], labels[verb] = heads[noun], labels[noun]
        heads[noun], labels[noun] = verb, "obj"
        for i, h in enumerate(heads):
            if h == noun and labels[i] in ("punct", "advmod", "advcl", "aux") and i != verb:
                heads[i] = verb


def _free_perfects(words: Sequence[str], heads: list[int], labels: list[str]) -> None:
    """Read "has frozen relations": have and a participle are one verb."""
    for verb in range(1, len(heads)):
        have, noun = verb - 1, heads[verb]
        if labels[verb] != "amod" or words[have] not in ("has", "have", "had"):
            continue
        if heads[noun] != have or noun < verb:
            continue
        heads[verb], labels[verb] = heads[have], labels[have]
        heads[noun], labels[noun] = verb, "obj"
        for i, h in enumerate(heads):
            if h == have:
                heads[i] = verb
        heads[have], labels[have] = verb, "aux"


def _join_perfects(
    words: Sequence[str], tags: tuple[str, ...], heads: list[int], labels: list[str]
) -> None:
    """Read "said it had halted aid": have right before a participle is no verb of its own."""
    for have in range(len(heads) - 1):
        if words[have] not in _PERFECT_AUX or labels[have].startswith("aux"):
            continue
        verb = have + 1 + tags[have + 1].startswith("RB")
        if verb >= len(heads) or tags[verb] not in ("VBN", "VBD") or words[verb] == "been":
            continue
        if heads[verb] == have:
            heads[verb], labels[verb] = heads[have], labels[have]
        elif heads[verb] != heads[have]:
            continue
        for i, h in enumerate(heads):
            if h == have and i != verb:
                heads[i] = verb
        heads[have], labels[have] = verb, "aux"


def _active_subjects(
    words: Sequence[str], tags: tuple[str, ...], heads: list[int], labels: list[str]
) -> None:
    """Read "police have arrested": without a form of be or get there is no passive.

    Without any auxiliary, what cannot be done to anybody is no passive either: "thousands marched".
    """
    for i, verb in enumerate(heads):
        if labels[i] != "nsubj:pass" or verb < i or not tags[verb].startswith("VB"):
            continue
        helpers = [k for k, h in enumerate(heads) if h == verb and labels[k].startswith("aux")]
        if any(words[k] in _PASSIVE_AUX for k in helpers):
            continue
        if any(words[k] in _PERFECT_AUX for k in helpers) or words[verb] in _INTRANSITIVE:
            labels[i] = "nsubj"
            for k in helpers:
                labels[k] = "aux"


def _free_intransitives(
    words: Sequence[str], tags: tuple[str, ...], heads: list[int], labels: list[str]
) -> None:
    """Read "thousands marched and police arrested 30": nobody is marched, so it is a clause."""
    for verb, label in enumerate(labels):
        if label not in ("acl", "advcl") or words[verb] not in _INTRANSITIVE:
            continue
        noun = heads[verb] if label == "acl" else _subject_over(heads, labels, verb)
        if not 0 <= noun < verb:
            continue
        main = heads[noun] if label == "acl" else heads[verb]
        if label == "acl" and labels[noun] == "root":
            heads[verb], labels[verb] = -1, "root"
        elif main > verb and tags[main][:2] == "VB" and labels[noun].startswith("nsubj"):
            while heads[main] > verb:
                main = heads[main]
            heads[verb], labels[verb] = heads[main], labels[main]
            heads[main], labels[main] = verb, "conj"
        else:
            continue
        heads[noun], labels[noun] = verb, "nsubj"


def _raise_subjects(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "police arrested 21": what stands before the verb is no subject of its object."""
    for i, noun in enumerate(heads):
        if labels[i] != "nsubj" or noun < 0 or labels[noun] != "obj":
            continue
        verb = heads[noun]
        has_own = any(h == verb and labels[k].startswith("nsubj") for k, h in enumerate(heads))
        if i < verb < noun and tags[verb].startswith("VB") and not has_own:
            heads[i] = verb


def _subject_over(heads: list[int], labels: list[str], verb: int) -> int:
    """Return the nearest subject before `verb` whose own verb stands behind it, or -1."""
    for i in range(verb - 1, -1, -1):
        if labels[i].startswith("nsubj") and heads[i] > verb:
            return i
    return -1


def _free_subjects(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "an attack by A on B began": what stands behind a preposition is no subject."""
    for i, verb in enumerate(heads):
        if labels[i] != "nsubj" or verb < i or labels[verb] != "acl":
            continue
        noun = heads[verb]
        marked = any(h == i and labels[k] == "case" and k < i for k, h in enumerate(heads))
        if not marked or tags[verb] not in ("VBD", "VBZ", "VBP") or noun > i:
            continue
        heads[i], labels[i] = noun, "nmod"
        heads[verb], labels[verb] = heads[noun], labels[noun]
        heads[noun], labels[noun] = verb, "nsubj"


def _reduced_relative(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "soldiers killed by troops were buried": the later verb is that of the clause."""
    for i, verb in enumerate(heads):
        if not labels[i].startswith("nsubj") or verb < i or labels[verb] != "advcl":
            continue
        part = heads[verb]
        by = any(h == i and labels[k] == "case" and k < i for k, h in enumerate(heads))
        if not by or tags[part] != "VBN" or part > i:
            continue
        who = [k for k, h in enumerate(heads) if h == part and labels[k].startswith("nsubj")]
        if not who:
            continue
        heads[i], labels[i] = part, "obl:agent"
        heads[verb], labels[verb] = heads[part], labels[part]
        heads[who[0]], labels[who[0]] = verb, "nsubj"
        heads[part], labels[part] = who[0], "acl"


def _crossed_objects(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "Japan on Friday lifted sanctions": a bare noun behind the verb is its object."""
    for noun, subject in enumerate(heads):
        if labels[noun] != "nmod" or subject < 0 or labels[subject] != "nsubj":
            continue
        verb = heads[subject]
        if not subject < verb < noun or tags[verb] not in ("VBD", "VBZ", "VBP"):
            continue
        taken = any(h == verb and labels[i] == "obj" for i, h in enumerate(heads))
        marked = any(h == noun and labels[i] == "case" and i < noun for i, h in enumerate(heads))
        if not taken and not marked and tags[noun].startswith("NN"):
            heads[noun], labels[noun] = verb, "obj"


def _gather(heads: list[int], labels: list[str], group: Group) -> None:
    """Make one branch of a name: its head is the word whose way to the root leaves at once."""
    first, behind = group
    if behind - first < 2:
        return
    inside = range(first, behind)
    head = next((i for i in inside if _leaves(heads, i, group)), -1)
    if head < 0:
        return
    for i, h in enumerate(heads):
        if i in inside:
            if i != head and h not in inside and labels[i] != "conj":
                heads[i], labels[i] = head, "flat"
        elif h in inside and h != head:
            heads[i] = head


def _leaves(heads: list[int], i: int, group: Group) -> bool:
    node, steps = heads[i], 0
    while node >= 0 and steps < len(heads):
        if group[0] <= node < group[1]:
            return False
        node, steps = heads[node], steps + 1
    return node < 0


def _own_preposition(
    tags: tuple[str, ...], heads: list[int], labels: list[str], group: Group
) -> None:
    """Give the preposition that stands right before a name to that name."""
    first, behind = group
    before = first - 1
    if before >= 0 and labels[before] == "det":
        before -= 1
    if before < 0 or tags[before] not in ("IN", "TO") or labels[before] != "case":
        return
    head = next((i for i in range(first, behind) if not first <= heads[i] < behind), -1)
    if head < 0 or heads[before] == head or heads[before] < behind:
        return
    heads[before] = head
    if labels[head] in ("obj", "iobj", "nsubj"):
        labels[head] = "obl"


def _lift_before_to(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "spoke with Putin to calm things": nothing of an infinitive stands before its "to"."""
    for to, verb in enumerate(heads):
        if tags[to] != "TO" or labels[to] != "mark" or verb < to or heads[verb] < 0:
            continue
        for i in range(to):
            if heads[i] == verb and labels[i].startswith(("obl", "obj")) and heads[verb] < i:
                heads[i] = heads[verb]


def _complements(
    words: Sequence[str], tags: tuple[str, ...], heads: list[int], labels: list[str]
) -> None:
    """Read "denied on Friday that A had met B": a that-clause after its verb is the complement.

    Not after "so" or "such", where it is a consequence, and not after "now that", "given that".
    """
    for mark, word in enumerate(words):
        if word != "that" or tags[mark] != "IN":
            continue
        verb = heads[mark]
        if labels[verb].startswith("nsubj"):  # the parser hung it on the subject
            verb = heads[verb]
        above = heads[verb]
        if labels[verb] != "advcl" or not above < mark < verb:
            continue
        if not {"so", "such", "now", "given", "provided"} & set(words[above + 1 : mark]):
            heads[mark], labels[mark], labels[verb] = verb, "mark", "ccomp"


def _predicate_objects(tags: tuple[str, ...], heads: list[int], labels: list[str]) -> None:
    """Read "held Russia responsible": a predicate has no subject of its own, the verb an object."""
    for i, predicate in enumerate(heads):
        if labels[i] != "nsubj" or predicate < i or labels[predicate] not in ("xcomp", "ccomp"):
            continue
        verb = heads[predicate]
        plain = tags[predicate].startswith(("JJ", "NN")) and verb < i and tags[verb][:2] == "VB"
        copula = any(h == predicate and labels[k] in ("cop", "mark") for k, h in enumerate(heads))
        if plain and not copula:
            heads[i], labels[i], labels[predicate] = verb, "obj", "xcomp"
