"""Reads numbers in figures and in words, with ranges and bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.annotate.grammar import Grammar, Hit, Values
from tasks.annotate.lexicon import base_language, cldr_rows, pattern_rows, read_table
from tasks.annotate.patterns import read_pattern
from tasks.annotate.time_words import word_classes

_PROBES = ["7", "150", "3000", "2014", "1,500", "2.5", "5m", "12th", "14:48", "6/16/2021"]
_SETTINGS = frozenset({"GROUP", "DECIMAL", "SUFFIX"})
_PLAIN = re.compile(r"\d+$")
_SCALED = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]+)$")
_LIMIT = 1e15  # beyond it a float no longer counts single things


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: token numbers and bounds; None is an open end."""

    start: int
    end: int
    low: float | None
    high: float | None
    yearlike: bool


class Figures:
    """Reads tokens that begin with a digit, by the marks of a language."""

    def __init__(self, group: str, decimal: str, suffixes: dict[str, float]) -> None:
        self.spaced = group == "space"
        self.group, self.decimal, self.suffixes = "" if self.spaced else group, decimal, suffixes
        mark = re.escape(self.group or ".")
        self._grouped = re.compile(rf"\d{{1,3}}(?:{mark}\d{{3}})+(?:{re.escape(decimal)}\d+)?$")
        self._fraction = re.compile(rf"\d+{re.escape(decimal)}\d+$")

    def __call__(self, token: str) -> Values:
        """Return the class FIG, FIGM (scaled: 5m) or YEARLIKE, with the value."""
        if _PLAIN.match(token):
            value = float(token[:16])
            yearlike = len(token) == 4 and 1900 <= value < 2100
            found: Values = {"YEARLIKE" if yearlike else "FIG": value} if value < _LIMIT else {}
            return {**found, "FIG3": value} if self.spaced and len(token) == 3 else found
        if self._grouped.match(token) or self._fraction.match(token):
            plain = token.replace(self.group or ".", "")
            return {"FIG": float(plain.replace(self.decimal, "."))}
        scaled = _SCALED.match(token.lower())
        if not scaled:
            return {}
        scale = self.suffixes.get(scaled[2])
        number = scaled[1].replace(self.decimal, ".").replace(",", ".")
        return {"FIGM": float(number) * scale} if scale else {}


class NumberWords:
    """The number grammar of one language."""

    def __init__(self, lang: str) -> None:
        rows = read_table(lang, "numbers")
        settings = {r["class"]: r["forms"] for r in rows if r["class"] in ("GROUP", "DECIMAL")}
        suffixes = {
            form: float(r["value"])
            for r in rows
            if r["class"] == "SUFFIX"
            for form in r["forms"].split()
        }
        figures = Figures(settings.get("GROUP", ""), settings.get("DECIMAL", "."), suffixes)
        plain = tuple(r for r in rows if r["class"] not in _SETTINGS)
        listed = pattern_rows(lang, "number_patterns") if rows else []
        patterns = [read_pattern(r) for r in listed]
        tables = plain + quantity_words(lang)
        self.grammar = Grammar(*word_classes(tables), figures, _PROBES, patterns)


def quantity_words(lang: str) -> tuple[dict[str, str], ...]:
    """Return the rows that tell what is counted, and the names of months; none if unsupported."""
    own = read_table(lang, "quantity_words")
    months = tuple(r for r in cldr_rows(lang, "cldr_words") if r["class"] == "MONTH")
    return own + (read_table("common", "quantity_words") + months if own else ())


@cache
def number_words(lang: str) -> NumberWords:
    """Return the number grammar of a language, built once."""
    return NumberWords(base_language(lang))


def find_numbers(words: list[str], hits: list[Hit], grammar: Grammar) -> list[Number]:
    """Return the numbers of a sentence, in order; `hits` are what the grammar found in it."""
    found = (_number(words, hit, grammar) for hit in hits if hit.pattern.rule != "none")
    return [n for n in found if n]


def _number(words: list[str], hit: Hit, grammar: Grammar) -> Number | None:
    end = hit.end - 1 if "AND" in grammar.classes(words[hit.end - 1]) else hit.end
    fixed = hit.pattern.args.get("value")
    values = [(float(fixed), False)] if fixed else _read(words[hit.start : end], grammar)
    if not values:
        return None
    yearlike = end - hit.start == 1 and "YEARLIKE" in grammar.classes(words[hit.start])
    rule, (low, open_end) = hit.pattern.rule, values[0]
    high = None if open_end else low
    if len(values) == 2:
        low, high = _range(values[0][0], values[1][0])
    if rule == "max":
        return Number(hit.start, end, None, low, yearlike)
    return Number(hit.start, end, low, None if rule == "min" else high, yearlike)


def _range(low: float, high: float) -> tuple[float, float]:
    """Order a range; `two to three million` scales both."""
    for scale in (1e9, 1e6, 1e3):
        if low < 1000 <= scale <= high and high % scale == 0 and low < high / scale:
            low *= scale
    return (low, high) if low <= high else (high, low)


def _read(words: list[str], grammar: Grammar) -> list[tuple[float, bool]]:
    """Return each number among the words, and whether it is an open one (hundreds)."""
    result: list[tuple[float, bool]] = []
    reader = _Reader()
    for word in words:
        classes = grammar.classes(word)
        if reader.take(classes):
            continue
        if reader.last and not _is_number(classes) and word != "to":
            reader.joined = True
            continue
        if reader.last:
            result.append((reader.total(), reader.open))
            reader = _Reader()
            reader.take(classes)
    if reader.last:
        result.append((reader.total(), reader.open))
    return result


_ADDED = ("FIG", "FIGM", "YEARLIKE", "ONES", "TENS", "HUNDREDS", "HALF", "ARTICLE")
# Which words a number word may be added to: twenty + five, hundred + five, thousand + hundred.
_BEFORE = {
    "HALF": ("ARTICLE",),
    "ONES": ("TENS", "HUNDRED", "HUNDREDS", "MAG"),
    "TENS": ("HUNDRED", "HUNDREDS", "MAG"),
    "HUNDREDS": ("MAG",),
}
_MULTIPLIED = ("HUNDRED", "DOZEN", "MAG", "MANY", "FEW")


def _is_number(classes: Values) -> bool:
    return any(name in classes for name in (*_ADDED, *_MULTIPLIED))


class _Reader:
    """Adds up number words: units add, hundred and thousand multiply what came before."""

    def __init__(self) -> None:
        self.done, self.current, self.last, self.open = 0.0, 0.0, "", False
        self.joined = False  # a word such as `and` came in between

    def take(self, classes: Values) -> bool:
        """Take a word in; False if it is no part of this number."""
        if self.last == "FIG" and "FIG3" in classes and not self.joined:  # 150 000
            self.current = self.current * 1000 + float(str(classes["FIG3"]))
            return True
        for name in _ADDED:
            if name in classes:
                return self._add(float(str(classes[name])), name)
        for name in _MULTIPLIED:
            if name in classes:
                self._multiply(float(str(classes[name])), name)
                return True
        return False

    def _add(self, value: float, name: str) -> bool:
        if self.last == "ONES" and (self.current, value) == (4.0, 20.0):
            self.current, self.last = 80.0, "TENS"  # quatre-vingt
            return True
        follows = self.last in _BEFORE.get(name, ())
        if self.last and not follows:
            return False
        self.current = value if name == "HALF" else self.current + value  # eine halbe Million
        self.last = name
        return True

    def _multiply(self, value: float, name: str) -> None:
        self.open = self.open or name in ("MANY", "FEW")
        self.last = name
        if name == "MANY" and self.current:  # tens of thousands: 20 x 1,000
            self.current *= value / 2
        elif name == "MAG":
            self.done += (self.current or 1) * value
            self.current = 0.0
        else:
            self.current = (self.current or 1) * value

    def total(self) -> float:
        """Return the number so far."""
        return self.done + self.current
