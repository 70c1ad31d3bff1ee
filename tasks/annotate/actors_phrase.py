"""Joins neighbouring hits into noun phrases: "Kremlin spokesman", "troops of France", ..."""

from __future__ import annotations

import re

from tasks.annotate.actors_languages import Grammar
from tasks.annotate.actors_match import Part
from tasks.annotate.actors_table import ROLE_KINDS

NATIONS = frozenset({"country", "demonym", "capital", "metonym", "region"})
ROLE_WORDS = ROLE_KINDS - {"group", "former", "nobody"}


# A longer run of joined words is no phrase; it also bounds the work on odd input.
_LONGEST_PHRASE = 8
# Kinds that join with nothing.
_PLACES = frozenset({"country", "capital", "region"})
_ALONE = frozenset({"group", "nobody"})


def group_phrases(plain: str, parts: list[Part], grammar: Grammar) -> list[list[Part]]:
    """Split the parts of one sentence into phrases, marking how their parts are joined."""
    phrases: list[list[Part]] = []
    phrase: list[Part] = []
    for part in parts:
        near = phrase and part.start - phrase[-1].end <= _LONGEST_GAP
        room = near and len(phrase) < _LONGEST_PHRASE
        if room and (link := find_link(plain, phrase, part, grammar)):
            phrase[-1].link = link
            phrase.append(part)
        else:
            phrase = [part]
            phrases.append(phrase)
    return phrases


def find_link(plain: str, phrase: list[Part], right: Part, grammar: Grammar) -> str:
    """Return how a part is joined to the phrase before it; empty if it begins a new one."""
    left = phrase[-1]
    if left.kind in _ALONE or right.kind in _ALONE:
        return ""
    gap = plain[left.end : right.start]
    if gap == " " and right.kind in ("person", "short") and _is_title_of(phrase):
        phrase[-2].link = "next"
        return "next"
    if grammar.of is not None and (link := _foreign_link(gap, left, right, grammar)):
        return link
    if gap in (" ", ""):  # "U.S.troops" lacks the blank
        if grammar.touch and grammar.after and _is_complete(phrase, right):
            return ""
        both = left.kind == right.kind == "demonym"
        return "next" if _may_touch(left, right) and not (both and grammar.after) else ""
    if len(gap) > _LONGEST_GAP or grammar.after:  # what follows is English word order
        return ""
    if gap[:2] in ("'s", "' "):
        return (
            "owner" if left.kind != "former" and _OWNER.fullmatch(gap) and _follows(right) else ""
        )
    if gap[0] == "-" and left.kind != "former":
        return _hyphen_link(gap, left, right)
    return _word_link(plain, gap, left, right)


_LONGEST_GAP = 40
# Up to two lower-case words between a nation and what it owns or is: "Russian armed separatists".
_ADJECTIVES = (
    r"(?:(?!(?:{stop}) )(?:[a-z]+(?:-[a-z]+)?(?<![^l]ly)(?<!ing)(?<!ed)(?<!s)|{take}) ){{{n}}}"
)
_STOP = (
    "a|an|the|and|or|but|nor|of|in|on|at|to|for|from|by|with|about|against|into|over|under|after|"
    "before|between|through|during|near|than|that|which|who|whom|whose|what|when|where|why|how|if|"
    "as|while|because|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|"
    "might|must|should|shall|not|no|it|he|she|they|we|you|i|him|her|them|us|me|his|its|their|our|"
    "your|my|this|these|those|there|here|then|now|also|only|even|just|still|yet|too|very|so|such|"
    "said|say|told|tell|met|meet|meet|held|hold|took|take|gave|give|made|make|sent|send|left|"
    "leave|kept|keep|let|set|put|hit|shot|shoot|fought|fight|fire|attack|accuse|arrest|ask|back|"
    "bar|began|begin|bomb|call|condemn|deny|deploy|detain|expel|face|fear|force|free|help|join|"
    "kill|launch|lead|led|lose|lost|order|press|protest|reject|release|see|saw|seize|seek|sought|"
    "sign|strike|struck|support|threaten|urge|visit|vow|want|warn|went|go|win|won|withdraw|withdrew"
)
_TAKE = (
    "armed|united|retired|unidentified|masked|uniformed|wounded|injured|suspected|alleged|elected|"
    "appointed|exiled|jailed|imprisoned|detained|convicted|disputed|combined|allied|so-called|"
    "ruling|governing|leading|fighting|invading|occupying|opposing|visiting|outgoing|incoming|"
    "acting|serving|advancing|retreating|striking|protesting|highest-ranking|business|sales"
)
_SOME = _ADJECTIVES.format(stop=_STOP, take=_TAKE, n="1,2")
_ANY = _ADJECTIVES.format(stop=_STOP, take=_TAKE, n="0,2")
_OWNER = re.compile(rf"'s? {_ANY}")
_BETWEEN = re.compile(rf" {_SOME}")
# Capitalised words of a body's own name: "Iraqi Special Operations Forces".
_TITLED = re.compile(r" (?:[A-Z][a-z]+ ){1,3}")
# What a nation made, sold or backs is not its own.
BACKED = (
    r"-(?:backed|supported|sponsored|funded|financed|armed|trained|equipped|friendly|aligned|"
    r"allied|leaning|speaking|installed|appointed|supplied|made|built|designed|manufactured|"
    r"produced|developed|assembled|donated|provided|sold|bought|purchased|origin|style|type|era)"
)
_BACKED = re.compile(rf"{BACKED} {_ANY}")
_BASED = re.compile(
    rf"-(?:based|born|led|run|owned|held|controlled|occupied|ruled|administered|dominated) {_ANY}"
)
_OF = re.compile(rf" (?:of|for)(?: the| a| an)? {_ANY}")
_IN = re.compile(r" (?:in|from|across|inside|of)(?: the)? (?:[a-z]+ern |central |mainland )?")


def _is_complete(phrase: list[Part], right: Part) -> bool:
    """Tell whether a role with its adjective ends before another role.

    So where the verb comes first: Arabic "met the president Russian the minister French".
    """
    ends = len(phrase) > 1 and phrase[-1].kind == "demonym" and phrase[-2].kind in ROLE_WORDS
    return ends and right.kind in ROLE_WORDS


def _is_title_of(phrase: list[Part]) -> bool:
    """Tell whether a phrase is a title with its nation behind it: "President of Ukraine"."""
    return len(phrase) > 1 and phrase[-2].link == "of" and phrase[-2].entry.before_name


def _foreign_link(gap: str, left: Part, right: Part, grammar: Grammar) -> str:
    """Return the links that other languages have and English lacks."""
    if left.kind not in ROLE_WORDS:
        return ""
    if gap == " ":
        if grammar.after and right.kind == "demonym":
            return "next"
        return "of" if grammar.touch and right.kind in ("country", "org") else ""
    belongs = right.kind in NATIONS or right.kind in ("org", "person") or right.kind in ROLE_WORDS
    if belongs and grammar.of is not None and grammar.of.fullmatch(gap):
        return "of"
    if right.kind in NATIONS and grammar.within is not None and grammar.within.fullmatch(gap):
        return "in"
    return ""


def _may_touch(left: Part, right: Part) -> bool:
    """Tell whether two hits with only a space between them are one phrase."""
    if left.kind == "former":
        return True
    if left.kind == "people" or right.kind in ("country", "capital", "region", "people"):
        return False
    if right.kind in ("person", "short"):
        return left.entry.before_name or left.kind in ("demonym", "org", "metonym")
    if right.kind == "demonym":
        return left.kind == "demonym"
    if left.kind in ("person", "short"):
        return right.kind in ROLE_WORDS
    return True


def _follows(right: Part) -> bool:
    return right.kind in ROLE_WORDS or right.kind in ("org", "person", "short", "former", "demonym")


def _hyphen_link(gap: str, left: Part, right: Part) -> str:
    if left.kind not in NATIONS and left.kind != "org":
        return ""
    if right.kind not in ROLE_WORDS and right.kind not in ("org", "demonym"):
        return ""
    if _BACKED.fullmatch(gap):
        return "backed"
    return "based" if _BASED.fullmatch(gap) else ""


def _word_link(plain: str, gap: str, left: Part, right: Part) -> str:
    if left.kind in ROLE_WORDS:
        if right.kind in _PLACES and _IN.fullmatch(gap) and not gap.startswith(" of"):
            return "in"
        if left.kind == "part" and right.kind in ("person", "short"):
            return ""
        if (_follows(right) or right.kind in NATIONS) and _OF.fullmatch(gap):
            return "of"
    if left.kind == "former" and gap == "-":
        return "next"
    adjective = left.kind in ("demonym", "former") or left.has("demonym")
    if adjective and right.kind in ROLE_WORDS | {"former"}:
        titled = plain[right.start].isupper() and _TITLED.fullmatch(gap)
        return "next" if titled or _BETWEEN.fullmatch(gap) else ""
    return ""
