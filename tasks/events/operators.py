"""Composition: what becomes of an event below agree, refuse, threaten, end, plan, deny."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.events.clauses import Clauses
from tasks.events.drafts import Draft, fill, fitting_frame, is_event, words_fit
from tasks.events.lexicon import Lexicon, Operator, compose
from tasks.events.ontology import lookup
from tasks.events.parties import Cast
from tasks.events.slots import asserts

MAX_CLIMB = 4
_STATUS = {
    "want": "hypothetical",
    "try": "hypothetical",
    "plan": "planned",
    "fail": "negated",
    "prevent": "negated",
    "deny": "denied",
}
_PROMISED = frozenset({"CONSULT", "AID", "COOPERATE"})
_CLAIMING = frozenset({"insist", "suggest"})
_ADDRESSEE = ("obj", "iobj", "on", "upon", "to", "with", "from", "against")
_OTHER = ("to", "with", "from", "for", "on", "against", "of", "in", "by")
_OWNER = ("poss", "by", "of", "from", "between", "mod")
_KIND = {"V": "v", "N": "n"}


def slot_of(c: Clauses, child: int) -> str:
    """Return the name of the slot that `child` fills at its head."""
    label, full = c.base(child), c.labels[child]
    if label in ("nsubj", "csubj"):
        return "obj" if full.endswith(":pass") or c.is_passive(c.heads[child]) else "subj"
    if label in ("obj", "iobj", "xcomp"):
        return label
    infinitive = any(c.low[k] == "to" and c.tags[k] == "TO" for k in c.kids(child, "mark"))
    if label in ("ccomp", "advcl", "acl") and infinitive:
        return "xcomp"
    if label == "ccomp":
        return "ccomp"
    if label == "acl" and c.tags[child] == "VBN":
        return ""
    return c.preposition(child)


def operator_at(c: Clauses, lexicon: Lexicon, head: int, slot: str) -> Operator | None:
    """Return the operator that the word `head` is for a complement in `slot`."""
    for kind, word in _readings(c, head):
        for op in lexicon.operators.get((kind, word), ()):
            # "walked out of talks": the parser may take the particle for a preposition.
            plain = slot.removeprefix(f"{op.words[1]} ") if len(op.words) > 1 else slot
            if plain in op.slots and words_fit(c, head, op.words, kind == "v"):
                return op
    return None


def _readings(c: Clauses, i: int) -> Iterator[tuple[str, str]]:
    """Yield the parts of speech, with lemma, that word `i` may be an operator as.

    A participle may be an adjective: "is set to meet", "is unwilling to meet".
    """
    if c.tags[i][:2] == "JJ" or c.tags[i] in ("VBN", "VBG"):
        yield "a", c.low[i]
    if c.tags[i][0] in _KIND:
        yield _KIND[c.tags[i][0]], c.lemmas[i]


def climb(cast: Cast, lexicon: Lexicon, i: int) -> Iterator[tuple[Operator, int, int]]:
    """Yield the operators above word `i`, innermost first: operator, its word, the word below."""
    c = cast.clauses
    now = c.first_conjunct(i)
    for _ in range(MAX_CLIMB):
        head, slot = c.heads[now], slot_of(c, now)
        near, asked = _asking(c, lexicon, now)
        if near >= 0:
            head, slot = near, asked
        if head < 0:
            return
        op = operator_at(c, lexicon, head, slot)
        if op is not None and c.lemmas[head] in _CLAIMING and slot == "ccomp" and asserts(c, now):
            return  # "insisted that troops had left" asks for nothing
        if op is not None:
            yield op, head, now
        elif not (c.lemmas[head] in lexicon.classes["quantifier"] and slot == "of"):
            return
        now = c.first_conjunct(head)


def _asking(c: Clauses, lexicon: Lexicon, i: int) -> tuple[int, str]:
    """Return the operator right before the "to" or preposition of word `i`, and the slot; else -1.

    "expressed readiness to meet", "is due to meet", "with the aim of meeting", "paved the way for
    talks": a complement belongs to the noun or adjective that asks for one, wherever the parser
    hung it.
    """
    if c.tags[i] == "VB":
        mark = i - 2 if i > 1 and c.tags[i - 1] == "RB" else i - 1
        slot = "xcomp" if mark >= 0 and c.low[mark] == "to" else ""
    else:
        marks = [k for k in c.kids(i, "case", "mark") if k < i]
        mark = marks[-1] if marks else -1
        slot = c.low[mark]
    left = mark - 1
    if left < 0 or not slot or left == c.heads[i] or c.tags[left][:2] == "VB":
        return -1, ""
    if c.tags[i] != "VB" and not c.is_noun(left):
        return -1, ""
    return (left, slot) if operator_at(c, lexicon, left, slot) is not None else (-1, "")


def applied(cast: Cast, lexicon: Lexicon, draft: Draft) -> Draft | None:
    """Return the draft after all operators above it; None if a fuller frame above says it all."""
    c = cast.clauses
    for op, head, below in climb(cast, lexicon, draft.trigger):
        if _absorbed(cast, lexicon, head, below, draft):
            return None
        if not _apply(cast, draft, op, head, below):
            return None
        draft.rules.append(op.rule)
        draft.chain.append(head)
        draft.anchor = head
        if c.is_noun(head) and not any(True for _ in climb(cast, lexicon, head)):
            break
    return draft


def _absorbed(cast: Cast, lexicon: Lexicon, head: int, below: int, draft: Draft) -> bool:
    """A verb frame that asks for this very complement speaks for both, unless it says less."""
    frame = fitting_frame(cast, lexicon, head)
    if frame is None or frame.weight < _EXPLICIT:
        return False
    if frame.cameo == draft.cameo[:2] + "0" and draft.cameo[2:] != "0":
        return False  # "provided military aid" is 072, not 070
    if len(draft.frame.words) > 1 and is_event(frame):
        return False  # "sent military aid" is 072, though "sent aid" is 073
    named = {s for x in frame.where for s in x.slots if x.values != ("*",)}
    fillers = [f for s in sorted(named) for f in cast.clauses.slots(head).get(s, ())]
    return below in fillers and (is_event(frame) or bool(frame.where))


def _apply(cast: Cast, draft: Draft, op: Operator, head: int, below: int) -> bool:
    """Change the draft in place; False if nothing comes of the two."""
    c = cast.clauses
    if op.op == "deny" and draft.plover == "AID" and c.is_noun(draft.trigger):
        _redirect(cast, draft, "refuse", head, below)
        return _recode(draft, "refuse")
    if op.op in _STATUS:
        draft.status = _STATUS[op.op]
        if op.op == "plan":
            _recode(draft, "future")
        _name_doer(cast, draft, op.op, head, below)
        return True
    if op.op == "announce" and draft.plover in _PROMISED:
        _light(cast, draft, head)
        if draft.plover == "CONSULT" and draft.status == "actual":
            draft.status = "planned"
        return _recode(draft, "agree")
    if op.op in ("do", "announce"):
        if c.is_noun(draft.trigger) or not draft.sources:
            _light(cast, draft, head)
        return True
    if op.op == "receive":
        draft.targets = fill(cast, head, ("subj",), [])
        draft.sources = fill(cast, head, ("from",), draft.targets) or draft.sources
        return True
    negated = is_negated(c, head)
    name = "refuse" if negated and op.op in ("agree", "approve") else op.op
    if not _recode(draft, name):
        return False
    _redirect(cast, draft, name, head, below)
    return True


def _recode(draft: Draft, op: str) -> bool:
    code = compose(op, draft.cameo, draft.plover)
    if code is None:
        return False
    if code != draft.cameo:
        draft.cameo = code
        known = lookup(code)
        draft.plover, draft.mode = known.plover, known.mode
    return True


def _owner(cast: Cast, head: int) -> list[int]:
    c = cast.clauses
    if c.is_noun(head):
        return fill(cast, head, _OWNER, [])
    found = fill(cast, head, ("subj",), [])
    return found or (fill(cast, head, ("obj",), []) if c.is_passive(head) else [])


def _light(cast: Cast, draft: Draft, head: int) -> None:
    """Read "held talks with": the verb lends its subject and its prepositions to the noun."""
    subject = _owner(cast, head)
    if subject:
        draft.sources = subject
    if not draft.targets or set(draft.targets) & set(draft.sources):
        draft.targets = fill(cast, head, (*draft.frame.target, "iobj"), draft.sources)


def _name_doer(cast: Cast, draft: Draft, op: str, head: int, below: int) -> None:
    """Say who would do it: "stopped A from attacking", "averted an attack by A", "tries to"."""
    c = cast.clauses
    if op == "prevent" and c.tags[below] == "VBG":
        draft.sources = fill(cast, head, ("obj",), []) or draft.sources
        return
    verbs = [x for x in (head, c.heads[head]) if x >= 0 and c.is_verb(x) and not c.is_passive(x)]
    by = next((f for x in verbs if (f := fill(cast, x, ("by",), []))), [])
    if by and c.is_noun(draft.trigger):
        draft.sources = by
    elif op != "prevent":
        _lend_subject(cast, draft, head)


def _lend_subject(cast: Cast, draft: Draft, head: int) -> None:
    """Give a doer to what has none: the owner of the word above, or who has that word in mind."""
    c = cast.clauses
    if not draft.sources:
        draft.sources = _owner(cast, head)
    above = c.heads[c.first_conjunct(head)]
    if not draft.sources and c.is_noun(head) and above >= 0 and c.is_verb(above):
        draft.sources = _owner(cast, above)


def _redirect(cast: Cast, draft: Draft, op: str, head: int, below: int) -> None:
    """Give the composed event its own source and target."""
    owner = _owner(cast, head) or draft.sources
    inner = [x for x in draft.targets if x not in owner]
    if op in ("ask", "demand"):
        told = [x for x in fill(cast, head, _ADDRESSEE, owner) if x != below]
        doer = [x for x in draft.sources if x not in owner]
        draft.targets = told or doer or inner
    elif op == "refuse":
        doer = [x for x in draft.sources if x not in owner]
        draft.targets = inner or doer or fill(cast, head, _OTHER, owner)
    else:
        draft.targets = inner or fill(cast, head, _OTHER, owner)
    draft.sources = owner


_EXPLICIT = 2  # weight from which a frame names its complement
_NOT = frozenset({"not", "n't", "never", "neither", "nor", "n’t"})


def is_negated(c: Clauses, i: int) -> bool:
    """Say whether word `i` is negated: not, never, no longer; no talks."""
    for k in c.children[i]:
        if c.low[k] in _NOT and c.base(k) in ("advmod", "cc", "det"):
            return True
        if c.low[k] == "no" and c.base(k) in ("det", "advmod"):
            return True
        if c.low[k] == "longer" and any(c.low[x] == "no" for x in c.children[k]):
            return True
        if c.base(k) == "nsubj" and c.low[k] in ("nobody", "none", "nothing"):
            return True
        if c.base(k) in ("nsubj", "obj") and any(
            c.low[x] == "no" and c.base(x) == "det" for x in c.children[k]
        ):
            return True
    return False
