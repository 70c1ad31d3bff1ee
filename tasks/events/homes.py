"""Which country "police" and "protesters" belong to, where no nation is named with them.

In this order, the first that answers; the name of the rule is added to the mention's own:

1. owner: of "its army" and "his adviser", the country of the other party where that is named
   before, else of who says so.
2. earlier: bodies by the same word that the text named with a nation shortly before, all of one
   country ("Zimbabwean police ... police"; "American troops in Iraq ... the troops").
3. place: the country where the event is told to have happened, or of the place acted upon.
4. sentence: the only country of which the sentence names a place, apart from the other party.
5. dateline: the country of the place that the article is written from.
6. article: the country of most places and actors named up to here (`SHARE` of them at least), if
   a place in it is among them.

The place of an attack is that of the attacked: 3 to 6 are for civil bodies, never for troops, weapons,
gunmen and rebels, nor for a state that uses force; of those only the attacked and the arrested get
the place of the event (3). None for reporters, refugees, business and
unnamed persons, nor for experts who speak, nor for those whom their words mark as from elsewhere
("foreign troops", "peacekeepers"), and no state uses force on its own army.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from tasks.annotate.places import PEOPLE
from tasks.annotate.types import Annotation, PlaceMention
from tasks.events.anaphora import LOOK_BACK
from tasks.events.dateline import after_dateline
from tasks.events.mention import Mention
from tasks.events.parties import Cast, Party
from tasks.events.tables import SEEDS, read_table

SHARE = 0.6
# Bodies of the place they act in; those who fight come from anywhere.
_CIVIL = frozenset(
    {"COP", "JUD", "LEG", "GOV", "OPP", "PTY", "CVL", "LAB", "EDU", "AGR", "REL", "MED"}
)
_FIGHTERS = frozenset({"MIL", "REB", "UAF", "PRM", "SPY", "CRM"})
_DOMESTIC = _CIVIL | _FIGHTERS
_SPEAKERS = frozenset(
    ["GOV", "MIL", "LEG", "OPP", "PTY", "REB", "SPY", "JUD", "COP"]
)  # whose words matter
_OWNERS = frozenset({"its", "his", "her", "their", "our", "my"})
_FORCE = frozenset({"ASSAULT", "MOBILIZE"})
_ATTACKS = frozenset({"ASSAULT", "COERCE"})


@cache
def _countries() -> frozenset[str]:
    return frozenset(r["code"] for r in read_table(SEEDS / "actors" / "countries.csv"))


class Homes:
    """The countries that an article names, in the order of the text."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        named = {a.start: a.country for a in annotation.actors if a.country in _countries()}
        located = [p for p in annotation.places if p.country and p.level != PEOPLE]
        named |= {p.start: p.country for p in located}
        self._named = sorted(named.items())
        self._starts = [start for start, _ in self._named]
        self._first_place = {p.country: p.start for p in reversed(located)}
        self._bodies = [a for a in annotation.actors if a.country in _countries() and a.role]
        self._body_starts = [a.start for a in self._bodies]
        self._dateline = self._written_from()

    def settle(self, mention: Mention, cast: Cast) -> Mention:
        """Return the mention with a country for each party that lacks one, where a rule gives it."""
        source, first = self._at_home(mention, mention.source, mention.target, cast)
        target, second = self._at_home(mention, mention.target, mention.source, cast)
        if (not first and not second) or _against_itself(mention, source, target):
            return mention
        rules = [f"source:{first}"] * bool(first) + [f"target:{second}"] * bool(second)
        return replace(
            mention, source=source, target=target, rule=" + ".join([mention.rule, *rules])
        )

    def _at_home(
        self, m: Mention, party: Party | None, other: Party | None, cast: Cast
    ) -> tuple[Party | None, str]:
        """Return the party with its country and the rule that gave it, or as it is and nothing."""
        if party is None or not _is_domestic(party, m, cast) or _is_outsider(party, cast):
            return party, ""
        if not _OWNERS.isdisjoint(_words(party, cast)):
            answers: Iterable[tuple[str, str]] = [("owner", _owner(m, party, other))]
        else:
            answers = self._answers(m, party, other, cast)
        for basis, country in answers:
            if country in _countries():
                code = country + party.code[3:]
                return replace(party, code=code, country=country), basis
        return party, ""

    def _answers(
        self, m: Mention, party: Party, other: Party | None, cast: Cast
    ) -> Iterable[tuple[str, str]]:
        yield "earlier", self._earlier(m, party)
        if _fights(m, party):
            if m.plover in _ATTACKS and party is m.target:
                yield "place", _of_place(m.place, None)
            return
        yield "place", _of_place(m.place, other)
        yield "sentence", _only(p for p in cast.place_at.values() if not _inside(p, other))
        yield "dateline", self._dateline
        yield "article", self._article(m.end)

    def _earlier(self, m: Mention, party: Party) -> str:
        """Return the country of the bodies of this role shortly before, if they have one alone."""
        first = max(0, m.sentence_index - LOOK_BACK)
        start = self.annotation.sentences[first].start
        near = self._bodies[
            bisect_left(self._body_starts, start) : bisect_left(self._body_starts, party.start)
        ]
        found = {a.country for a in near if _head(a.text) == _head(party.text)}
        return found.pop() if len(found) == 1 else ""

    def _article(self, end: int) -> str:
        """Return the country that the article is about up to offset `end`."""
        counts = Counter(c for _, c in self._named[: bisect_left(self._starts, end)])
        best = max(counts, key=lambda c: (counts[c], c), default="")
        located = self._first_place.get(best, end) < end
        return best if located and counts[best] >= SHARE * counts.total() else ""

    def _written_from(self) -> str:
        a = self.annotation
        if not a.sentences:
            return ""
        first = a.sentences[0]
        starts = {p.start for p in a.places} | {x.start for x in a.actors}
        behind = after_dateline(a.masked, first.start, first.end, starts)
        return _only(p for p in a.places if first.start <= p.start < behind)


def _owner(m: Mention, party: Party, other: Party | None) -> str:
    """Return the country of who stands before "its troops": "Ethiopia said its troops ..."."""
    if other is not None and other.start < party.start:
        return other.country
    return m.attribution.actor[:3] if m.attribution else ""


def _only(places: Iterable[PlaceMention]) -> str:
    """Return the country of the places if it is one."""
    found = {p.country for p in places if p.level != PEOPLE}
    return found.pop() if len(found) == 1 else ""


def _of_place(place: PlaceMention | None, other: Party | None) -> str:
    if place is not None:
        return place.country
    acted_upon = other is not None and other.kind in ("place", "capital") and not other.role
    return other.country if other is not None and acted_upon else ""


def _inside(place: PlaceMention, party: Party | None) -> bool:
    return party is not None and party.start <= place.start < party.end


def _head(text: str) -> str:
    """Return the last word, in the singular as far as an -s makes the plural."""
    return text.rpartition(" ")[2].lower().removesuffix("s")


def _is_domestic(p: Party, m: Mention, cast: Cast) -> bool:
    """Say whether the party is a body that belongs to some country, none of them named."""
    if p.country:
        return False
    if not p.code and m.plover == "PROTEST":  # "thousands marched"
        return not cast.lexicon.classes["quantifier"].isdisjoint(_words(p, cast))
    return p.code.startswith("---") and p.role in (_DOMESTIC if m.plover else _SPEAKERS)


def _fights(m: Mention, p: Party) -> bool:
    """Say whether the party is one of arms, or a state that uses them."""
    uses_force = m.plover in _FORCE and p is m.source and p.role == "GOV"
    return uses_force or not _FIGHTERS.isdisjoint(_roles(p))


def _roles(p: Party) -> list[str]:
    """Return the codes of a party after its country."""
    return [p.code[i : i + 3] for i in range(3, len(p.code), 3)]


def _is_outsider(p: Party, cast: Cast) -> bool:
    """Say whether the words of the party mark it as from elsewhere, or as nobody."""
    words, classes = _words(p, cast), cast.lexicon.classes
    if p.is_indirect and words.isdisjoint(classes["person"]):
        return True  # "extremist ideology" is nobody's body
    return not words.isdisjoint(classes.get("outsider", ()))


def _words(p: Party, cast: Cast) -> set[str]:
    """Return the words of a party and of what stands before it, as they are and as lemmas."""
    c = cast.clauses
    inside = [i for i, t in enumerate(c.tokens) if p.start <= t.start < p.end]
    words = [*inside, *(k for i in inside for k in c.kids(i, "amod", "compound", "nmod:poss"))]
    return {w for i in words for w in (c.low[i], c.lemmas[i])}


def _against_itself(m: Mention, source: Party | None, target: Party | None) -> bool:
    """A state that would use force on itself: one of the two is somebody else."""
    if m.plover not in _FORCE or source is None or target is None:
        return False
    roles = {source.role or "GOV", target.role or "GOV"}
    return source.country == target.country and roles <= {"GOV", "MIL"}
