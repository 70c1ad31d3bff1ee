"""What the words around a name decide: a capital as place or government, a short name, a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from tasks.annotate.actors_compose import Coded
from tasks.annotate.actors_languages import Grammar, Title
from tasks.annotate.actors_match import Matcher, Part
from tasks.annotate.actors_names import CALENDAR
from tasks.annotate.actors_person import bearers
from tasks.annotate.actors_phrase import ROLE_WORDS
from tasks.annotate.actors_table import ROLE_KINDS, Entry
from tasks.annotate.places_table import load_words
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
_FOLLOWING = re.compile(r" ([A-Z][a-z]+)")
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Sen|Rep|Gov|Gen)\.? $")


def is_part_of_word(plain: str, part: Part) -> bool:
    """Tell whether a role word is part of a compound: state-owned, rebel-held, anti-government."""
    if part.kind not in ROLE_KINDS or part.kind in ("former", "group"):
        return False
    start, end = part.start, part.end
    if start > 2 and plain[start - 1] == "-" and plain[max(0, start - 3) : start].lower() != "ex-":
        return True
    return plain[end : end + 1] == "-" and plain[end + 1 : end + 2].isalpha()


def is_part_of_name(plain: str, part: Part, given_names: Callable[[], frozenset[str]]) -> bool:
    """Tell whether a country's or capital's name is a person's: Michael Jordan, Jack London.

    Args:
        plain: The text.
        part: The name.
        given_names: The given names of persons known.
    """
    if part.kind not in ("country", "capital"):
        return False
    words = load_words()
    given = plain[part.start : part.end] in words.given
    before = _PRECEDING.search(plain, max(0, part.start - _LONGEST_NAME), part.start)
    if before and before.group(1) not in _DIRECTIONS:
        return given or (before[1] not in CALENDAR and before[1] in given_names())
    if not given or before is not None:
        return False
    if _BEHIND_PREPOSITION.search(plain[max(0, part.start - 8) : part.start]):
        return False
    behind = _FOLLOWING.match(plain, part.end)
    return behind is not None and not (behind[1] in words.bodies or behind[1] in words.features)


def drop_persons(plain: str, parts: list[Part], matcher: Matcher) -> list[Part]:
    """Drop the names of places that are persons' here, and what repeats them as no place."""
    persons: set[str] = set()
    kept: list[Part] = []
    for part in parts:
        name = plain[part.start : part.end]
        if is_part_of_name(plain, part, lambda: matcher.given_names):
            persons.add(name)
        elif name not in persons or _BEHIND_PREPOSITION.search(
            plain[max(0, part.start - 8) : part.start]
        ):
            kept.append(part)
    return kept


def keep_short_names(
    plain: str, parts: list[Part], named: set[str], on: date | None, titles: dict[str, Title]
) -> list[Part]:
    """Drop the last names that neither the article nor a title makes clear.

    A last name with its title makes the person known for the rest of the article (adds to `named`).
    """
    kept: list[Part] = []
    strangers: set[str] = set()
    for part in parts:
        title, nation, former = _title_of(kept, part)
        if part.kind == "short":
            part.entries = _supported(plain, part, title, named, strangers) or _titled(
                plain, part, title, nation, former, named, strangers, on, titles
            )
            if not part.entries:
                continue
        elif title is not None and _is_other(plain, part, title, named):
            continue
        kept.append(part)
    return kept


def _title_of(before: list[Part], part: Part) -> tuple[Part | None, str, bool]:
    """Return the title that touches a name, the nation beside it, and whether it is a former one."""
    rest = list(before[-3:])
    nation = ""
    if len(rest) > 1 and rest[-1].kind == "demonym" and rest[-2].kind in ROLE_WORDS:
        nation = rest.pop().entry.country  # "el presidente ruso Putin"
        part = before[-1]
    if not rest or rest[-1].end != part.start - 1:
        return None, "", False
    title = rest.pop()
    if title.kind not in ROLE_WORDS or not title.entry.before_name:
        return None, "", False
    if rest and not nation and _joins(rest[-1], title):
        nation = rest[-1].entry.country
    return title, nation, any(p.kind == "former" and _joins(p, title) for p in rest[-1:])


def _supported(
    plain: str, part: Part, title: Part | None, named: set[str], strangers: set[str]
) -> list[Entry]:
    """Return the persons of a last name whose full name stands in the article."""
    if _is_inside(plain, part):
        return []
    if title is None and _given_name_before(plain, part.start):
        strangers.add(plain[part.start : part.end])
        return []
    known = [e for e in part.entries if e.entity in named]
    return [] if title is not None and _is_profession(title, known) else known


def _titled(
    plain: str,
    part: Part,
    title: Part | None,
    nation: str,
    former: bool,
    named: set[str],
    strangers: set[str],
    on: date | None,
    titles: dict[str, Title],
) -> list[Entry]:
    """Return the person that a title and a last name mean."""
    if title is None or _is_inside(plain, part) or plain[part.start : part.end] in strangers:
        return []
    found = bearers(
        part.entries,
        titles.get(plain[title.start : title.end].lower()),
        roles=title.entry.roles,
        country=nation,
        former=former,
        on=on,
    )
    if len(found) == 1:
        named.update(found)
    return [e for rows in found.values() for e in rows]


# Titles of callings: no head of state is called judge or professor.
_CALLINGS = frozenset({"JUD", "COP", "MED", "EDU", "JRN", "BUS"})
_LOCAL = "role/local-government"


def _is_profession(title: Part, entries: list[Entry]) -> bool:
    role = title.entry.roles
    return role in _CALLINGS and role not in {e.roles for e in entries}


def _is_other(plain: str, part: Part, title: Part, named: set[str]) -> bool:
    """Tell whether a title makes a famous last name somebody else's: Judge Chavez, Mayor Arroyo."""
    if part.kind != "person" or " " in plain[part.start : part.end]:
        return False
    return title.entry.entity == _LOCAL or _is_profession(title, part.entries)


def _is_inside(plain: str, part: Part) -> bool:
    return (part.start > 0 and plain[part.start - 1] in "-'") or _runs_on(plain, part)


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
    return before is not None and before[1] not in _DIRECTIONS and before[1] not in CALENDAR


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
