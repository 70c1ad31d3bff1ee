"""Every row of the lexicon carries its own test: an example and the coding that it must give."""

from __future__ import annotations

import pytest

from tasks.events.check import check_frames
from tasks.events.lexicon import Condition, languages, load_lexicon, parse_where


@pytest.mark.parametrize("lang", languages())
def test_every_example_gives_what_its_row_expects(lang: str) -> None:
    assert list(check_frames(lang)) == []


def test_all_types_are_covered_by_verbs_and_by_nouns() -> None:
    lexicon = load_lexicon("en")
    assert len(lexicon.rows) > 700
    assert {f.pos for f in lexicon.rows} == {"verb", "noun", "object"}


def test_conditions() -> None:
    assert parse_where("obj=@aid|loan & !to") == (
        Condition(("obj",), ("@aid", "loan")),
        Condition(("to",), (), negated=True),
    )
    with pytest.raises(ValueError, match="no condition"):
        parse_where("obj=")


def test_forms_lead_to_their_lemma() -> None:
    lexicon = load_lexicon("en")
    assert lexicon.lemma("withdrew", "VBD") == "withdraw"
    assert lexicon.lemma("talks", "NNS") == "talk"
    assert lexicon.lemma("missiles", "NNS") == "missile"
