"""Finds who speaks: regular expressions over the letters of a unit (see quote_units.py)."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.annotate.quote_units import Unit

# A name or noun phrase: a pronoun; a name with its titles (`Chinese Foreign Ministry spokesman Geng
# Shuang`, `the head of the agency`); a short phrase in lower case; a lone `another`.
_NAME = r"(?:[di]?[nVS]{0,5}N(?:[NS.\-]|o[di]?[nS]{0,3}N|&[di]?n{0,2}N|oN|n{1,3}-?N)*[nS]{0,3}(?:o[di]?[nS]{1,3})?)"
_NOUN = r"(?:[di][nVS\-]{1,5}(?:o[di]?[nNS\-]{1,4})?|[nS]{1,3})"
_NP = rf"(?:P|{_NAME}|{_NOUN}|i)"
# What may stand between a subject and its verb: (D-N.Y.), ", a political analyst at ...,", "of ...".
_PHRASE = r"(?:G[dinNSRo.\-]{1,10})?(?:[Ro][di]?[nNSV.\-o&]{1,8})?(?:R?D{1,3})?"
_APPOSITION = r"(?:\([^)Q]{1,14}\)|,[^QCO]{1,45}?,)?"
_BEFORE_CUE = rf"(?P<s>{_NP}){_PHRASE}{_APPOSITION}A{{0,4}}"
_AFTER_QUOTE = re.compile(rf",?A?(?:{_BEFORE_CUE}|(?P<t>{_NP}),[^QCO,]{{1,20}}?)(?P<c>[COG])")
_INVERTED = re.compile(rf",?A?(?P<c>C)A?(?P<s>{_NP})")
_SUBJECT = re.compile(rf"(?P<s>{_NP}){_PHRASE}(?:\([^)Q]{{1,14}}\))?A{{0,4}}$")
_SUBJECT_FAR = re.compile(rf"(?P<s>{_NP}){_PHRASE},[^QCO]{{1,45}},A{{0,4}}$")
_MAIN = re.compile(rf"^(?:[RBTDKA][^,QCO]*,)*[&bBA]*(?P<s>{_NP})")
_ACCORDING = re.compile(rf"KR?(?P<s>{_NP})")
# The verb before its subject, as in Arabic: `said the president that`.
_VERB_FIRST = re.compile(rf"CA?(?P<s>{_NP}){_PHRASE}T")
# At the end of a sentence: `, President Trump tweeted on Monday.` and `, says Stephen Morrison ...`.
_TRAILING = re.compile(
    rf",(?P<s>{_NP})(?:\([^)Q]{{1,14}}\))?A{{0,3}}(?P<c>[CO])(?:[RDo][dinNSDo.\-]*){{0,4}}[.,]*$"
)
_TRAILING_INVERTED = re.compile(rf",(?P<c>C)A?(?P<s>{_NP})[^QCO]{{0,60}}$")
_WINDOW = 60  # letters looked at to the left of a cue
_REACH = 120  # letters between a quotation and its cue: bounds the cost of endless sentences


class Speech(NamedTuple):
    """Token numbers of a speaker (from, to) and of a cue; -1 if there is none."""

    speaker: int
    speaker_end: int
    cue: int


NOBODY = Speech(-1, -1, -1)


def speech_after(unit: Unit, at: int, *, comma: bool) -> Speech:
    """Return who is named behind the quotation at `at`: `said Putin`, `Putin said`.

    Args:
        unit: The unit.
        at: Token number of the quotation.
        comma: True if the quotation ends in a comma or the like, so that a subject may follow.
    """
    follows = comma or unit.letters[at + 1 : at + 2] == ","
    inverted = _INVERTED.match(unit.letters, at + 1)
    if inverted:
        return Speech(*inverted.span("s"), inverted.start("c"))
    found = _AFTER_QUOTE.match(unit.letters, at + 1) if follows else None
    if not found:
        return NOBODY
    return Speech(*found.span("s" if found["s"] else "t"), found.start("c"))


def speech_before(unit: Unit, at: int) -> Speech:
    """Return who is named before the token at `at` by the nearest cue or `according to`."""
    left = unit.letters[:at]
    for cue in range(at - 1, max(-1, at - _REACH), -1):
        letter = left[cue]
        if letter in "CO" and (found := subject_of(unit, cue)) is not NOBODY:
            return found
        if letter == "G":
            return _main_subject(unit, cue)
        if letter == "K" and (match := _ACCORDING.match(left, cue)):
            return Speech(*match.span("s"), cue)
    return NOBODY


def speech_of_noun(unit: Unit, at: int) -> Speech:
    """Return the subject of a unit that speaks of a statement before the token at `at`."""
    noun = unit.letters.rfind("S", 0, at)
    return _main_subject(unit, noun) if noun > 0 else NOBODY


def speech_trailing(unit: Unit) -> tuple[Speech, int]:
    """Return who is named at the end of a sentence, and the token number of the comma before."""
    for pattern in (_TRAILING, _TRAILING_INVERTED):
        if found := pattern.search(unit.letters):
            return Speech(*found.span("s"), found.start("c")), found.start()
    return NOBODY, -1


def according_to(unit: Unit) -> Speech:
    """Return who is named by `according to` anywhere in the unit."""
    match = _ACCORDING.search(unit.letters)
    return Speech(*match.span("s"), match.start()) if match else NOBODY


def subject_of(unit: Unit, cue: int) -> Speech:
    """Return the subject that stands before the cue at token number `cue`."""
    start = max(0, cue - _WINDOW)
    left = unit.letters[start:cue]
    found = _SUBJECT.search(left)
    if found is None and left.endswith((",", ",A")):
        found = _last(_SUBJECT_FAR, left)
    if found is None and left.endswith(("&", "&A", "b", ",A", "V", "R")):
        return _main_subject(unit, cue)
    if found is None:
        return NOBODY
    return Speech(start + found.start("s"), start + found.end("s"), cue)


def subject_behind(unit: Unit, cue: int) -> Speech:
    """Return the subject that stands behind the cue, before `that`."""
    found = _VERB_FIRST.match(unit.letters, cue)
    return Speech(*found.span("s"), cue) if found else NOBODY


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the match that begins last."""
    best = None
    for start in range(len(text)):
        match = pattern.match(text, start)
        if match and (start == 0 or text[start - 1] not in "nNd"):
            best = match
    return best


def _main_subject(unit: Unit, cue: int) -> Speech:
    """Return the subject of the sentence, for `..., saying` and `and said`."""
    for verb in range(cue - 1, max(-1, cue - _REACH), -1):
        if unit.letters[verb] in "CO":
            found = _SUBJECT.search(unit.letters[max(0, verb - _WINDOW) : verb])
            if found:
                start = max(0, verb - _WINDOW)
                return Speech(start + found.start("s"), start + found.end("s"), cue)
    main = _MAIN.match(unit.letters)
    if main and main.end("s") <= cue:
        return Speech(*main.span("s"), cue)
    return NOBODY
