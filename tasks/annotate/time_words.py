"""Builds the grammar of time expressions of a language from its tables."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tasks.annotate.grammar import Grammar, Values
from tasks.annotate.lexicon import base_language, cldr_rows, pattern_rows, read_table
from tasks.annotate.patterns import read_pattern

# One token of every shape that figures may have, so that each set of classes is known.
_PROBES = [
    "7",
    "07",
    "31",
    "45",
    "99",
    "150",
    "2014",
    "1990",
    "1230",
    "0600",
    "3000",
    "150,000",
    "2.5",
    "2.50",
    "25.01",
    "18.30",
    "3.99",
    "25,2011",
    "20th",
    "45th",
    "2022-02-22",
    "2022/23",
    "25/1",
    "6/16/2021",
    "16.6.2021",
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
_ISO = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)$")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])$")  # 20220221
_DAY_YEAR = re.compile(r"(\d\d?)[,.]((?:1[89]|20)\d\d)$")  # January 25,2011
_DAY_MONTH = re.compile(r"(\d\d?)([./])(\d\d?)$")
_SPAN = re.compile(r"((?:1[89]|20)\d\d)/((?:1[89]|20)?\d\d)$")  # 2022/23
_HHMM = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d$")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)(?:[:.][0-5]\d)?$")
_AMPM = re.compile(r"(?:0?\d|1[0-2])(?:[:.][0-5]\d)?(?:am|pm)$")
_DECADE = re.compile(r"((?:1[5-9]|20)?\d0)['’]?s$")
_SUFFIXED = re.compile(r"(\d{1,4})([^\W\d_]+)$")


class Shapes:
    """Reads tokens that begin with a digit: numbers, years, days, dates, clock times.

    Args:
        suffixes: Letters behind a figure that make it an ordinal (st, nd).
        decades: Letters behind a figure that make it a decade (1990er).
        glued: Words of MONTH and YEARWORD, for what is written without a blank (25January).
        month_first: 6/16/2021 is in June.
    """

    def __init__(
        self,
        suffixes: frozenset[str],
        decades: frozenset[str],
        glued: dict[str, Values],
        month_first: bool,
    ) -> None:
        self.suffixes, self.decades, self.glued = suffixes, decades, glued
        self.month_first = month_first

    def __call__(self, token: str) -> Values:
        """Return the classes of the token and their values."""
        if found := _ISO.match(token):
            return {"NUMDATE": (int(found[1]), int(found[3]), int(found[4]))}
        if found := _FIGURES.match(token):
            return self._date(found)
        if _NUMBER.match(token):
            return self._figure(token)
        if found := _DAY_MONTH.match(token):
            return self._day_month(found)
        if found := _SPAN.match(token):
            return self._span(found)
        return self._lettered(token)

    def _figure(self, token: str) -> Values:
        if found := _COMPACT.match(token):
            return {"NUMDATE": (int(found[1]), int(found[2]), int(found[3]))}
        if (found := _DAY_YEAR.match(token)) and 1 <= int(found[1]) <= 31:
            return {"DAYYEAR": (int(found[1]), int(found[2]))}
        values: Values = {}
        plain = token.replace(",", "")
        if plain.isdigit():
            number = int(plain[:9])
            values["NUMBER"] = number
            if len(token) <= 2 and 1 <= number <= 31:
                values["DAY"] = number
            if len(token) == 2:
                values["YEARTAIL"] = number
            if len(token) == 4 and token.isdigit() and 1800 <= number < 2100:
                values["YEAR"] = number
            if _HHMM.match(token):
                values["HHMM"] = token
        elif found := _DAY_MONTH.match(token):
            values = self._day_month(found)
            if _CLOCK.match(token):
                values["HOURDOT"] = token
        return values

    def _day_month(self, found: re.Match[str]) -> Values:
        day, month = int(found[1]), int(found[3])
        known = 1 <= day <= 31 and 1 <= month <= 12
        name = {".": "DOTDATE", "/": "SLASHDATE"}[found[2]]
        return {name: (day, month)} if known else {}

    def _span(self, found: re.Match[str]) -> Values:
        first = int(found[1])
        last = int(found[2]) + (first // 100 * 100 if len(found[2]) == 2 else 0)
        return {"YEARSPAN": (first, last)} if first < last else {}

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
        return self._suffixed(found[1], found[2]) if found else {}

    def _suffixed(self, figure: str, letters: str) -> Values:
        number, glued = int(figure), self.glued.get(letters, {})
        if len(figure) == 4:
            if 1800 <= number < 2100 and "YEARWORD" in glued:
                return {"YEAR": number, "GLUED": number}
        elif len(figure) < 3 and 1 <= number <= 31 and "MONTH" in glued:
            return {"DAYMONTH": (number, int(str(glued["MONTH"])))}
        elif letters in self.suffixes and 1 <= number <= 31:
            return {"ORDINAL": number, "DAYTH": number}
        if letters in self.decades and number % 10 == 0 and len(figure) in (2, 4):
            return {"DECADE": number}
        return {}


_SETTINGS = (
    "ORDSUFFIX",
    "DECADESUFFIX",
    "PASTSUFFIX",
    "FUTURESUFFIX",
    "MONTHFIRST",
    "PREFIX",
    "KNOWNDAY",
)


class TimeWords:
    """The grammars of one language: of expressions, and of the cues for future and past."""

    def __init__(self, lang: str) -> None:
        own = read_table(lang, "time_words")
        listed = {(r["class"], form) for r in own for form in r["forms"].lower().split()}
        # What the language's own table says of a form counts before CLDR.
        named = [r for r in cldr_rows(lang, "cldr_words") if (r["class"], r["forms"]) not in listed]
        rows = (*own, *named)
        if rows:
            rows += read_table("common", "time_words")
        settings = {r["class"]: r["forms"].lower().split() for r in rows if r["class"] in _SETTINGS}
        self.verb_endings = [
            (tuple(settings.get(name, ())), sign)
            for name, sign in (("PASTSUFFIX", -1), ("FUTURESUFFIX", 1))
        ]
        known = [date.fromisoformat(day) for day in settings.get("KNOWNDAY", ())]
        self.known_days = {(day.month, day.day): day for day in known}
        suffixes, decades = settings.get("ORDSUFFIX", []), settings.get("DECADESUFFIX", [])
        either, _ = word_classes(rows)
        glued = {f: c for f, c in either.items() if "MONTH" in c or "YEARWORD" in c}
        shapes = Shapes(frozenset(suffixes), frozenset(decades), glued, "MONTHFIRST" in settings)
        probes = [
            *_PROBES,
            *(f"1{suffix}" for suffix in suffixes),
            *(f"{n}{f}" for f in glued for n in (1, 2014)),
        ]
        probes += [f"{n}{suffix}" for suffix in decades for n in (90, 1990)]
        patterns = [read_pattern(r) for r in _time_patterns(lang)] if rows else []
        cues = [p for p in patterns if p.rule.startswith("cue_")]
        dates = [p for p in patterns if not p.rule.startswith("cue_")]
        self.dates = Grammar(*word_classes(rows), shapes, probes, dates)
        self.cues = Grammar(*word_classes(rows), shapes, probes, cues)


def _time_patterns(lang: str) -> list[dict[str, str]]:
    """Return the patterns of a language: its own, those of CLDR, those of all languages."""
    listed = pattern_rows(lang, "time_patterns")
    own = sum(row["rule"] != "define" for row in read_table(lang, "time_patterns"))
    if lang != "en":
        # CLDR's "in three days" has no test of the future; a language with a table has its own.
        named = cldr_rows(lang, "cldr_patterns")
        listed[own:own] = [r for r in named if not own or r["rule"] != "hence"]
    return listed


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
