"""A denied event is no event that happened, in whatever words the sentence tells it."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.events import code_text


def told(text: str) -> set[tuple[str, str]]:
    """Return type and status of what a sentence tells."""
    return {(m.plover, m.status) for m in code_text(text, published=date(2023, 3, 24)) if m.plover}


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin denied that President Vladimir Putin had spoken to President Macron.",
        "The Kremlin denied on Friday that President Vladimir Putin had spoken to French President "
        "Emmanuel Macron this week, after a radio station reported a secret phone call between the "
        "two leaders.",
        "Syria denied on Monday that its army had attacked Lebanon.",
    ],
)
def test_what_is_denied_did_not_happen(text):
    found = told(text)
    assert found
    assert "actual" not in {status for _, status in found}


def test_a_denial_does_not_reach_another_pair():
    text = "Russia denied that it had attacked Ukraine, but France attacked Syria."
    assert ("ASSAULT", "actual") in told(text)


def test_a_consequence_is_no_complement():
    from tasks.events.parser import Parse
    from tasks.events.repair import repair

    words = ["france", "insisted", "so", "often", "that", "russia", "left"]
    tags = ("NNP", "VBD", "RB", "RB", "IN", "NNP", "VBD")
    parse = Parse(
        tags,
        (1, -1, 3, 1, 6, 6, 1),
        ("nsubj", "root", "advmod", "advmod", "mark", "nsubj", "advcl"),
    )
    assert repair(words, parse).labels[6] == "advcl"
    words[2] = "very"
    assert repair(words, parse).labels[6] == "ccomp"
