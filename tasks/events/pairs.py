"""Who with whom: expands a draft's words into pairs of parties."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

from tasks.annotate.types import ActorMention
from tasks.events.anaphora import Memory, antecedents
from tasks.events.attribution import SAYING
from tasks.events.drafts import Draft
from tasks.events.lexicon import Lexicon
from tasks.events.parties import PRONOUNS, Cast, Party

MAX_PAIRS = 16
RECIPROCAL = frozenset({"040", "041", "044", "046", "057", "0871", "060", "061", "062", "064"})
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT", "ASSAULT"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_TALKS = frozenset({"040", "041", "044", "046"})
_MATERIAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE"})
_CONCRETE = (
    "person",
    "troops",
    "police",
    "place",
    "property",
    "arms",
    "missile",
    "bomb",
    "party",
    "media",
    "road",
    "peacekeeper",
    "inspector",
    "diplomat",
    "prisoner",
    "quantifier",
    "relations",
    "aggression",
    "protest",
)
Pair = tuple[Party | None, Party | None]


@cache
def _concrete(lexicon: Lexicon) -> frozenset[str]:
    return frozenset().union(*(lexicon.classes[n] for n in _CONCRETE))


class Casting:
    """Finds the parties of drafts in one sentence of an article."""

    def __init__(self, cast: Cast, memory: Memory, sentence: int) -> None:
        self.cast = cast
        self.memory = memory
        self.sentence = sentence
        self._concrete = _concrete(cast.lexicon)

    def parties(self, words: list[int], plover: str, agent: bool) -> list[Party]:
        """Return the parties that the words name, pronouns and groups resolved."""
        out: list[Party] = []
        for i in words:
            for party in self._of(i, plover, agent):
                if party not in out:
                    out.append(party)
        return out

    def _of(self, i: int, plover: str, agent: bool) -> list[Party]:
        c = self.cast.clauses
        party = self.cast.party(i)
        if c.low[i] in PRONOUNS and (said := self._speaker(i)) is not None:
            start, end = c.span(i)
            return [
                replace(said, text=self.cast.text[start:end], start=start, end=end, kind="pronoun")
            ]
        if party is None or not party.code or party.code.startswith("---"):
            found = antecedents(c, i, self.sentence, self.memory)
            if found:
                return [self._referred(i, a) for a in found]
        members = self._members(i)
        if members:
            return members
        if party is None or (party.is_indirect and not self._may(i, plover, agent)):
            return []
        return [party]

    def _speaker(self, i: int) -> Party | None:
        """Read "X said that he would": the pronoun that begins what X says is X."""
        c = self.cast.clauses
        verb = c.heads[i]
        if verb < 0 or c.base(i) != "nsubj":
            return None
        top = c.first_conjunct(verb)
        head = c.heads[top]
        if head < 0 or c.base(top) != "ccomp" or c.senses[head] not in SAYING:
            return None
        subjects = c.slots(head).get("subj", [])
        party = self.cast.party(subjects[0]) if subjects and subjects[0] != i else None
        return party if party is not None and party.kind != "pronoun" else None

    def _members(self, i: int) -> list[Party]:
        """Read "the French and Russian presidents" and "Putin, Macron": one party each."""
        c = self.cast.clauses
        named = [x for k in c.kids(i, "amod", "compound") for x in c.conjuncts(k)]
        if c.tags[i] in ("NNS", "NNPS") and len(named) > 1:
            found = [(x, self.cast.actor_at.get(x)) for x in named]
            kept = {a.country: self._of_country(x, i, a) for x, a in found if a and a.country}
            if len(kept) > 1:
                return list(kept.values())
        own = self.cast.actor_at.get(i)
        out = []
        for k in c.kids(i, "appos"):
            other = self.cast.actor_at.get(k)
            if own and other and own.entity and other.entity and own.country != other.country:
                out.append(self.cast.party(k))
        first = self.cast.party(i)
        return [p for p in (first, *out) if p is not None] if out else []

    def _of_country(self, x: int, i: int, a: ActorMention) -> Party:
        """Return the party of a country's adjective before a plural role noun."""
        c, head = self.cast.clauses, self.cast.actor_at.get(i)
        role = head.role if head is not None else a.role
        t = c.tokens[x]
        words = self.cast.text[t.start : t.end]  # a token's own text may be normalised
        return Party(words, t.start, t.end, a.country + role, a.country, role, "", "role")

    def _may(self, i: int, plover: str, agent: bool) -> bool:
        """A modifier names a party only of a body that can act or suffer ("French planes")."""
        c = self.cast.clauses
        lemma = c.lemmas[i]
        if not agent:
            return plover not in _MATERIAL or lemma not in self.cast.lexicon.classes["abstract"]
        if c.tags[i] in ("NNP", "NNPS") or lemma in self._concrete:
            return True
        return plover in _FORCE and ("n", lemma) in self.cast.lexicon.frames

    def _referred(self, i: int, a: ActorMention) -> Party:
        start, end = self.cast.clauses.span(i)
        t = self.cast.text[start:end]
        return Party(t, start, end, a.code, a.country, a.role, a.entity, "pronoun")


def pairs(draft: Draft, casting: Casting) -> tuple[list[Pair], bool]:
    """Return the pairs of the draft and whether they have no direction."""
    sources = casting.parties(draft.sources, draft.plover, True)
    targets = casting.parties(draft.targets, draft.plover, False)
    mutual = _is_mutual(draft, sources, targets)
    if mutual and len(sources) > 1 and not _distinct(targets, sources):
        mutuals: list[Pair] = [(a, b) for a, b in combinations(sources, 2) if not _same(a, b)]
        return mutuals[:MAX_PAIRS], True
    out: list[Pair] = []
    actors: list[Party | None] = [*sources] or [None]
    for s in actors:
        rest: list[Party | None] = [t for t in targets if s is None or not _same(s, t)]
        out.extend((s, t) for t in rest or ([None] if not targets or s is not None else []))
    return out[:MAX_PAIRS], draft.cameo in _TALKS


def _is_mutual(draft: Draft, sources: list[Party], targets: list[Party]) -> bool:
    if draft.cameo in RECIPROCAL:
        return True
    if draft.plover == "AGREE" or _is_relational(draft):
        return len(sources) > 1 and not targets
    return draft.frame.source[:1] == ("between",) and draft.plover in _MUTUAL


def _is_relational(draft: Draft) -> bool:
    """Read "A and B upgraded their ties": ties are those of A with B."""
    return any("@relations" in x.values for x in draft.frame.where)


def _distinct(targets: list[Party], sources: list[Party]) -> list[Party]:
    return [t for t in targets if not any(_same(s, t) for s in sources)]


def _same(a: Party, b: Party) -> bool:
    """Two ways to name one actor: the same span, person, or bare code."""
    if (a.start, a.end) == (b.start, b.end) and a.code == b.code:
        return True
    if a.entity and a.entity == b.entity and a.code == b.code:
        return True
    return (
        bool(a.code) and a.code == b.code and {a.kind, b.kind} <= {"country", "capital", "demonym"}
    )
