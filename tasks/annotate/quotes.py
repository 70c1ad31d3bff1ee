"""Finds quotations and reported speech, with speaker and cue.

Direct speech stands between quotation marks; its speaker is looked for behind it, before it in
the same sentence, then in what was said just before. Indirect speech is what follows (or comes
before) a verb of saying with a subject, or `according to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.annotate.lexicon import has_table
from tasks.annotate.quote_indirect import indirect_speech
from tasks.annotate.quote_marks import Quoted, pair_marks
from tasks.annotate.quote_speakers import (
    NOBODY,
    Speech,
    according_to,
    speech_after,
    speech_before,
    speech_of_noun,
    speech_trailing,
)
from tasks.annotate.quote_units import Unit, read_units
from tasks.annotate.tokens import Words, tokenize
from tasks.annotate.types import Quote, Sentence

_LEADS_ON = ",?!-—–…"  # a quotation that ends so is followed by its speaker
_WORD = re.compile(r"[^\W\d_]+")
_MARKS_BEFORE = 4  # dashes and the like before a quotation that stands alone
_MEMORY = 2  # units after which a speaker is forgotten


def find_quotes(
    masked: str, sentences: list[Sentence], lang: str, *, tokens: list[Words] | None = None
) -> list[Quote]:
    """Return direct and indirect speech in a masked text, in order.

    Quotation marks are read in any language; speakers and indirect speech need a table of the
    language (seeds/lexicon/<lang>/quote_words.csv).
    """
    quoted = pair_marks(masked, sentences)
    if not has_table(lang, "quote_words"):
        return [_quote(q, None, NOBODY) for q in quoted]
    words = tokens if tokens is not None else tokenize(masked, sentences, lang)
    units = read_units(words, quoted)
    found = list(_direct(masked, units, quoted))
    found += [_indirect(*speech) for speech in indirect_speech(units)]
    return sorted(found, key=lambda q: (q.start, q.end, q.direct))


def _direct(text: str, units: list[Unit], quoted: list[Quoted]) -> Iterator[Quote]:
    """Yield each quotation with its speaker; one that stands alone takes the last speaker."""
    last: tuple[int, Unit, Speech] | None = None  # where someone spoke last, and who
    for place, unit in enumerate(units):
        for at, number in unit.quotes.items():
            title = _is_title(text[quoted[number].start : quoted[number].end])
            speech = NOBODY if title else _attribute(text, unit, at, quoted[number])
            owner = unit
            if speech is NOBODY and not title:
                last = _announced(units, place, last)
                if last and _goes_on(text, last[1], unit, at, place - last[0]):
                    owner, speech = last[1:]
            yield _quote(quoted[number], owner, speech)
            if speech is not NOBODY:
                last = place, owner, speech


def _attribute(text: str, unit: Unit, at: int, quoted: Quoted) -> Speech:
    comma = text[quoted.end - 1] in _LEADS_ON
    for speech in (speech_after(unit, at, comma=comma), speech_before(unit, at)):
        if speech is not NOBODY:
            return speech
    for speech in (speech_trailing(unit)[0], according_to(unit)):
        if speech is not NOBODY:
            return speech
    return speech_of_noun(unit, at)


def _is_title(said: str) -> bool:
    """True for the name of a book, a show, a party: all longer words begin with a capital."""
    words = [w for w in _WORD.findall(said) if len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() for w in words) and said[-1] not in "!?"


def _goes_on(text: str, before: Unit, unit: Unit, at: int, age: int) -> bool:
    """True if the speaker of `before` speaks on: in a quotation alone, or in one that follows."""
    if age <= _MEMORY and _stands_alone(unit, at):
        return True
    between = text[before.spans[-1][1] : unit.spans[0][0]]
    return age == 1 and bool(before.quotes) and "\n" not in between


def _stands_alone(unit: Unit, at: int) -> bool:
    """True if the quotation begins its unit and nothing but marks follows."""
    if at > _MARKS_BEFORE:
        return False
    return not unit.letters[:at].strip(".,:-") and not unit.letters[at + 1 :].strip(".,:-Q")


def _announced(
    units: list[Unit], place: int, last: tuple[int, Unit, Speech] | None
) -> tuple[int, Unit, Speech] | None:
    """Return the last speaker before a unit: one of a unit without quotation counts too."""
    for before in range(place - 1, max(last[0] if last else -1, place - 1 - _MEMORY), -1):
        unit = units[before]
        if unit.letters and not unit.quotes:
            speech = speech_before(unit, len(unit.letters))
            if speech is not NOBODY:
                return before, unit, speech
    return last


def _quote(quoted: Quoted, unit: Unit | None, speech: Speech) -> Quote:
    speaker = _span(unit, speech.speaker, speech.speaker_end)
    cue = _span(unit, speech.cue, speech.cue + 1 if speech.cue >= 0 else -1)
    return Quote(quoted.start, quoted.end, *speaker, *cue, direct=True)


def _indirect(unit: Unit, start: int, end: int, speech: Speech) -> Quote:
    speaker = _span(unit, speech.speaker, speech.speaker_end)
    cue = _span(unit, speech.cue, speech.cue + 1)
    return Quote(unit.spans[start][0], unit.spans[end - 1][1], *speaker, *cue, direct=False)


def _span(unit: Unit | None, first: int, end: int) -> tuple[int, int]:
    if unit is None or first < 0:
        return -1, -1
    while end - first > 1 and unit.letters[end - 1] in ".-":  # the full stop is the sentence's
        end -= 1
    return unit.spans[first][0], unit.spans[end - 1][1]
