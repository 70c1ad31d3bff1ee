"""Finds quantities: casualties, detained, displaced, troops, crowds, durations, money.

First the numbers of a sentence are read, then each becomes one token NUM, and the patterns of
seeds/lexicon/<lang>/quantity_patterns.csv tell from its surroundings what it counts.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tasks.annotate.grammar import Grammar, Hit
from tasks.annotate.lexicon import base_language
from tasks.annotate.numbers import Number, find_numbers, number_words
from tasks.annotate.quantity_words import NUM, YEAR, quantity_grammar
from tasks.annotate.tokens import Words, tokenize
from tasks.annotate.types import Quantity, Sentence

_CASUALTIES = frozenset({"killed", "wounded", "detained", "displaced"})
_PEOPLE = frozenset({"persons", "troops"})
_UNIT_CLASSES = ("UNIT", "MONEY", "SYMBOL", "LENGTH", "PERCENT", "TROOP")
_HOURS = re.compile(r"\dh", re.IGNORECASE)
_COMPOUND = re.compile(r"(\d{1,3})h(?:ours?)?(\d{1,2})?(?:m(?:in)?s?)?$", re.IGNORECASE)


def find_quantities(
    masked: str, sentences: list[Sentence], lang: str, *, tokens: list[Words] | None = None
) -> list[Quantity]:
    """Return the quantities of a masked text, in order, as (low, high) with None for open ends.

    A number whose object the tables do not know is left out, and so are years, ages, dates and
    ordinal numbers. A language without tables yields nothing.
    """
    grammar = quantity_grammar(base_language(lang))
    numbers = number_words(base_language(lang)).grammar
    found: list[Quantity] = []
    hours = _HOURS.search(masked) is not None
    for words in tokens if tokens is not None else tokenize(masked, sentences, lang):
        if hours and _HOURS.search(masked, words.start, words.end):
            found += _clock_spans(words, masked)
        hits = numbers.find(words.numbers)
        if hits and (read := find_numbers(words.words, hits, numbers)):
            found += _count(words, read, grammar, masked)
    return sorted(found, key=lambda q: (q.start, q.end))


def _count(words: Words, numbers: list[Number], grammar: Grammar, text: str) -> list[Quantity]:
    """Return the quantities of a sentence whose numbers are known."""
    folded, places = _fold(words.words, numbers)
    code = _fold_code(words.quantities, numbers, grammar)
    by_place = dict(zip(places, numbers, strict=True))
    kinds: dict[int, tuple[str, str]] = {}
    for hit in grammar.find(code):
        at = next(i for i in range(hit.start, hit.end) if i in by_place)
        kinds[at] = _kind(hit, folded, grammar)
    _coordinate(folded, kinds, places, grammar)
    found = [_quantity(words, by_place[at], *kind, text) for at, kind in sorted(kinds.items())]
    return [q for q in found if q.unit not in _PEOPLE or not _is_in_name(text, q.start)]


def _is_in_name(text: str, start: int) -> bool:
    """Tell whether a number is part of a name, as in M23 or G20: it counts no one."""
    return start > 0 and text[start - 1].isalpha()


def _fold(words: list[str], numbers: list[Number]) -> tuple[list[str], list[int]]:
    """Replace each number by one token; return the tokens and where the numbers are."""
    folded: list[str] = []
    places: list[int] = []
    at = 0
    for number in numbers:
        folded += words[at : number.start]
        places.append(len(folded))
        folded.append(YEAR if number.yearlike else NUM)
        at = number.end
    return folded + words[at:], places


def _fold_code(code: str, numbers: list[Number], grammar: Grammar) -> str:
    """Do the same with the code of a sentence."""
    pieces: list[str] = []
    at = 0
    for number in numbers:
        pieces += (code[at : number.start], grammar.sign(YEAR if number.yearlike else NUM))
        at = number.end
    return "".join(pieces) + code[at:]


def _kind(hit: Hit, folded: list[str], grammar: Grammar) -> tuple[str, str]:
    """Return kind and unit: constants of the row, else the value of a word in the pattern."""
    args = hit.pattern.args
    unit = args.get("unit", "")
    for name in _UNIT_CLASSES if args["kind"] not in _CASUALTIES else ():
        if not unit and name in hit.slots:
            unit = str(grammar.classes(folded[hit.slots[name]])[name])
    return args["kind"], unit or ("troops" if args["kind"] == "troops" else "persons")


def _coordinate(
    folded: list[str], kinds: dict[int, tuple[str, str]], places: list[int], grammar: Grammar
) -> None:
    """Give `3 civilians` in `killed 12 soldiers and 3 civilians` the fate of the 12."""
    for before, at in pairwise(places):
        between = folded[before + 1 : at]
        if kinds.get(before, ("", ""))[0] not in _CASUALTIES or len(between) > 5:
            continue
        joined = between and ({"AND", "COMMA"} & set(grammar.classes(between[-1])))
        if joined and kinds.get(at, ("", ""))[0] in ("troops", "other"):
            kinds[at] = kinds[before]


def _quantity(words: Words, number: Number, kind: str, unit: str, text: str) -> Quantity:
    start, end = words.span(number.start)[0], words.span(number.end - 1)[1]
    return Quantity(start, end, text[start:end], kind, number.low, number.high, unit)


def _clock_spans(words: Words, text: str) -> list[Quantity]:
    """Return durations written as 1h45min, in minutes."""
    found: list[Quantity] = []
    for i, word in enumerate(words.words):
        if word[0].isdigit() and (match := _COMPOUND.match(word)):
            follower = words.words[i + 1] if i + 1 < len(words.words) else ""
            minutes = re.match(r"(\d{1,2})m(?:in)?", follower) if not match[2] else None
            end = words.spans[i + 1 if minutes else i][1]
            total = 60.0 * int(match[1]) + int(match[2] or (minutes[1] if minutes else 0))
            start = words.spans[i][0]
            found.append(Quantity(start, end, text[start:end], "duration", total, total, "minutes"))
    return found
