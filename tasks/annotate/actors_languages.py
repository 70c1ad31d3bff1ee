"""Languages other than English: country names from CLDR, endings, and how a phrase is built."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from tasks.annotate.tables import SEEDS, read_table, split_list

FOLDER = SEEDS / "actors"
# One-letter words that Arabic writes together with the next: and, so, by, to, as; to the.
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك")
_ARABIC_ARTICLE = "ال"


class Grammar(NamedTuple):
    """How a noun phrase is built.

    Attributes:
        after: The nation's adjective follows the noun ("tropas rusas").
        touch: A country's name follows the noun with nothing between ("президент России").
        of: Matches the words between a role and the nation it belongs to; None for English.
        within: The same for the nation it is in.
        place_words: Those of `within` and more, behind which a capital is a place.
    """

    after: bool
    touch: bool
    of: re.Pattern[str] | None
    within: re.Pattern[str] | None
    place_words: tuple[str, ...]


ENGLISH = Grammar(after=False, touch=False, of=None, within=None, place_words=())


def base_language(lang: str) -> str:
    """Return the language that a text is read in: pt for pt-BR, English where none is known."""
    base = lang.split("-")[0].lower()
    return "en" if base in ("", "und") else base


@functools.lru_cache(maxsize=32)
def load_grammar(lang: str) -> Grammar:
    """Return the grammar of a language; English for those without one."""
    for row in read_table(FOLDER / "grammar.csv", ("lang", "after", "touch", "of", "in")):
        if row["lang"] == lang:
            return Grammar(
                after=row["after"] == "yes",
                touch=row["touch"] == "yes",
                of=_words(row["of"]) or _NOTHING,
                within=_words(row["in"]),
                place_words=tuple(
                    f" {word} " for cell in ("in", "to") for word in split_list(row[cell])
                ),
            )
    return ENGLISH


_NOTHING = re.compile("(?!)")


def _words(cell: str) -> re.Pattern[str] | None:
    words = sorted(split_list(cell), key=len, reverse=True)
    if not words:
        return None
    return re.compile(" (?:" + "|".join(w if w[-1] == "'" else w + " " for w in words) + ")")


@functools.lru_cache(maxsize=32)
def _forms(lang: str) -> dict[str, list[str]]:
    rows = read_table(FOLDER / "forms.csv", ("lang", "name", "endings"))
    return {r["name"]: _endings(r["endings"]) for r in rows if r["lang"] == lang}


def _endings(cell: str) -> list[str]:
    return ["" if ending == "-" else ending for ending in split_list(cell)]


def expand(alias: str, lang: str) -> list[str]:
    """Return the forms of an alias: "rus+o" in Spanish is ruso, rusa, rusos, rusas."""
    stem, plus, name = alias.partition("+")
    form, _, rest = name.partition(" ")
    endings = _forms(lang).get(form) if plus else None
    if endings is None:
        return [alias]
    return [f"{stem}{ending} {rest}".rstrip() for ending in endings]


class Title(NamedTuple):
    """What a title before a bare last name means.

    Attributes:
        offices: Offices of people.csv that it may be.
        rare: So many bear it that the last name must be one person's alone.
    """

    offices: frozenset[str]
    rare: bool


@functools.lru_cache(maxsize=32)
def load_titles(lang: str) -> dict[str, Title]:
    """Return the titles of a language, in lower case."""
    rows = read_table(FOLDER / "titles.csv", ("words", "lang", "offices", "rare"))
    return {
        form.lower(): Title(frozenset(split_list(row["offices"])), row["rare"] == "yes")
        for row in rows
        if row["lang"] == lang
        for word in split_list(row["words"])
        for form in expand(word, lang)
    }


def known_form(alias: str, lang: str) -> bool:
    """Tell whether forms.csv has the endings that an alias with a "+" asks for."""
    return alias.partition("+")[2].partition(" ")[0] in _forms(lang)


def country_names(lang: str) -> Iterator[tuple[str, str]]:
    """Yield (ISO 3166-1 alpha-2, name) for every country that CLDR names in a language."""
    try:
        territories = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in sorted(territories.items()):
        if len(code) == 2:
            for form in _bent(name, lang):
                yield code, form


def _bent(name: str, lang: str) -> list[str]:
    """Return a country's name in its cases, where the language has them and it is one word."""
    rules = [] if " " in name else _inflections(lang)
    for ending, others in rules:
        if name.endswith(ending):
            stem = name[: len(name) - len(ending)]
            return sorted({name, *(stem + other for other in others)})
    return [name]


@functools.lru_cache(maxsize=32)
def _inflections(lang: str) -> list[tuple[str, list[str]]]:
    rows = read_table(FOLDER / "inflections.csv", ("lang", "ending", "endings"))
    own = [(r["ending"], _endings(r["endings"])) for r in rows if r["lang"] == lang]
    return sorted(own, key=lambda rule: (-len(rule[0]), rule[0]))


def with_prefixes(name: str, lang: str) -> list[str]:
    """Return a name as Arabic writes it behind its one-letter words; in other languages itself."""
    if lang != "ar":
        return [name]
    forms = [name, *(prefix + name for prefix in _ARABIC_PREFIXES)]
    if name.startswith(_ARABIC_ARTICLE):
        forms.append("لل" + name.removeprefix(_ARABIC_ARTICLE))
    return forms
