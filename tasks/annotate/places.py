"""Finds the places that a text names and decides which of their namesakes is meant."""

from __future__ import annotations

import re
from bisect import bisect_right

from tasks.annotate.actors_context import drop_persons
from tasks.annotate.actors_languages import base_language
from tasks.annotate.actors_match import Part, load_matcher, normalise
from tasks.annotate.actors_names import is_title_case
from tasks.annotate.places_accept import Accepter
from tasks.annotate.places_find import Finder, Span, lies_in
from tasks.annotate.places_resolve import Context, resolve
from tasks.annotate.places_table import (
    Place,
    federal_countries,
    load_country_names,
    load_gazetteer,
    load_words,
    weigh,
)
from tasks.annotate.types import ActorMention, PlaceMention, Sentence

# Countries weigh as the population of a large one, so that a village of the same name needs signs.
_COUNTRY_POPULATION = 10_000_000
# A country has an adjective before its bodies, a division has none; as a power of ten.
_ADJECTIVE = 1.5
# Level of a nation's adjective or people: it says which country, not where.
PEOPLE = "people"


def find_places(
    masked: str,
    sentences: list[Sentence],
    actors: list[ActorMention],
    *,
    lang: str = "en",
    home: str = "",
) -> list[PlaceMention]:
    """Return the places named in a text, in order of their offsets.

    Args:
        masked: The text with markup blanked; every mention's text is a slice of it.
        sentences: Its sentences; no mention crosses their borders.
        actors: The actors found in it: names of persons and organisations hold no places.
        lang: Language of the text, BCP 47.
        home: Country of the publisher, ISO 3166-1 alpha-3; breaks ties between namesakes.
    """
    plain = normalise(masked)
    gazetteer, words = load_gazetteer(), load_words()
    nations = _nations(plain, lang)
    taken = _Cover([_name_span(a) for a in actors if a.kind in ("person", "org", "metonym")])
    finder = Finder(plain, gazetteer, words)
    spans: list[Span] = []
    for sentence in sentences:
        headline = is_title_case(plain[sentence.start : sentence.end])
        spans += [s for s in finder.spans(sentence, headline) if not taken.holds(s.start, s.end)]
    _add_parents(plain, spans, nations)
    spans = _add_countries(spans, nations)
    accepted = Accepter(words).accept(spans)
    context = Context(home=home)
    accepted.sort(key=lambda s: s.start)
    covered = _Cover([(s.start, s.end) for s in accepted])
    alone = [p for p in nations if not covered.holds(p.start, p.end)]
    for part in alone:
        context.countries[part.entry.country] += 1
    mentions = [
        _mention(masked, s.start, s.end, place)
        for s, place in zip(accepted, resolve(accepted, context), strict=True)
    ]
    mentions += [_nation_mention(masked, part) for part in alone]
    return sorted(mentions, key=lambda m: (m.start, m.end))


# A country behind a comma tells where a town is if no word follows; a country's name before it begins
# a list of countries if another name follows.
_ENDS = re.compile(r"[,.;:)]|$")
_LIST = re.compile(r",? (?:and|or|y|o|et|ou|e) |, [A-Z]")
_TOWN = 50_000


def _add_parents(plain: str, spans: list[Span], nations: list[Part]) -> None:
    """Tell the country behind a comma: "Granada, Nicaragua"."""
    by_start = {p.start: p for p in nations if p.kind == "country"}
    for span in spans:
        nation = by_start.get(span.end + len(", "))
        if nation is None or span.parent or not plain.startswith(", ", span.end):
            continue
        if not _ENDS.match(plain, nation.end):
            continue
        if span.start in by_start and _LIST.match(plain, nation.end):
            continue
        parent = (nation.entry.country, "")
        if any(p.population >= _TOWN and lies_in(p, parent) for p in span.places):
            span.parent = parent


def _add_countries(spans: list[Span], nations: list[Part]) -> list[Span]:
    """Add the country to the places of its name, and drop the towns: they need a stated parent.

    Who writes of Brazil, Indiana, says so once. A division of the name stays a rival in federal
    countries, as the American Georgia, more so before a body ("Georgia police": the country's would be
    Georgian), and elsewhere where the words say so: the province of Luxembourg. A name inside the longer one of a nation is left out: the Papua of Papua New Guinea.
    """
    told = {span.name for span in spans if span.parent}
    bodies = {span.name for span in spans if span.body}
    by_end = {p.end: p for p in nations}
    inside = _Cover([(p.start, p.end) for p in nations])
    kept: list[Span] = []
    for span in spans:
        nation = by_end.get(span.end)
        if nation is None or not nation.start <= span.start:
            if not inside.within(span.start, span.end):
                kept.append(span)
            continue
        if span.start not in (nation.start, nation.start + len("the ")):
            continue
        country = _country(nation)
        if span.name in bodies:
            country = country._replace(weight=country.weight - _ADJECTIVE)
        rivals = span.places
        if nation.kind == "country" and span.name not in told:
            rivals = [p for p in rivals if p.country == country.country or _rivals(p, span)]
        span.places = rivals if span.division and rivals else [*rivals, country]
        kept.append(span)
    return kept


def _rivals(place: Place, span: Span) -> bool:
    if span.division:
        return place.level in ("admin1", "other")
    return place.level == "admin1" and place.country in federal_countries()


def _name_span(actor: ActorMention) -> tuple[int, int]:
    """Return where the name is: a person's phrase may begin with a place ("Paris Mayor Hidalgo")."""
    if actor.kind != "person":
        return actor.start, actor.end
    before = actor.text[: actor.head - actor.start].rstrip(" ")
    return actor.start + before.rfind(" ") + 1, actor.end


class _Cover:
    """Spans that do not overlap, to ask whether another touches one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def within(self, start: int, end: int) -> bool:
        """Tell whether one span holds all of another."""
        number = bisect_right(self.starts, start) - 1
        return number >= 0 and self.spans[number][1] >= end

    def holds(self, start: int, end: int) -> bool:
        number = bisect_right(self.starts, end - 1) - 1
        return number >= 0 and self.spans[number][1] > start


# Heads of code that are no single country.
_NO_COUNTRY = frozenset({"", "EUR", "AFR", "MEA", "INT", "IGO", "UNO", "IMG"})
_NATIONS = frozenset({"country", "demonym", "people"})


def _nations(plain: str, lang: str) -> list[Part]:
    matcher = load_matcher(base_language(lang))
    parts = [p for p in matcher.find(plain, _NATIONS) if p.entry.country not in _NO_COUNTRY]
    return drop_persons(plain, parts, matcher)


def _country(part: Part) -> Place:
    code = part.entry.country
    name = load_country_names().get(code, code)
    return weigh(Place(name, "country", code, "", None, None, _COUNTRY_POPULATION, None))


def _mention(masked: str, start: int, end: int, place: Place) -> PlaceMention:
    level = "other" if place.level == "admin2" else place.level
    return PlaceMention(
        start=start,
        end=end,
        text=masked[start:end],
        name=place.name,
        level=level,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        geoname_id=place.geoname_id,
    )


def _nation_mention(masked: str, part: Part) -> PlaceMention:
    level = "country" if part.kind == "country" else PEOPLE
    start, end = part.start, part.end
    code = part.entry.country
    name = load_country_names().get(code, code)
    return PlaceMention(start, end, masked[start:end], name, level, code, "", None, None, None)
