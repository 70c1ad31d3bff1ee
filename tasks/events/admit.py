"""Abstains rather than invents: why a draft with its parties is no event worth keeping."""

from __future__ import annotations

import re

from tasks.events.clauses import Clauses
from tasks.events.drafts import Draft
from tasks.events.pairs import Pair
from tasks.events.parties import Cast, Party

_STATEMENT_ROLES = frozenset({"GOV", "MIL", "LEG", "REB", "OPP", "PTY", "SPY", "JUD", ""})
_PUBLIC = frozenset({"GOV", "MIL", "REB", "UAF", "OPP", "LEG", "JUD", "PRM", "PTY", "SPY"})
_PRIVATE = frozenset({"CVL", "UNK", "JRN", "BUS", "AGR", "MED", "EDU", "SOC"})
_CONTEXT = 400  # characters before the sentence, two or three sentences
_WORD = re.compile(r"[a-z-]+")
_REPRESSION = "175"
_LEGAL = ("090", "091", "1121", "1124", "1125", "115", "116")  # courts and police, if not named
_SOURCELESS = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST"})


def objection(cast: Cast, draft: Draft, pair: Pair) -> str:
    """Return what speaks against keeping the event; empty if nothing does."""
    source = pair[0]
    if draft.cameo.startswith("01"):
        heard = source is not None and _speaks_publicly(source)
        return "" if heard else "a statement of no public body"
    if not any(_is_political(p) for p in pair) and not _is_public(cast, draft, pair):
        return "names no political actor"
    unknown = source is None or not source.code
    if unknown and draft.plover == "ASSAULT" and not _is_violent(cast, draft):
        return "nothing says that someone did it"
    return _untold(cast.clauses, draft, pair)


def _untold(c: Clauses, draft: Draft, pair: Pair) -> str:
    """Return why the sentence does not tell the event, or tells too little of it."""
    source = pair[0]
    bare = draft.frame.pos == "noun" and len(draft.rules) == 1
    if bare and None in pair and not _is_news(c, draft.trigger):
        return "only mentioned, not told"
    if source is None and _describes(c, draft.trigger):
        return "describes someone, names no one who acts"
    if draft.plover == "CONSULT":
        if any(p is not None and p.role == "JRN" for p in pair):
            return "an interview"
        if None in pair and not _stands_alone(draft):
            return "names one party only"
    if source is None and draft.plover not in _SOURCELESS and not draft.cameo.startswith(_LEGAL):
        return "says not who acts"
    return ""


def _is_public(cast: Cast, draft: Draft, pair: Pair) -> bool:
    """Protests, and attacks told as such, matter even if nobody in them is named."""
    source, target = pair
    if draft.plover == "PROTEST":
        return source is not None or _breaks_out(cast, draft.trigger)
    if draft.cameo == _REPRESSION:
        return target is not None or (source is not None and _is_hunt(cast, draft))
    if draft.plover == "COERCE":
        return any(p is not None and p.code for p in pair) and _is_hunt(cast, draft)
    if draft.plover != "ASSAULT" or target is None:
        return False
    words = set(cast.clauses.lemmas) - {cast.clauses.lemmas[draft.trigger]}
    return not cast.lexicon.classes["warfare"].isdisjoint(words)


def _breaks_out(cast: Cast, i: int) -> bool:
    """Read "violent protests erupted in Bogota": the place is news enough."""
    return bool(cast.place_at) and _is_news(cast.clauses, i)


def _is_hunt(cast: Cast, draft: Draft) -> bool:
    """Say whether an arrest or a seizure is of rebels, activists or arms, not of thieves."""
    classes = cast.lexicon.classes
    words = set(cast.clauses.lemmas) - {cast.clauses.lemmas[draft.trigger]}
    if not words.isdisjoint(classes.get("struggle", ())):
        return True
    return not _words_before(cast).isdisjoint(classes.get("turmoil", ()))


def _words_before(cast: Cast) -> set[str]:
    """Return the words told just before: "Thousands marched. Police arrested 34 people."."""
    start = cast.clauses.tokens[0].start
    before = _WORD.findall(cast.text[max(0, start - _CONTEXT) : start].lower())
    return {cast.lexicon.lemma(w, tag) for w in before for tag in ("NNS", "VBD")}


def _is_violent(cast: Cast, draft: Draft) -> bool:
    """People die of storms too: without an attacker, the sentence must speak of an attack."""
    c, classes = cast.clauses, cast.lexicon.classes
    if not classes["nature"].isdisjoint(c.lemmas):
        return False
    subjects = c.slots(draft.trigger).get("subj")
    if subjects and "subj" in draft.frame.source:
        return any(c.lemmas[x] in classes["violence"] for x in subjects)
    return not classes["violence"].isdisjoint(c.lemmas)


def _stands_alone(draft: Draft) -> bool:
    """Mediation, and a summit that someone attends or hosts, need name no other side."""
    if draft.cameo == "045":
        return True
    return any(r in ("do:attend", "do:host", "do:participate", "do:take_part") for r in draft.rules)


def _speaks_publicly(p: Party) -> bool:
    """Say whether a statement counts: of a state or public body, or of a named public person."""
    if p.role in ("JRN", "BUS", "UNK"):
        return False
    if p.kind in ("person", "org") and p.code:
        return True
    return bool(p.country) and p.role in _STATEMENT_ROLES


def _is_political(p: Party | None) -> bool:
    """Say whether a party counts: a country, a body with a public role, or a name.

    What private people do to one another is no political event.
    """
    if p is None:
        return False
    if p.role in _PRIVATE:
        return False
    return bool(p.country) or p.kind == "name" or p.role in _PUBLIC


def _is_news(c: Clauses, i: int) -> bool:
    """Say whether a bare noun event is what the sentence tells: the subject of its main verb."""
    top = c.first_conjunct(i)
    return c.base(top) == "root" or (c.base(top) == "nsubj" and c.base(c.heads[top]) == "root")


def _describes(c: Clauses, i: int) -> bool:
    """Say whether a passive qualifies a noun: "a man arrested in May", "who was arrested"."""
    top = c.first_conjunct(i)
    return c.is_verb(i) and c.base(top) == "acl"
