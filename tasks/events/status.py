"""Whether an event happened: actual, planned, hypothetical, negated or denied, by stated rules."""

from __future__ import annotations

from tasks.events.attribution import SAYING
from tasks.events.clauses import Clauses
from tasks.events.drafts import Draft
from tasks.events.lexicon import compose
from tasks.events.ontology import lookup
from tasks.events.operators import is_negated

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_POSSIBLE = frozenset({"would", "could", "may", "might", "can", "should", "must", "ca", "'d"})
_IF = frozenset({"if", "unless", "whether", "lest", "should"})
_TRIAL = frozenset(
    {"alleged", "planned", "proposed", "possible", "potential", "future", "upcoming"}
)
_PLANNED = frozenset({"planned", "upcoming", "future", "forthcoming", "scheduled"})
_WHEN = frozenset({"when", "once", "after", "before", "until", "while"})
_CHARGING = frozenset(
    {
        "arrest",
        "detain",
        "convict",
        "accuse",
        "charge",
        "suspect",
        "jail",
        "sentence",
        "indict",
        "try",
        "investigate",
        "imprison",
        "blame",
        "sue",
        "fine",
        "prosecute",
        "hold",
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "acquit",
        "question",
        "punish",
        "clear",
    }
)
_GROUNDS = frozenset({"suspicion", "charge", "accusation", "allegation"})
_OCCUR = frozenset(
    {
        "occur",
        "happen",
        "take",
        "begin",
        "start",
        "resume",
        "continue",
        "hold",
        "open",
        "go",
        "launch",
        "conduct",
        "conclude",
        "end",
        "convene",
        "proceed",
        "arrange",
        "restart",
        "last",
    }
)
_PENDING = frozenset(
    {
        "conditional",
        "scheduled",
        "planned",
        "expected",
        "possible",
        "likely",
        "due",
        "slated",
        "set",
        "contingent",
        "unlikely",
        "upcoming",
    }
)
_CONTACT = frozenset({"call", "phone", "telephone", "write", "cable", "ring"})
_SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT"})
_TALK = frozenset({"ccomp", "parataxis"})


def decide(c: Clauses, draft: Draft) -> None:
    """Set the draft's status; a future or refused event changes type as PLOVER says.

    "will meet" is AGREE and planned; "will attack" is THREATEN and planned; "will not meet" is
    REJECT. Whatever stands below if, would, could or may is hypothetical.
    """
    if draft.status in ("denied", "negated"):
        return
    occurs = _takes_place(c, draft.anchor)
    links = [draft.trigger, *draft.chain, *occurs]
    modal = _first(_modal(c, x) for x in links)
    negated = any(is_negated(c, x) for x in links if not _consumed(c, x, draft))
    if _charged(c, draft.anchor) or _conditional(c, draft.anchor) or modal == "hypothetical":
        draft.status = "hypothetical"
    elif modal == "planned" and negated:
        _recode(draft, "refuse", "future negated")
    elif negated:
        draft.status = "negated"
    elif modal == "planned":
        plan(draft, "future")
    elif draft.status == "actual" and any(c.low[x] in _PENDING for x in occurs):
        plan(draft, "pending")
    elif draft.status == "actual" and _lies_ahead(c, draft.anchor):
        plan(draft, "ahead of it")
    elif draft.status == "actual" and _open_infinitive(c, draft):
        draft.status = "planned" if _headline(c, draft) else "hypothetical"
        if draft.status == "planned":
            _recode(draft, "future", "headline future")
    elif draft.status == "actual" and (word := _qualified(c, draft)):
        draft.status = "planned" if word in _PLANNED else "hypothetical"


def _takes_place(c: Clauses, i: int) -> list[int]:
    """Return the verb of which the noun `i` is the subject, if it says that the event occurs."""
    top = c.first_conjunct(i)
    head = c.heads[top]
    if not c.is_noun(i) or head < 0 or c.base(top) != "nsubj":
        return []
    return [head] if c.senses[head] in _OCCUR or c.low[head] in _PENDING else []


def plan(draft: Draft, rule: str) -> None:
    """Make a draft a planned one; its type follows."""
    _recode(draft, "future", rule)
    draft.status = "planned"


def _first(found: object) -> str:
    return next((x for x in found if x), "")  # type: ignore[attr-defined]


def _consumed(c: Clauses, i: int, draft: Draft) -> bool:
    """A negated agree has already become a refusal."""
    return i in draft.chain and any(r.startswith(("agree:", "approve:")) for r in draft.rules)


def _modal(c: Clauses, i: int) -> str:
    """Return planned or hypothetical if the verb `i` has such an auxiliary, or such a tense.

    Spanish and French say "will" and "would" by endings; their readers tag these VBF and VBC.
    """
    head = c.first_conjunct(i) if c.base(i) == "conj" and not c.kids(i, "nsubj") else i
    for verb in (i, head):
        if c.tags[verb] == "VBF":
            return "planned"
        if c.tags[verb] == "VBC":
            return "planned" if _reported(c, head) else "hypothetical"
        for k in c.kids(verb, "aux"):
            if c.tags[k] != "MD":
                continue
            if c.low[k] in _FUTURE:
                return "planned"
            if c.low[k] in ("would", "'d") and (_reported(c, head) or _free(c, head)):
                return "planned"
            if c.low[k] in _POSSIBLE:
                return "hypothetical"
    up = c.heads[head]
    if up >= 0 and c.base(head) == "xcomp" and c.low[up] == "going":
        return "planned"
    timed = any(c.low[k] in _WHEN for k in c.kids(head, "mark", "advmod"))
    if up >= 0 and c.base(head) == "advcl" and c.is_verb(up) and timed:
        return _modal(c, up)
    return ""


def _free(c: Clauses, i: int) -> bool:
    """A "would" of a main clause without any condition reports what is intended."""
    top = c.first_conjunct(i)
    return c.base(top) == "root" and not any(low in ("if", "unless", "like") for low in c.low)


def _reported(c: Clauses, i: int) -> bool:
    """Read "said it would": the future of a past, if the clause stands below a verb of saying."""
    head = c.heads[i]
    below = c.base(i) in ("ccomp", "parataxis") and head >= 0
    if below and c.is_verb(head) and c.senses[head] in SAYING:
        return True
    return any(c.is_verb(k) and c.senses[k] in SAYING for k in c.kids(i, "parataxis"))


def _conditional(c: Clauses, i: int) -> bool:
    """Say whether the clause of word `i` or one above it is introduced by if or unless."""
    node = i
    while node >= 0:
        for k in c.kids(node, "mark"):
            if c.low[k] in _IF:
                return True
        if c.base(node) in _TALK and not _is_clause_of_wish(c, node):
            return False
        node = c.heads[node]
    return False


def _is_clause_of_wish(c: Clauses, i: int) -> bool:
    return c.labels[i] == "ccomp" and c.senses[c.heads[i]] in ("wonder", "ask")


def _charged(c: Clauses, i: int) -> bool:
    """Read "arrested for attacking", "suspected of killing": a charge is no report."""
    i = c.first_conjunct(i)
    head = c.heads[i]
    if head < 0 or c.tags[i] not in ("VBG", "NN", "NNS"):
        return False
    marks = {c.low[k] for k in c.kids(i, "mark", "case")}
    if c.senses[head] in _GROUNDS:  # "on suspicion of", "on charges of"
        return "of" in marks
    return c.senses[head] in _CHARGING and not marks.isdisjoint(("for", "of", "with", "over"))


def _open_infinitive(c: Clauses, draft: Draft) -> bool:
    """An infinitive that no operator has taken: a purpose, a possibility."""
    i = c.first_conjunct(draft.anchor)
    if c.tags[i] != "VB":
        return False
    if c.heads[i] >= 0 and c.senses[c.heads[i]] in _CONTACT and draft.plover in _SPOKEN:
        return False  # "called him to congratulate": the call is the deed
    return any(c.low[k] == "to" for k in c.kids(i, "mark")) and c.base(i) in (
        "advcl",
        "acl",
        "xcomp",
        "ccomp",
        "root",
        "parataxis",
    )


def _lies_ahead(c: Clauses, i: int) -> bool:
    """Read "ahead of talks", "before a meeting": what stands there has not yet happened."""
    words = c.preposition(c.first_conjunct(i)) if c.is_noun(i) else ""
    return words in ("before", "ahead of", "prior to", "ahead")


def _headline(c: Clauses, draft: Draft) -> bool:
    """Read "Macron to visit Moscow": an infinitive in place of the finite verb."""
    i = draft.anchor
    head = c.heads[i]
    return head < 0 or (c.labels[i] == "acl" and c.heads[head] < 0 and c.is_noun(head) and head < i)


def _qualified(c: Clauses, draft: Draft) -> str:
    first = c.first_conjunct(draft.trigger)
    for k in [*c.children[draft.trigger], *c.children[first]]:
        if c.low[k] in _TRIAL and c.low[k] != "alleged":
            return c.low[k]
    return ""


def _recode(draft: Draft, op: str, rule: str) -> None:
    code = compose(op, draft.cameo, draft.plover)
    if code is not None and code != draft.cameo:
        draft.cameo = code
        draft.plover, draft.mode = lookup(code).plover, lookup(code).mode
    draft.rules.append(rule)
