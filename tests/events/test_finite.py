"""The verb of a sentence that ends in ", killing two": a bare -ing form is never that verb."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.events import Mention, code_text
from tasks.events.parser import Parse
from tasks.events.repair import repair

DAY = date(2023, 5, 10)


def found(text: str) -> dict[str, Mention]:
    """Return what was coded, by type and parties."""
    sides = [(m, [p.code if p else "---" for p in (m.source, m.target)]) for m in _coded(text)]
    return {f"{m.cameo} {a}>{b}": m for m, (a, b) in sides}


def _coded(text: str) -> list[Mention]:
    return code_text(text, published=DAY)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Kenyan police fired tear gas at protesters in Nairobi on Tuesday, killing two people.",
            "175 KENCOP>KENOPP",
        ),
        (
            "Sudanese police fired tear gas at students in Khartoum on Tuesday, injuring five.",
            "175 SDNCOP>SDNEDU",
        ),
        (
            "Nepalese police beat protesters in Kathmandu on Monday, injuring dozens.",
            "175 NPLCOP>NPLOPP",
        ),
        (
            "Kenyan police beat protesters in Nairobi on Tuesday, injuring dozens.",
            "175 KENCOP>KENOPP",
        ),
        (
            "Haitian police fired tear gas at protesters on Monday, killing one person.",
            "175 HTICOP>---OPP",
        ),
        (
            "Kenyan police fired tear gas on Tuesday at protesters, killing two people.",
            "175 KENCOP>---OPP",
        ),
        (
            "Venezuelan police fired tear gas at students in Caracas on Tuesday, injuring five.",
            "175 VENCOP>VENEDU",
        ),
        (
            "Ugandan police fired live bullets at protesters in Kampala, wounding four people.",
            "175 UGACOP>UGAOPP",
        ),
        (
            "Russian troops fired rockets at Kharkiv on Tuesday, wounding six people.",
            "194 RUSMIL>UKR",
        ),
        (
            "France expelled two Russian diplomats on Monday, accusing them of espionage.",
            "161 FRA>RUSGOV",
        ),
        (
            "Rebels ambushed an army convoy near Goma on Wednesday, killing six soldiers.",
            "190 ---REB>CODMIL",
        ),
    ],
)
def test_the_clause_before_the_participle_is_the_event(text: str, event: str) -> None:
    assert event in found(text)


def test_the_place_is_that_of_the_main_clause() -> None:
    (m,) = found(
        "Kenyan police fired tear gas at protesters in Nairobi on Tuesday, killing two people."
    ).values()
    assert m.place is not None
    assert m.place.name == "Nairobi"


def test_a_participle_without_an_object_of_its_own_qualifies_its_noun() -> None:
    events = found("The police arrested by rebels in Goma on Monday were freed.")
    assert list(events) == ["173 CODREB>CODCOP"]


# "police arrested by rebels , fleeing": the parser's tree, with no object behind the past form.
_REDUCED = Parse(
    ("NNS", "VBN", "IN", "NNS", ",", "VBG"),
    (5, 0, 3, 1, 5, -1),
    ("nsubj", "acl", "case", "obl:agent", "punct", "root"),
)


def test_a_reduced_relative_stays_one_before_a_bare_participle() -> None:
    words = ["police", "arrested", "by", "rebels", ",", "fleeing"]
    assert repair(words, _REDUCED).labels == _REDUCED.labels


def test_an_auxiliary_makes_the_ing_form_the_verb() -> None:
    words = ["police", "paid", "bribes", "are", "fleeing"]
    parse = Parse(
        ("NNS", "VBN", "NNS", "VBP", "VBG"),
        (4, 0, 1, 4, -1),
        ("nsubj", "acl", "obj", "aux", "root"),
    )
    assert repair(words, parse).labels == parse.labels
    bare = Parse(
        ("NNS", "VBN", "NNS", ",", "VBG"),
        (4, 0, 1, 4, -1),
        ("nsubj", "acl", "obj", "punct", "root"),
    )
    words[3] = ","
    assert repair(words, bare).labels == ("nsubj", "root", "obj", "punct", "advcl")
