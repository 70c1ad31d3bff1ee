"""Finds indirect speech: what someone says, tells, adds, or what is so according to someone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.annotate.quote_speakers import (
    NOBODY,
    Speech,
    according_to,
    speech_trailing,
    subject_behind,
    subject_of,
)
from tasks.annotate.quote_units import Unit

# Behind the cue: whom it was told, where and when, then `that`, then what was said.
_TOLD = r"(?:[di]?[nNVS\-.]{1,6}(?:&[di]?[nN]{1,3})?|P)"
_ASIDE = r"(?:[RD][dinNSDo.\-]{0,8}){0,3}"
_THAT = re.compile(rf"(?:{_TOLD})?{_ASIDE},?T")
_OPENING = re.compile(r"D{0,3}(?=[dinNPS&])|R[dinNS]{0,4}D{0,3}(?=P)")
_LEAST = 2  # tokens: shorter content is no clause


def indirect_speech(units: list[Unit]) -> Iterator[tuple[Unit, int, int, Speech]]:
    """Yield (unit, first token, last token + 1, speaker and cue) of indirect speech."""
    for unit in units:
        if unit.letters:
            yield from _in_unit(unit)


def _in_unit(unit: Unit) -> Iterator[tuple[Unit, int, int, Speech]]:
    letters = unit.letters
    end = len(letters.rstrip(".")) or len(letters)
    trailing, comma = speech_trailing(unit)
    for cue in (i for i, c in enumerate(letters) if c in "CO"):
        if cue == trailing.cue:
            if comma >= _LEAST and "Q" not in letters[:comma]:
                yield unit, 0, comma, trailing
            return
        speech = subject_of(unit, cue)
        speech = speech if speech is not NOBODY else subject_behind(unit, cue)
        start = _content(letters, cue)
        if speech is not NOBODY and start and end - start >= _LEAST and letters[start] != "Q":
            yield unit, start, end, speech
            return
    speech = according_to(unit)
    if speech is not NOBODY:
        yield from _according(unit, speech, end)


def _content(letters: str, cue: int) -> int:
    """Return where the content begins behind the cue; 0 if the cue takes none."""
    found = _THAT.match(letters, cue + 1)
    if found:
        return found.end()
    if letters[cue] == "O":
        return 0
    opening = _OPENING.match(letters, cue + 1)
    return opening.end() if opening else 0


def _according(unit: Unit, speech: Speech, end: int) -> Iterator[tuple[Unit, int, int, Speech]]:
    """Yield the rest of a sentence with `according to`."""
    if speech.cue > _LEAST:
        stop = len(unit.letters[: speech.cue].rstrip(","))
        yield unit, 0, stop, speech
        return
    comma = unit.letters.find(",", speech.speaker_end)
    start = comma + 1 if comma >= 0 else speech.speaker_end
    if end - start >= _LEAST:
        yield unit, start, end, speech
