"""What others must do: "Russia says Israel must end its attacks" is a demand by Russia on Israel."""

from __future__ import annotations

from tasks.events.attribution import SAYING
from tasks.events.clauses import Clauses
from tasks.events.drafts import Draft, fill
from tasks.events.lexicon import compose
from tasks.events.ontology import lookup
from tasks.events.parties import Cast

_DUTY = {"must": ("demand", "100"), "should": ("ask", "020"), "ought": ("ask", "020")}


def duty_of(cast: Cast, i: int) -> tuple[str, str, int, int] | None:
    """Return (operator, plain code, speaker, the one who must) if clause `i` states a duty.

    The clause must stand below a verb of saying whose subject is someone else.
    """
    c = cast.clauses
    top = c.first_conjunct(i)
    head = c.heads[top]
    if head < 0 or c.base(top) != "ccomp" or c.senses[head] not in SAYING:
        return None
    modal = next((_DUTY[c.low[k]] for k in c.kids(top, "aux") if c.low[k] in _DUTY), None)
    if modal is None:
        return None
    speakers = fill(cast, head, ("subj",), [])
    bound = fill(cast, top, ("subj",), speakers) or fill(cast, top, ("obj",), speakers)
    return (*modal, speakers[0], bound[0]) if speakers and bound else None


def impose(cast: Cast, draft: Draft) -> bool:
    """Turn a draft that states a duty of another into a demand; False if it does not."""
    duty = duty_of(cast, draft.anchor)
    if duty is None:
        return False
    op, plain, speaker, bound = duty
    draft.cameo = compose(op, draft.cameo, draft.plover) or plain
    code = lookup(draft.cameo)
    draft.plover, draft.mode = code.plover, code.mode
    draft.sources, draft.targets = [speaker], [bound]
    draft.rules.append("duty")
    return True


def duties(c: Clauses, i: int) -> list[int]:
    """Return the clauses below the verb of saying `i` that have a modal of duty."""
    return [k for k in c.kids(i, "ccomp") if any(c.low[x] in _DUTY for x in c.kids(k, "aux"))]
