"""Blanks markup and links in a text without moving a single character.

Every later step matches on the masked text and reports offsets into the original; so masking
keeps the length, puts spaces where markup stood, and leaves the words of a link in place.
"""

from __future__ import annotations

import re
from html import unescape

# Any of these must be there before a closer look pays.
_SUSPECT = re.compile(
    r"[*`<>\[\]~#_\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LINK_SIGNS = ("://", "www.", "t.co/", "pic.twitter")
# Repetitions are bounded, so that hostile text costs linear time.
_BLANK = re.compile(
    r"""
      <!--.{0,2000}?-->
    | </?[a-zA-Z][^<>\n]{0,400}>                             # HTML tag
    | \]\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:[ ]"[^"\n]{0,200}")?\)   # end of a markdown link
    | \bhttps?://[^\s<>\])”"]{1,2000}
    | \bwww\.[^\s<>\])”"]{1,500}
    | \b(?:t\.co|pic\.twitter\.com)/\w{1,40}
    | \[(?:\d{1,3}|edit|citation[ ]needed)\]                 # footnote mark
    | !?\[(?=[^\[\]\n]{0,300}\]\()                           # start of a markdown link
    | ^[ \t]{0,3}(?:\#{1,6}|>{1,3})(?=\s)                    # heading, block quotation
    | \*{1,3} | ~~ | ``` | (?<!`)`(?!`)                       # `` opens a quotation in TeX
    | (?<!\w)_{1,2}(?=\w) | (?<=\w)_{1,2}(?!\w)              # emphasis, not snake_case
    | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def mask_markup(text: str) -> str:
    """Return `text` with markup, links and invisible characters blanked, at the same length.

    Markdown emphasis, heading and quotation marks, the target of a link (its words stay), HTML
    tags, URLs, zero-width and control characters become spaces. An HTML entity becomes its
    character, padded with spaces.
    """
    if "&" in text:
        text = _ENTITY.sub(_unescape, text)
    if not _SUSPECT.search(text) and not any(sign in text for sign in _LINK_SIGNS):
        return text
    return _BLANK.sub(_spaces, text)


def _spaces(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _unescape(match: re.Match[str]) -> str:
    plain = unescape(match[0])
    if len(plain) != 1:
        return match[0]
    return (" " if plain.isspace() else plain).ljust(len(match[0]))
