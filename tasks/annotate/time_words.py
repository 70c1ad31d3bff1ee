"""Builds the grammar of time expressions of a language from its tables."""

from __future__ import annotations

import re
from functools import cache

from tasks.annotate.grammar import Grammar, Values
from tasks.annotate.lexicon import base_language, cldr_rows, pattern_rows, read_table
from tasks.annotate.patterns import read_pattern

# One token of every shape that figures may have, so that each set of classes is known.
_PROBES = [
    "7",
    "31",
    "45",
    "99",
    "150",
    "2014",
    "1850",
    "3000",
    "150,000",
    "2.5",
    "20th",
    "45th",
    "2022-02-22",
    "6/16/2021",
    "16.6.2021",
    "6/7",
    "14:48",
    "4:30pm",
    "4pm",
    "10am",
    "1990s",
    "80s",
    "45min",
    "1h",
    "02:03:04",
]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*$")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)$")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])$")  # 20220221
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)(?:[:.][0-5]\d)?$")
_AMPM = re.compile(r"(?:0?\d|1[0-2])(?:[:.][0-5]\d)?(?:am|pm)$")
_DECADE = re.compile(r"((?:1[5-9]|20)?\d0)['’]?s$")
_SUFFIXED = re.compile(r"(\d{1,2})([^\W\d_]+)$")


class Shapes:
    """Reads tokens that begin with a digit: numbers, years, days, dates, clock times."""

    def __init__(self, suffixes: frozenset[str], month_first: bool) -> None:
        self.suffixes, self.month_first = suffixes, month_first

    def __call__(self, token: str) -> Values:
        """Return the classes of the token and their values."""
        if _NUMBER.match(token):
            return self._figure(token)
        if found := _ISO.match(token):
            return {"NUMDATE": (int(found[1]), int(found[2]), int(found[3]))}
        if found := _FIGURES.match(token):
            return self._date(found)
        return self._lettered(token)

    def _figure(self, token: str) -> Values:
        if found := _FIGURES.match(token):
            return self._date(found)
        if found := _COMPACT.match(token):
            return {"NUMDATE": (int(found[1]), int(found[2]), int(found[3]))}
        values: Values = {}
        plain = token.replace(",", "")
        if plain.isdigit():
            number = int(plain[:9])
            values["NUMBER"] = number
            if len(token) <= 2 and 1 <= number <= 31:
                values["DAY"] = number
            if len(token) == 4 and token.isdigit() and 1800 <= number < 2100:
                values["YEAR"] = number
        return values

    def _date(self, found: re.Match[str]) -> Values:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        month_first = self.month_first and found[2] in "/-" and first <= 12
        if second > 12:
            month_first = True
        month, day = (first, second) if month_first else (second, first)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return {}
        if len(found[4]) == 2:
            year += 2000 if year < 50 else 1900
        return {"NUMDATE": (year, month, day)}

    def _lettered(self, token: str) -> Values:
        folded = token.lower()
        if _CLOCK.match(folded):
            return {"CLOCK": token}
        if _AMPM.match(folded):
            return {"CLOCKAMPM": token}
        if found := _DECADE.match(folded):
            return {"DECADE": int(found[1])}
        found = _SUFFIXED.match(folded)
        if found and found[2] in self.suffixes and 1 <= int(found[1]) <= 31:
            return {"ORDINAL": int(found[1]), "DAYTH": int(found[1])}
        return {}


_SETTINGS = ("ORDSUFFIX", "PASTSUFFIX", "MONTHFIRST", "PREFIX")


class TimeWords:
    """The grammars of one language: of expressions, and of the cues for future and past."""

    def __init__(self, lang: str) -> None:
        rows = read_table(lang, "time_words") + cldr_rows(lang, "cldr_words")
        if rows:
            rows += read_table("common", "time_words")
        settings = {r["class"]: r["forms"].lower().split() for r in rows if r["class"] in _SETTINGS}
        self.past_suffixes = tuple(settings.get("PASTSUFFIX", ()))
        suffixes = settings.get("ORDSUFFIX", [])
        shapes = Shapes(frozenset(suffixes), "MONTHFIRST" in settings)
        probes = [*_PROBES, *(f"1{suffix}" for suffix in suffixes)]
        listed = pattern_rows(lang, "time_patterns") if rows else []
        own = len(read_table(lang, "time_patterns"))  # those of CLDR come behind them
        if lang != "en":
            listed[own:own] = cldr_rows(lang, "cldr_patterns")
        patterns = [read_pattern(r) for r in listed]
        cues = [p for p in patterns if p.rule.startswith("cue_")]
        dates = [p for p in patterns if not p.rule.startswith("cue_")]
        self.dates = Grammar(*word_classes(rows), shapes, probes, dates)
        self.cues = Grammar(*word_classes(rows), shapes, probes, cues)


@cache
def time_words(lang: str) -> TimeWords:
    """Return the grammars of a language, built once."""
    return TimeWords(base_language(lang))


def word_classes(rows: tuple[dict[str, str], ...]) -> tuple[dict[str, Values], dict[str, Values]]:
    """Return the classes of forms in any case, and of forms that need a capital letter.

    Where two rows give a form the same class, the first counts. A row of the class PREFIX adds
    each form with what is written together with it (Arabic conjunctions and prepositions).
    """
    either: dict[str, Values] = {}
    titles: dict[str, Values] = {}
    prefixes = [p for r in rows if r["class"] == "PREFIX" for p in r["forms"].split()]
    for row in rows:
        if row["class"] not in _SETTINGS:
            table = titles if row["case"] == "title" else either
            forms = row["forms"].lower().split()
            for form in forms + [p + f for f in forms for p in prefixes if f[0].isalpha()]:
                table.setdefault(form, {}).setdefault(row["class"], row["value"])
    return either, titles
