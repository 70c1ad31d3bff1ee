"""What differs from language to language in a lexicon: its forms and its words of grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tasks.events import inflect

Forms = Callable[[str, Mapping[str, tuple[str, ...]]], set[str]]
Glosses = Mapping[str, tuple[str, ...]]
ROMANCE = ("es", "fr")


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language makes the forms of a verb and of a noun from the lemma.

    Attributes:
        shares_forms: One form may belong to several verbs (reunir, reunirse), so that a form alone
            does not tell which words its frames need.
    """

    verb_forms: Forms
    noun_forms: Forms
    shares_forms: bool = False


def inflection(lang: str) -> Inflection:
    """Return the inflection of a language; English where the language has none of its own."""
    if lang not in ROMANCE:
        return Inflection(inflect.verb_forms, inflect.noun_forms)
    from tasks.events.reader_romance.morphology import load_morphology

    own = load_morphology(lang)
    return Inflection(own.verb_forms, own.noun_forms, shares_forms=True)


def glosses(lang: str) -> Glosses:
    """Return word of grammar -> the English names by which rules ask for it; empty for English."""
    if lang not in ROMANCE:
        return {}
    from tasks.events.reader_romance.grammar import load_grammar

    return load_grammar(lang).glosses
