"""Repair of characters: what is left is NFC text that prints, and a count of each repair.

Only what is broken is touched: quotation marks, dashes, full-width punctuation and the like stay
as the publisher printed them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

# Double decoding only; ftfy's other fixes change sound text (curly quotes, full-width marks).
_MOJIBAKE = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)

# An ampersand that was escaped again and again (`&amp;amp;quot;`) is undone in one step.
_AMPERSANDS = re.compile(r"&(?:(?:[aA][mM][pP]|#0*38|#[xX]0*26);)+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\xad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# UTF-8 read as cp1252, cp1250 or cp1251 shows a letter of the lead bytes before a character of
# the continuation bytes: a quick test before ftfy's thorough one.
_MAYBE_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4\u0102-\u0171\u0413-\u0421\u0432-\u0443]"
    "[\u0080-\u00bf\u0152-\u0153\u0160-\u0161\u0178-\u017e\u0192\u02c6\u02dc\u0401-\u040f"
    "\u0451-\u045f\u0490-\u0491\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039-\u203a\u20ac\u2122]"
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_SOFT_HYPHEN = re.compile("\xad")
# Joiners carry meaning between letters of Arabic, Indic and emoji sequences, nowhere else.
_JOINER = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U0010ffff])")
_ZERO_WIDTH = re.compile(
    "[\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# No language piles up more marks on a letter (UAX 15, stream-safe text); NFC takes quadratic time.
_PILED_MARKS = re.compile(
    "([{0}]{{30}})[{0}]+".format(
        "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0730-\u074a"
        "\u08d3-\u08ff\u0e38-\u0e3a\u0e48-\u0e4b\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f"
        "\u3099\u309a\ufe20-\ufe2f"
    )
)
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
# What browsers do (WHATWG HTML, numeric character references): C1 controls are cp1252.
_C1_AS_CP1252 = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}


def clean(text: str) -> tuple[str, Counter[str]]:
    r"""Return the text without broken characters, and how often each repair was made.

    Line ends become `\n`, every kind of space a plain one; the text is NFC. Cleaning clean text
    changes nothing.
    """
    repairs: Counter[str] = Counter()
    if "&" in text:
        text = _unescape(text, repairs)
    if text.isascii() and not _SUSPECT.search(text):
        return text, repairs
    if _MAYBE_MOJIBAKE.search(text) and is_bad(text):
        text = _undo_mojibake(text, repairs)
    if _SUSPECT.search(text):
        text = _strip(text, repairs)
    text = _count(_PILED_MARKS, r"\1", text, repairs, "piled_marks")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        repairs["nfc"] += 1
    return text, repairs


def clean_line(text: str | None) -> str | None:
    """Return a cleaned one-line value (a title, a name), or None if nothing is left."""
    if not text:
        return None
    return " ".join(clean(text)[0].split()) or None


def _unescape(text: str, repairs: Counter[str]) -> str:
    """Undo HTML entities, also those that were escaped more than once."""
    plain = _ENTITY.sub(lambda m: html.unescape(m[0]), _AMPERSANDS.sub("&", text))
    if plain != text:
        repairs["entities"] += len(_ENTITY.findall(text))
    return plain


def _undo_mojibake(text: str, repairs: Counter[str]) -> str:
    """Undo UTF-8 that was read as another encoding, line by line: pages mix sources."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if is_bad(line):
            fixed = fix_encoding(line, _MOJIBAKE)
            if fixed != line:
                repairs["mojibake"] += 1
                lines[i] = fixed
    return "\n".join(lines)


def _strip(text: str, repairs: Counter[str]) -> str:
    text = _count(_SURROGATE_PAIR, _join_surrogates, text, repairs, "surrogates")
    text = _count(_SURROGATE, "\ufffd", text, repairs, "surrogates")
    text = _count(_NEWLINES, "\n", text, repairs, "line_ends")
    text = _count(_C1, lambda m: _C1_AS_CP1252.get(ord(m[0]), ""), text, repairs, "controls")
    text = _count(_SPACES, " ", text, repairs, "spaces")
    text = _count(_SOFT_HYPHEN, "", text, repairs, "soft_hyphens")
    text = _count(_ZERO_WIDTH, "", text, repairs, "zero_width")
    text = _count(_JOINER, "", text, repairs, "zero_width")
    return _count(_CONTROL, "", text, repairs, "controls")


def _join_surrogates(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _count(
    pattern: re.Pattern[str],
    replacement: object,
    text: str,
    repairs: Counter[str],
    name: str,
) -> str:
    text, n = pattern.subn(replacement, text)  # type: ignore[call-overload]
    if n:
        repairs[name] += n
    return str(text)
