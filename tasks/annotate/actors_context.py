"""What the words around a name decide: a capital as place or government, a short name, a list."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from tasks.annotate.actors_compose import Coded
from tasks.annotate.actors_languages import Grammar
from tasks.annotate.actors_match import Part
from tasks.annotate.actors_person import by_person, choose_person
from tasks.annotate.actors_phrase import ROLE_WORDS
from tasks.annotate.actors_table import ROLE_KINDS, Entry
from tasks.annotate.types import Sentence

# A capital after one of these is a place; "to" is one unless something is said or done to it.
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|from|outside|around|across|throughout|through|inside|into|via|of|on|over|"
    r"to|for|downtown|central|capital|city|suburbs?|visit(?:ed|s|ing)?|left|leaves?|leaving|"
    r"reach(?:ed|es)?|north|south|east|west|northern|southern|eastern|western|greater|occupied|"
    r"besieged|entered?|bombed|shelled|captured|seized|toward|towards)(?: the)?|,|\()[ ]$",
    re.IGNORECASE,
)
_ADDRESSED_BEFORE = re.compile(
    r"\b(?:(?:warning|message|letter|offer|proposal|support|aid|assistance|appeal|signal|response|"
    r"ultimatum|threat|challenge|pressure|weapons|arms|concessions?) (?:to|for|on)|"
    r"(?:said|told|warned|sold|offered|supplied|linked|belongs?|loyal) to|"
    r"(?:demands?|statement|reaction|call|signals?) (?:of|from)|government (?:of|in))(?: the)? $",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:with|against|between|by|urg\w+|accus\w+|told|tells|ask\w*|press\w*|warn\w*|blam\w+|"
    r"condemn\w*|criticiz\w+|criticis\w+|oppos\w+|support\w*|back\w*|and|or|that|but|as|while|than|"
    r"if|because|says?|said) $",
    re.IGNORECASE,
)
_ACTS_AFTER = re.compile(
    r"(?:'s)? (?:\w+ly |also |again |now |still |has |have |had |would |will |could |may |should |"
    r"is |was |did |does |not |never )*"
    r"(?:said|says|say|will|would|has|have|had|is|was|are|were|\w+ed|\w+s|told|sought|saw|took|"
    r"made|gave|sent|held|kept|put|set|began|withdrew|fought|may|might|can|could|should|must|"
    r"did|does|do|and|or|to)\b"
)
_NOUN_AFTER = re.compile(r" [a-z]")
_DATELINE_AFTER = re.compile(
    r"(?:, [A-Z][a-z]+\.? \d| *\([A-Z]|, \d| *[-–—]{1,2} |, [A-Z][\w ]{2,20} (?:\([A-Z]|[-–—]{1,2} ))"
)
_DIRECTIONS = frozenset(
    [
        "Eastern",
        "Western",
        "Northern",
        "Southern",
        "Central",
        "East",
        "West",
        "North",
        "South",
        "New",
        "Old",
        "Greater",
        "Mainland",
        "Modern",
        "Southeastern",
        "Northeastern",
        "Northwestern",
        "Southwestern",
        "Democratic",
        "Post",
        "Pre",
        "Inside",
        "The",
        "In",
        "On",
        "At",
        "From",
        "For",
        "Of",
        "And",
        "But",
        "Both",
        "While",
        "When",
        "After",
        "Before",
        "With",
        "As",
        "By",
        "To",
        "If",
        "That",
        "Since",
        "Although",
        "Meanwhile",
        "Because",
        "Unlike",
        "Like",
        "Against",
        "Between",
        "Neighboring",
        "Neighbouring",
        "Today",
        "Now",
    ]
)
_BEHIND_PREPOSITION = re.compile(r"\b(?:of|in|at|from|to|near|for|with|and|the) $")
_PRECEDING = re.compile(r"([A-Z][a-z]+) $")
_LONGEST_NAME = 30
_FOLLOWING = re.compile(r" [A-Z][a-z]+")
# Names of countries and capitals that are also given names or surnames.
_GIVEN_NAMES = frozenset(
    ["Chad", "Jordan", "Georgia", "Israel", "Kenya", "India", "Paris", "Sofia", "Malta", "Cyprus"]
)
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Sen|Rep|Gov|Gen)\.? $")


def is_part_of_word(plain: str, part: Part) -> bool:
    """Tell whether a role word is part of a compound: state-owned, rebel-held, anti-government."""
    if part.kind not in ROLE_KINDS or part.kind in ("former", "group"):
        return False
    start, end = part.start, part.end
    if start > 2 and plain[start - 1] == "-" and plain[max(0, start - 3) : start].lower() != "ex-":
        return True
    return plain[end : end + 1] == "-" and plain[end + 1 : end + 2].isalpha()


def is_part_of_name(plain: str, part: Part) -> bool:
    """Tell whether a country's name is part of a person's: Michael Jordan, Chad Smith."""
    if part.kind not in ("country", "capital") or plain[part.start : part.end] not in _GIVEN_NAMES:
        return False
    before = _PRECEDING.search(plain, max(0, part.start - _LONGEST_NAME), part.start)
    if before and before.group(1) not in _DIRECTIONS:
        return True
    if before is not None or _BEHIND_PREPOSITION.search(plain[max(0, part.start - 8) : part.start]):
        return False
    return _FOLLOWING.match(plain, part.end) is not None


def keep_short_names(plain: str, parts: list[Part], named: set[str], on: date | None) -> list[Part]:
    """Drop the short names that neither the article nor the phrase makes clear.

    A short name with a title makes the person known for the rest of the article (adds to `named`).
    """
    kept: list[Part] = []
    for part in parts:
        if part.kind == "short":
            part.entries = _supported(plain, part, kept, named, on)
            if not part.entries:
                continue
        kept.append(part)
    return kept


def _supported(
    plain: str, part: Part, before: list[Part], named: set[str], on: date | None
) -> list[Entry]:
    start = part.start
    if (start and plain[start - 1] in "-'") or _runs_on(plain, part):
        return []
    title = before[-1] if before and before[-1].end == start - 1 else None
    titled = title is not None and title.kind in ROLE_WORDS and title.entry.before_name
    if known := [e for e in part.entries if e.entity in named]:
        return [] if not titled and _given_name_before(plain, start) else known
    if title is None or not titled:
        return []
    nation = before[-2].entry.country if len(before) > 1 and _joins(before[-2], title) else ""
    persons = by_person(part.entries)
    entity = choose_person(persons, named=named, country=nation, roles=title.entry.roles, on=on)
    named.add(entity)
    return persons[entity]


def _runs_on(plain: str, part: Part) -> bool:
    """Tell whether another name follows a short one: the "John" of "Mayor John Smith"."""
    return re.match(r" [A-Z][a-z]+", plain[part.end : part.end + 4]) is not None


def _joins(left: Part, right: Part) -> bool:
    return 0 < right.start - left.end <= len("'s ")


def _given_name_before(plain: str, start: int) -> bool:
    """Tell whether another capitalised word stands before a short name: "Laura Bush"."""
    if _TITLES.search(plain, max(0, start - 8), start):
        return False
    before = _PRECEDING.search(plain, max(0, start - _LONGEST_NAME), start)
    return before is not None and before.group(1) not in _DIRECTIONS


def government_or_place(
    plain: str, sentence: Sentence, phrase: list[Part], coded: Coded, grammar: Grammar
) -> None:
    """Decide whether a capital stands for its government; change what is coded if it does not."""
    if len(phrase) > 1 or coded.kind != "capital":
        return
    if not _is_government(plain, sentence, coded, grammar):
        coded.roles = []
        coded.rules.append("capital as a place")
    else:
        coded.rules.append("capital as its government")


def _is_government(plain: str, sentence: Sentence, coded: Coded, grammar: Grammar) -> bool:
    before = plain[max(sentence.start, coded.start - 40) : coded.start]
    if grammar.place_words:
        return not f" {before.lower()}".endswith(grammar.place_words)
    if _ADDRESSED_BEFORE.search(before):
        return True
    if _PLACE_BEFORE.search(before) or _DATELINE_AFTER.match(plain, coded.end, sentence.end):
        return False
    if _ACTS_AFTER.match(plain, coded.end, sentence.end) or _BESIDE.search(before):
        return True
    return not _NOUN_AFTER.match(plain, coded.end, sentence.end) and not _FOLLOWING.match(
        plain, coded.end, sentence.end
    )


_AND = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?")
_LONGEST_AND = len(", and the ")


def share_roles(plain: str, phrases: list[list[Part]], coded: list[Coded]) -> None:
    """Give a role to each of the nations that it stands with.

    "French and Russian presidents" from right to left; "ministers of France and Germany" from left
    to right.
    """
    joined = [
        right.start - left.end <= _LONGEST_AND
        and _AND.fullmatch(plain, left.end, right.start) is not None
        for left, right in pairwise(coded)
    ]
    if True not in joined:
        return
    for i in range(len(coded) - 2, -1, -1):
        left, right = coded[i], coded[i + 1]
        carries = right.kind == "role" or _FROM_RIGHT in right.rules[-1:]
        if joined[i] and carries and right.country and _is_adjective(phrases[i], left):
            left.roles = list(right.roles)
            left.rules.append(_FROM_RIGHT)
    for i in range(1, len(coded)):
        left, right = coded[i - 1], coded[i]
        if joined[i - 1] and _ends_in_nation(phrases[i - 1], left) and _is_country(phrases[i]):
            right.roles = list(left.roles)
            right.rules.append(_FROM_LEFT)


_FROM_RIGHT = "shares the role that follows"
_FROM_LEFT = "shares the role before"


def _is_adjective(phrase: list[Part], coded: Coded) -> bool:
    return len(phrase) == 1 and phrase[0].has("demonym") and not coded.roles


def _is_country(phrase: list[Part]) -> bool:
    return len(phrase) == 1 and phrase[0].kind == "country"


def _ends_in_nation(phrase: list[Part], coded: Coded) -> bool:
    if coded.rules and coded.rules[-1] == _FROM_LEFT:
        return True
    return coded.kind == "role" and phrase[-1].kind == "country" and phrase[-2].link == "of"
