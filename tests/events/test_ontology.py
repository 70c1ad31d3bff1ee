"""The tables of codes agree with one another."""

from __future__ import annotations

import pytest

from tasks.events.inflect import guess_noun, guess_verb, noun_forms, verb_forms
from tasks.events.lexicon import compositions, load_lexicon
from tasks.events.ontology import cameo_codes, context_words, lookup, plover_types


def test_quad_class_follows_the_root() -> None:
    for code in cameo_codes().values():
        root = int(code.code[:2])
        expected = 1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4
        assert code.quad_class == expected, code


def test_every_code_but_statements_has_a_plover_type_with_that_mode() -> None:
    types = plover_types()
    for code in cameo_codes().values():
        if code.code.startswith("01"):
            assert code.plover == ""
            continue
        assert code.plover in types, code
        assert not code.mode or code.mode in types[code.plover].modes, code
        assert set(code.contexts) <= set(context_words()), code


def test_every_plover_type_stands_on_a_code_of_its_own() -> None:
    for kind in plover_types().values():
        assert lookup(kind.cameo).plover == kind.name


def test_an_unknown_subcode_falls_back_to_its_base() -> None:
    assert lookup("0419").code == "041"
    with pytest.raises(KeyError):
        lookup("99")


def test_compositions_name_known_codes_and_operators() -> None:
    known = {o.op for o in load_lexicon("en").operator_rows} | {"future"}
    for (op, inner), code in compositions().items():
        assert op in known
        assert inner in plover_types() or inner in cameo_codes() or inner in ("01", "09")
        assert code == "=" or code in cameo_codes(), (op, inner, code)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("attack", {"attack", "attacks", "attacked", "attacking"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("expel", {"expel", "expels", "expelled", "expelling"}),
    ],
)
def test_regular_verbs(lemma: str, forms: set[str]) -> None:
    assert verb_forms(lemma, {}) == forms
    assert {guess_verb(f) for f in forms} >= {lemma} or lemma == "expel"


def test_irregular_forms_come_from_the_table() -> None:
    assert "met" in verb_forms("meet", {"meet": ("met",)})
    assert noun_forms("man", {"man": ("men",)}) == {"man", "men"}
    assert guess_noun("countries") == "country"
