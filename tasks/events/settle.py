"""One event, one mention: what a sentence tells twice is kept once, in its fuller form."""

from __future__ import annotations

from dataclasses import replace

from tasks.events.mention import Mention
from tasks.events.parties import Party

_GENERAL = frozenset({"190", "180", "070", "110", "112", "020", "100", "120", "130", "030"})


def settle(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions of a sentence without doubles, in order.

    Two mentions tell one event if type and status are the same and neither side differs; the one
    that names more stays, with the finer code. "stormed the base, killing five": the dead are
    part of the attack. Statements count only where the sentence tells of nothing done or planned.
    """
    mentions = _share_denials(mentions)
    others = [m for m in mentions if not m.cameo.startswith("01")]
    told = any(m.status in ("actual", "planned") for m in others)
    out: list[Mention] = []
    for m in others if told else mentions:
        twin = next((n for n, k in enumerate(out) if _one_event(k, m)), None)
        if twin is None:
            out.append(m)
        elif m.status == out[twin].status and _fullness(m) > _fullness(out[twin]):
            out[twin] = _as_fine_as(m, out[twin])
        else:
            out[twin] = _as_fine_as(out[twin], m)
    return out


def _as_fine_as(kept: Mention, other: Mention) -> Mention:
    """Read "ten were killed and 32 wounded in a grenade attack": the killing was one too."""
    if kept.cameo not in _GENERAL or other.cameo in _GENERAL or kept.plover != other.plover:
        return kept
    told = other.rule.partition(" + ")[0]
    contexts = tuple(sorted({*kept.contexts, *other.contexts}))
    rule = f"{kept.rule} + as:{told}"
    return replace(kept, cameo=other.cameo, mode=other.mode, contexts=contexts, rule=rule)


def _share_denials(mentions: list[Mention]) -> list[Mention]:
    """Deny what the same sentence denies in other words.

    "The Kremlin denied that A had spoken to B after a radio station reported a call between them".
    """
    denied = [m for m in mentions if m.status == "denied"]
    return [
        replace(m, status="denied", rule=f"{m.rule} + denied")
        if m.status == "actual" and any(_same_pair(m, d) for d in denied)
        else m
        for m in mentions
    ]


def _same_pair(a: Mention, b: Mention) -> bool:
    if a.plover != b.plover or not a.plover:
        return False
    sides = [{p.code if p else "" for p in (m.source, m.target)} for m in (a, b)]
    return sides[0] == sides[1] and "" not in sides[0]


def _one_event(a: Mention, b: Mention) -> bool:
    if a.plover != b.plover or (a.status != b.status and not _purpose(a, b)):
        return False
    if a.plover != "ASSAULT" and a.cameo[:2] != b.cameo[:2]:
        return False
    return _meets(a.source, b.source) and (
        _meets(a.target, b.target) or (a.plover == "ASSAULT" and _uncoded(a, b))
    )


def _purpose(a: Mention, b: Mention) -> bool:
    """Read "thousands marched to protest": what they came for is what they did."""
    return a.plover == "PROTEST" and (a.status, b.status) == ("actual", "hypothetical")


def _meets(a: Party | None, b: Party | None) -> bool:
    """Say whether two sides may be one: one is unknown, or they name the same."""
    if a is None or b is None:
        return True
    if a.code and b.code:
        return a.code == b.code or (a.start, a.end) == (b.start, b.end)
    return a.text == b.text


def _uncoded(a: Mention, b: Mention) -> bool:
    """The victims of one attack, of whom one group at least has no country.

    "Two soldiers were killed and ten others wounded as militants detonated a bomb."
    """
    return not all(p and p.country for p in (a.target, b.target))


def _fullness(m: Mention) -> tuple[int, int, int]:
    sides = [p for p in (m.source, m.target) if p is not None]
    return (
        sum(2 if p.country else 1 for p in sides),
        m.cameo not in _GENERAL,
        len(m.cameo),
    )
