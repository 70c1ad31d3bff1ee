"""Decides which names are places: what a name alone does not tell, the words beside it do."""

from __future__ import annotations

from tasks.annotate.places_find import Span, lies_in
from tasks.annotate.places_table import Words

# A city that readers know without being told where it is.
KNOWN_CITY = 100_000
# The same for a city under another of its names, such as that in another language.
METROPOLIS = 150_000
_FUNCTION_WORDS = frozenset(
    [
        "The",
        "In",
        "At",
        "On",
        "From",
        "To",
        "Of",
        "For",
        "By",
        "With",
        "And",
        "But",
        "Or",
        "As",
        "If",
        "When",
        "While",
        "After",
        "Before",
        "Since",
        "Near",
        "Outside",
        "Inside",
        "Around",
        "Across",
        "Over",
        "Under",
        "Between",
        "Through",
        "Both",
        "Also",
        "Then",
        "Now",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "His",
        "Her",
        "Their",
        "Our",
        "Its",
        "My",
        "Your",
        "I",
        "He",
        "She",
        "They",
        "We",
        "It",
        "Meanwhile",
        "However",
        "Although",
        "Though",
        "Because",
        "Unlike",
        "Like",
        "Via",
        "Into",
        "Toward",
        "Towards",
        "Throughout",
        "Within",
        "Neighboring",
        "Neighbouring",
        *("Le", "La", "Les", "El", "Los", "Las", "En", "Il", "Der", "Die", "Das", "Em"),
    ]
)


class Accepter:
    """Decides span by span over one article, in two rounds."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.sure: set[str] = set()
        self.persons: set[str] = set()

    def accept(self, spans: list[Span]) -> list[Span]:
        """Return the spans that name places.

        First those whose own surroundings say so; then other spans of the same names.
        """
        for span in spans:
            if self._is_surname(span) or self._is_given_name(span):
                self.persons.add(span.name)
            elif self._is_told(span):
                self.sure.add(span.name)
        return [span for span in spans if self._keep(span)]

    def _is_surname(self, span: Span) -> bool:
        """Tell whether a capitalised word touches it on the left: Jack London."""
        if span.headline or span.feature or self._fits_parent(span):
            return False
        return bool(span.left) and not self._may_precede(span.left)

    def _is_given_name(self, span: Span) -> bool:
        """Tell whether it is a name of persons, and touches another on the right: Sidney Crosby."""
        given = self._is_word(span) or span.name in self.words.given
        return given and self._runs_on(span)

    def _runs_on(self, span: Span) -> bool:
        if span.headline or span.feature or not span.right:
            return False
        return not self._may_follow(span.right)

    def _may_precede(self, word: str) -> bool:
        return (
            word in _FUNCTION_WORDS
            or word in self.words.directions
            or word.endswith(("ian", "ish", "ese"))
        )

    def _may_follow(self, word: str) -> bool:
        return word in self.words.bodies or word in self.words.features or word in _FUNCTION_WORDS

    def _is_told(self, span: Span) -> bool:
        """Tell whether the words beside it say that it is a place."""
        if self._runs_on(span) and not self._is_known(span):
            return False
        said = span.feature or span.located or span.division
        return said or self._fits_parent(span) or self._names_itself(span)

    def _names_itself(self, span: Span) -> bool:
        """Tell whether its own last word ("Walker County") or the next ("Leeds Council") says so."""
        own = " " in span.name and span.name.rsplit(" ", 1)[1] in self.words.bodies
        return own or ((span.local or span.right in self.words.bodies) and not self._is_word(span))

    def _is_word(self, span: Span) -> bool:
        return span.name in self.words.names

    def _fits_parent(self, span: Span) -> bool:
        return span.parent is not None and any(lies_in(p, span.parent) for p in span.places)

    def _keep(self, span: Span) -> bool:
        if self._is_surname(span) or self._is_given_name(span):
            return False
        common = self._is_word(span) and not any(p.level == "country" for p in span.places)
        if self._is_told(span):
            return not (common and span.name in self.persons)
        if span.name in self.persons:
            return False
        return span.name in self.sure or (self._is_known(span) and not common)

    def _is_known(self, span: Span) -> bool:
        return any(
            (p.population >= (METROPOLIS if p.is_alias else KNOWN_CITY) and p.level != "admin2")
            or p.level in ("admin1", "country")
            for p in span.places
        )
