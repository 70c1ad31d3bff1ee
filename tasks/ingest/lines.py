"""What a line of a news page is, judged by itself: label, byline, caption, credit, prose, ..."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.ingest.dates import find_dates
from tasks.ingest.seeds import phrases, weekdays

DATE_ROLES = ("date_published", "date_created", "date_updated")
_LABEL_ROLES = (*DATE_ROLES, "tags", "author")
_STOPS = ".!?…。！？।؟"
_CLOSERS = "\"'”’»)]*_"
_ITEM = re.compile(r"(?:\d{1,2}[.)]|[-•*·–])\s+(?=\S)")
_MARKS = " \t*_#|–—-"
_BARE = re.compile(r"[\s*_#>|:.,;–—-]*")
_NAME = re.compile(
    r"(?:(?:de|da|di|del|della|van|von|der|den|bin|ibn|al|el|la|le|du|dos|and|und|et|y|e|и|та)"
    r"|[^\W\d_a-z][\w.'’-]*)(?:,)?$"
)
_CREDIT = re.compile(
    r"\((?:AP|AFP|Reuters|EPA|Xinhua|TASS|Photo|Image|Credit|Foto|Фото)\b[^()]{0,60}\)\W*$"
    r"|\bREUTERS/[A-Z]\w+|\b(?:photo|image|picture|foto|фото|credit)\s?: ?[\w/ .-]{2,40}$"
    r"|\bGetty Images\b|\b(?:EPA-EFE|AFP|AP|EPA)/[A-Z]\w+|/(?:AFP|EPA|AP|TASS)\)?\W*$"
    r"|\b(?:AP|Reuters) Photo\b|\bAFP via\b",
    re.IGNORECASE,
)
# Every match of the pattern holds one of these: a plain search for them is far quicker.
_CREDIT_HINTS = ("photo", "image", "picture", "foto", "фото", "credit", "reuters/", "getty", "afp",
                 "epa", "/ap", "(ap", "ap/", "reuters)", "xinhua", "tass")  # fmt: skip
_CLOCK = re.compile(r"\d[:h]\d\d")
_ADDRESS = re.compile(r"[\s*_#|<–—-]*(?:(?:url|link|source|quelle|fuente)\s*:\s*)?(https?://[^\s<>]+)[\s>*_]*", re.I)  # fmt: skip
_UPDATES = ("update", "actualizado", "mis à jour")
_UPDATED = re.compile(r"(?:update|updated|actualizado|mis à jour)\s+(?:on |at |le |el )?(\S+)")
_REPORTING = ("reporting by ", "writing by ", "editing by ", "additional reporting by ")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line.

    Attributes:
        role: Role of lines.csv.
        value: What follows on the same line; empty if nothing.
        start: Offset of the value in the line.
    """

    role: str
    value: str
    start: int


def is_prose(line: str) -> bool:
    """Return True for a line that ends as sentences do and has the length of one."""
    return ends_sentence(line) and (line.count(" ") >= 7 or _dense(line))


def ends_sentence(line: str) -> bool:
    """Return True if the line ends with a full stop or the like, closing quotes aside."""
    return line.rstrip(_CLOSERS + " ").endswith(tuple(_STOPS))


def _dense(line: str) -> bool:
    """Return True for 20 characters of a script that is written without spaces."""
    return sum(1 for c in line if "\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u9fff") >= 20


@cache
def _label_roles() -> dict[str, str]:
    return {phrase: role for role in _LABEL_ROLES for phrase in phrases(role)}


@cache
def _labels() -> tuple[str, ...]:
    return tuple(_label_roles())


@cache
def _label_pattern() -> re.Pattern[str]:
    longest_first = sorted(_label_roles(), key=lambda p: (-len(p), p))
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"[\s*_#|–—-]*(?P<label>{words})(?![\w-])", re.IGNORECASE)


def label_of(line: str) -> Label | None:
    """Return the label that the line begins with, or None.

    `Tags` alone, `Tags: a, b`, `Date Created 02/21/2022`; a word that merely opens a sentence
    ("Published reports say ...") is no label.
    """
    if not line[:60].casefold().lstrip(_MARKS).startswith(_labels()):
        return None
    match = _label_pattern().match(line)
    if match is None:
        return None
    gap = _BARE.match(line, match.end())
    start = gap.end() if gap else match.end()
    value, role = line[start:].strip(), _label_roles()[match["label"].casefold()]
    separated = ":" in line[match.end() : start]
    if not value:
        return Label(role, "", start) if role != "author" or separated else None
    if role in DATE_ROLES:
        first = next(find_dates(value), None)
        lead = value[: first.start].strip(" ,|–-") if first else ""
        return Label(role, value, start) if first and not _is_text(lead) else None
    if role == "author":
        return Label(role, value, start) if is_name(value) else None
    return Label(role, value, start) if separated else None


def _is_text(lead: str) -> bool:
    """Return True for words before a date that are more than a weekday."""
    return bool(lead) and lead.casefold().strip(".,") not in weekdays()


def is_name(text: str) -> bool:
    """Return True for one to seven capitalised words: the name or names of a byline."""
    words = text.strip(" .").split()
    if not 1 <= len(words) <= 7 or any(c.isdigit() for c in text):
        return False
    return words[0][:1].isupper() and all(_NAME.match(w) for w in words)


def bare_date(line: str) -> bool:
    """Return True if the line holds a date and hardly anything else.

    With a time of day it may name a source beside it ("Reuters | Feb 20, 2022 5:16pm EST").
    """
    if len(line) > 60:
        return False
    rest, has_time = line, False
    for printed in reversed(list(find_dates(line))):
        has_time = has_time or _CLOCK.search(line[printed.start :]) is not None
        rest = rest[: printed.start] + rest[printed.end :]
    words = [w for w in re.findall(r"[^\W\d_]+", rest.casefold()) if w not in weekdays()]
    return rest != line and len(words) <= (3 if has_time else 1)


def address_of(line: str) -> str | None:
    """Return the web address that a line consists of, a label or mark before it aside."""
    match = _ADDRESS.fullmatch(line)
    return match[1] if match else None


def is_drop(line: str) -> bool:
    """Return True for a line of the page's furniture: a button, a rule, an advertisement mark."""
    if line.count(" ") >= 12:
        return False
    low = line.casefold().strip(" *_#>|:.[]•·-–—=~")
    bare = low.strip("()")
    return not bare or bare in _drops() or low.startswith(phrases("drop_start"))


@cache
def _drops() -> frozenset[str]:
    return frozenset(phrases("drop"))


def is_caption(line: str) -> bool:
    """Return True for the caption or credit of a picture."""
    if len(line) > 300:
        return False
    low = line.casefold()
    if not any(hint in low for hint in _CREDIT_HINTS):
        return False
    return low.lstrip(" *_[(").startswith(phrases("caption")) or _CREDIT.search(line) is not None


@cache
def _credit_words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, (*phrases("agency"), *phrases("credit_word"))))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _agency_words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases("agency")))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def is_credit(line: str) -> bool:
    """Return True for a line that only says which agencies the text is from.

    "Le Monde with AFP", "*With international agencies", "/Media reports.", "(Reuters)".
    """
    if len(line) < 500 and _is_staff_note(line.casefold()):
        return True
    if line.count(" ") > 8 or (ends_sentence(line) and line[:1] not in "*/(["):
        return False
    rest, names = _agency_words().subn(" ", line)
    if not names:
        return False
    left = _credit_words().sub(" ", rest).strip(" *_/()[].,&:;–—|-").split()
    joined = _credit_words().sub(" ", rest) != rest
    return not left or (joined and len(left) <= 3 and all(w[:1].isupper() for w in left))


def _is_staff_note(low: str) -> bool:
    """Return True for the line that names those who helped to report."""
    if "contributed to th" in low:
        return low.endswith(("report.", "report", "story.", "article.")) or len(low) < 150
    return low.lstrip("( ").startswith(_REPORTING)


def is_note(line: str) -> bool:
    """Return True for a remark of the editors ("Update Friday at 6 p.m. ...")."""
    low = line[:60].casefold().lstrip(" *_([")
    if low.startswith(phrases("note")):
        return line.count(" ") < 60
    if not low.startswith(_UPDATES):
        return False
    match = _UPDATED.match(low)
    if match is None or line.count(" ") >= 40:
        return False
    word = match[1].strip(",.:")
    return word in weekdays() or word[:1].isdigit()


def item_of(line: str) -> str | None:
    """Return the content of a list item ("1. Main"), or None."""
    match = _ITEM.match(line)
    return line[match.end() :].strip() if match else None
