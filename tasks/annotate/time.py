"""Finds time expressions and resolves them to intervals of days.

The expressions are in seeds/lexicon/<lang>/time_patterns.csv, their meaning in time_days.py,
time_periods.py and time_counted.py.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from tasks.annotate.grammar import Hit
from tasks.annotate.time_rules import RULES
from tasks.annotate.time_values import Context, Found, Slots
from tasks.annotate.time_words import TimeWords, time_words
from tasks.annotate.tokens import Words, tokenize
from tasks.annotate.types import DateMention, Sentence

_REACH = 15  # tokens between a cue such as "will" and the weekday that it turns forward
_TURNS = frozenset(
    {"date", "weekday", "weekend", "month", "day_of_month", "hence"}
)  # by future markers
# Other places of a shift in a pattern, other letters of a month: read as the same.
_SAME = {"SHIFTPOST": "SHIFT", "SHIFT2": "SHIFT", "LOWMONTH": "MONTH", "GLUED": "YEAR"}
_NEEDS_ANTECEDENT = frozenset({"anaphor", "anaphor_shift", "clock"})


def find_dates(
    masked: str,
    sentences: list[Sentence],
    published: date | None,
    lang: str,
    *,
    tokens: list[Words] | None = None,
) -> list[DateMention]:
    """Return the time expressions of a masked text, in order, resolved against `published`.

    Without a publication date only what the text itself fixes is resolved; a relative expression
    then has no first and last day, precision and basis "none".

    Args:
        masked: Text of `mask_markup`.
        sentences: Its sentences.
        published: Day of publication, if known.
        lang: BCP 47; a language without tables yields nothing.
        tokens: Tokens of the sentences, if they are at hand.
    """
    tables = time_words(lang)
    finder = _Finder(masked, published, tables)
    for words in tokens if tokens is not None else tokenize(masked, sentences, lang):
        finder.read(words)
    return finder.found


@dataclass(slots=True)
class _Finder:
    masked: str
    published: date | None
    tables: TimeWords
    found: list[DateMention]
    people: set[str]  # words that are a person's name in this text (May)
    days: list[tuple[int, date]]  # those of the sentence, with their offsets
    cues: list[tuple[int, int]] | None  # its cues of future and past, once they are asked for
    spoken_of: date | None = None  # the last day named in the text
    spoken_in: int = -10  # the sentence that named it

    def __init__(self, masked: str, published: date | None, tables: TimeWords) -> None:
        self.masked, self.published, self.tables = masked, published, tables
        self.found, self.people, self.days, self.cues = [], set(), [], None
        self.spoken_of, self.spoken_in = None, -10

    def read(self, words: Words) -> None:
        """Add the expressions of one sentence; those that lean on another day come last."""
        hits = [h for h in self.tables.dates.find(words.dates) if not self._is_name(words, h)]
        if not hits:
            return
        plain = [h for h in hits if h.pattern.rule not in _NEEDS_ANTECEDENT]
        leaning = [h for h in hits if h.pattern.rule in _NEEDS_ANTECEDENT]
        begin, self.days, self.cues = len(self.found), [], None
        for hit in plain + leaning:
            self._add(words, hit)
        self.found[begin:] = sorted(self.found[begin:], key=lambda d: d.start)

    def _is_name(self, words: Words, hit: Hit) -> bool:
        """Tell whether a hit is no date; the months that are people are kept in mind."""
        rule = hit.pattern.rule
        if rule == "person":
            self.people.add(words.words[hit.slots["MONTH"]])
        elif rule == "month" and "bare" in hit.pattern.args:
            return words.words[hit.start] in self.people
        elif "next" in hit.pattern.args:  # the noun that is counted has a capital letter
            return any(word[0].isupper() for word in words.words[hit.end : hit.end + 1])
        return rule in ("ignore", "person")

    def _add(self, words: Words, hit: Hit) -> None:
        result = RULES[hit.pattern.rule](self._slots(words, hit), self._context(words, hit))
        if result is None:
            return
        last = hit.end - 1
        if words.words[last] == "." and len(words.words[last - 1]) > 1:  # not that of p.m.
            last -= 1
        start, end = words.span(hit.start)[0], words.span(last)[1]
        if self.masked[end - 2 : end] in ("'s", "’s"):
            end -= 2
        self.found.append(_mention(self.masked, start, end, result, hit.pattern.rule))
        if result.precision == "day" and result.first == result.last:
            self.spoken_of, self.spoken_in = result.first, words.index
            if result.first and hit.pattern.rule not in _NEEDS_ANTECEDENT:
                self.days.append((start, result.first))

    def _slots(self, words: Words, hit: Hit) -> Slots:
        values: dict[str, object] = {}
        for slot, at in hit.slots.items():
            name = _SAME.get(slot, slot)
            values[name] = self.tables.dates.classes(words.words[at])[slot.rstrip("23")]
        return Slots(values, hit.pattern.args)

    def _context(self, words: Words, hit: Hit) -> Context:
        rule = hit.pattern.rule
        direction = self._direction(words, hit) if rule in _TURNS else 0
        antecedent = self.spoken_of
        if rule == "clock":
            antecedent = self._day_beside(words, hit)
        return Context(self.published, antecedent, direction, self.tables.known_days)

    def _day_beside(self, words: Words, hit: Hit) -> date | None:
        """Return the day of a time of day: the nearest of its sentence, or that spoken of last."""
        at = words.span(hit.start)[0]
        after = bisect_left(self.days, (at, date.min))
        near = self.days[max(after - 1, 0) : after + 1]
        if near:
            return min(near, key=lambda day: (abs(day[0] - at), day[0]))[1]
        return self.spoken_of if words.index - self.spoken_in <= 1 else None

    def _direction(self, words: Words, hit: Hit) -> int:
        """Return +1 if the nearest verb cue speaks of the future, -1 of the past, else 0."""
        if self.cues is None:
            self.cues = self._cues(words)
        before = bisect_left(self.cues, (hit.start, -2)) - 1
        if before >= 0 and self.cues[before][0] >= hit.start - _REACH:
            return self.cues[before][1]
        after = bisect_left(self.cues, (hit.end, -2))
        near = hit.start <= 2 and after < len(self.cues)
        return self.cues[after][1] if near and self.cues[after][0] < hit.end + _REACH else 0

    def _cues(self, words: Words) -> list[tuple[int, int]]:
        grammar = self.tables.cues
        found = grammar.find(words.cues)
        cues = [(h.start, 1 if h.pattern.rule == "cue_future" else -1) for h in found]
        known = {at for at, _ in cues}
        for endings, sign in self.tables.verb_endings:
            if endings:
                verbs = (i for i, w in enumerate(words.words) if w.endswith(endings) and len(w) > 4)
                cues += [(i, sign) for i in verbs if i not in known and words.words[i].islower()]
        return sorted(cues)


def _mention(text: str, start: int, end: int, result: Found, rule: str) -> DateMention:
    label = f"{rule}: {result.note}" if result.note else rule
    return DateMention(
        start,
        end,
        text[start:end],
        result.first,
        result.last,
        result.precision,
        result.basis,
        label,
    )
