"""Who is named in a text, and with which code."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.annotate.actors import find_actors
from tasks.annotate.types import ActorMention, Sentence

DAY = date(2022, 2, 20)


def read(text: str, on: date | None = DAY, lang: str = "en") -> list[ActorMention]:
    """Find the actors of one sentence."""
    return find_actors(text, [Sentence(0, 0, len(text))], on=on, lang=lang)


def codes(text: str, on: date | None = DAY, lang: str = "en") -> dict[str, str]:
    """Map the words of each mention, unknown names and pronouns aside, to its code."""
    return {m.text: m.code for m in read(text, on, lang) if m.kind not in ("unknown", "pronoun")}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        # nations and what stands for them
        ("France said no.", "France", "FRA"),
        ("The Elysee said no.", "Elysee", "FRAGOV"),
        ("The White House said no.", "White House", "USAGOV"),
        ("The Kremlin said no.", "Kremlin", "RUSGOV"),
        # a role takes the nation before it, beside it or behind it
        ("American troops left.", "American troops", "USAMIL"),
        ("Chile's Ministry of Mines left.", "Chile's Ministry", "CHLGOV"),
        ("Belarusian police left.", "Belarusian police", "BLRCOP"),
        # states have bodies of one name; a named group stays what it is
        ("Chile's Defense Department left.", "Chile's Defense Department", "CHLGOVMIL"),
        ("The Defense Department left.", "Defense Department", "USAGOVMIL"),
        ("Mali's Wagner Group left.", "Mali's Wagner Group", "RUSPRM"),
        # a list of places is no town with its division
        ("He left Paris, California and Rome.", "Paris", "FRA"),
        ("TBILISI, Georgia (AP) - It rained.", "TBILISI", "GEO"),
        ("The president of France left.", "president of France", "FRAGOV"),
        ("Protesters in Paris left.", "Protesters", "FRAOPP"),
        ("A Somalia-based paramilitary group left.", "Somalia-based paramilitary group", "SOMPRM"),
        ("Ukrainian armed separatists left.", "Ukrainian armed separatists", "UKRREB"),
        # who backs a group is not its nation
        ("Russian-backed separatists in Donbas left.", "Russian-backed separatists", "UKRREB"),
        ("The pro-Russian separatists left.", "pro-Russian separatists", "---REB"),
        # the head of the phrase decides; spokesmen and officials speak for others
        ("An opposition lawmaker left.", "opposition lawmaker", "---LEG"),
        ("A CIA official left.", "CIA official", "USASPY"),
        ("A Taliban spokesman left.", "Taliban spokesman", "AFGGOV"),
        ("Members of Hamas left.", "Members of Hamas", "PSEREB"),
        ("The president of the Riigikogu left.", "president of the Riigikogu", "ESTLEG"),
        # organisations keep their own code
        ("NATO said no.", "NATO", "IGONAT"),
        ("NATO troops left.", "NATO troops", "IGONATMIL"),
        ("The United Nations said no.", "United Nations", "UNO"),
        ("The EU legislature left.", "EU legislature", "EURLEG"),
    ],
)
def test_the_code_is_composed_from_nation_and_role(text: str, words: str, code: str) -> None:
    assert codes(text)[words] == code


def test_a_title_a_name_and_a_nation_are_one_mention() -> None:
    (one,) = read("French President Emmanuel Macron left.")
    assert (one.text, one.code) == ("French President Emmanuel Macron", "FRAGOV")
    assert (one.kind, one.entity) == ("person", "person/emmanuel-macron")
    assert one.text[one.head - one.start :] == "Macron"


def test_a_title_behind_its_nation_goes_with_the_name_too() -> None:
    found = codes("President of Ukraine Volodymyr Zelensky left.")
    assert found == {"President of Ukraine Volodymyr Zelensky": "UKRGOV"}


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Angela Merkel", date(2017, 4, 1), "DEUGOV"),
        ("Angela Merkel", date(2022, 1, 10), "DEUELI"),
        ("Angela Merkel", None, "DEUGOV"),
        ("Taliban", date(2002, 5, 1), "AFGREB"),
        ("Taliban", date(2022, 5, 1), "AFGGOV"),
        ("former President Bill Clinton", None, "USAELI"),
        ("a former CIA official", None, "USAELI"),
        ("ousted President Askar Akayev", None, "KGZELI"),
    ],
)
def test_the_day_decides_which_office_was_held(name: str, on: date | None, code: str) -> None:
    assert code in codes(f"{name} spoke.", on).values()


def test_a_title_in_the_text_knows_better_than_the_dates() -> None:
    later = date(2018, 1, 1)
    assert codes("President George W. Bush spoke.", later).popitem()[1] == "USAGOV"
    assert codes("Former President George W. Bush spoke.", later).popitem()[1] == "USAELI"
    assert codes("George W. Bush spoke.", later) == {"George W. Bush": "USAELI"}


def test_a_given_name_may_be_spelled_otherwise() -> None:
    assert codes("Sergei Lavrov left.") == {"Sergei Lavrov": "RUSGOV"}
    assert codes("Sergey Lavrov left.") == {"Sergey Lavrov": "RUSGOV"}


def test_leaders_of_nations_are_roles_and_leaders_alone_refer_back() -> None:
    assert codes("The leaders of France and Germany met.") == {
        "leaders of France": "FRAGOV",
        "Germany": "DEUGOV",
    }
    assert [m.kind for m in read("The leaders met.")] == ["group"]


def test_a_last_name_refers_back_to_the_full_name() -> None:
    assert codes("Powell said no.", date(2003, 1, 1)) == {}
    both = codes("Colin Powell left. Powell said no.", date(2003, 1, 1))
    assert both == {"Colin Powell": "USAGOV", "Powell": "USAGOV"}


def test_a_title_makes_a_last_name_clear() -> None:
    text = "Foreign Minister Kuleba left. Kuleba said no."
    assert codes(text) == {"Foreign Minister Kuleba": "UKRGOV", "Kuleba": "UKRGOV"}


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        # the title is that of the office held on the day
        ("en", "President Sall", "SENGOV"),
        ("en", "Defence Minister Wallace", "GBRGOVMIL"),
        ("en", "King Abdullah", "JORGOV"),
        ("es", "presidente Castro", "HNDGOV"),
        ("fr", "Premier ministre Castex", "FRAGOV"),
        ("de", "Kanzler Scholz", "DEUGOV"),
        # held before, by the only one of that name, or with the nation or "former" beside it
        ("en", "Chancellor Merkel", "DEUGOV"),
        ("en", "Pakistani Foreign Minister Kasuri", "PAKGOV"),
        ("en", "Former President Bush", "USAELI"),
        ("es", "presidente argentino Macri", "ARGGOV"),
        # another title, or one that thousands bear: someone of whom the table knows nothing
        ("en", "General Salim", "---MIL"),
        ("en", "Captain Omar", "---MIL"),
        ("en", "Judge Khan", "---JUD"),
        ("en", "Judge Chavez", "---JUD"),
        ("en", "Colonel Castro", "---MIL"),
        ("en", "President Jackson", "---GOV"),
        ("en", "Mayor Silva", "---GOV"),
        ("en", "Minister Ali", "---GOV"),
        ("en", "Pakistani Judge Khan", "PAKJUD"),
        ("es", "general Castro", "---MIL"),
        ("es", "alcalde Silva", "---GOV"),
        ("fr", "juge Khan", "---JUD"),
        ("it", "giudice Khan", "---JUD"),
        ("pt", "prefeito Silva", "---GOV"),
        ("de", "Oberst Castro", "---MIL"),
        # but a minister or general of a name that no other person in the table has
        ("en", "Minister Baerbock", "DEUGOV"),
        ("en", "General Gerasimov", "RUSMIL"),
    ],
)
def test_a_title_and_a_bare_last_name_mean_who_held_that_office(
    lang: str, text: str, code: str
) -> None:
    assert codes(f"{text} .", date(2022, 4, 20), lang) == {text: code}


def test_a_full_name_in_the_article_says_who_is_meant() -> None:
    known = codes("Imran Khan spoke. Leader Khan left. Judge Khan ruled.", date(2022, 4, 1))
    assert known["Leader Khan"] == "PAKGOV"
    assert known["Judge Khan"] == "---JUD"
    stranger = codes("Pedro Castro of the club spoke. President Castro left.", date(2022, 4, 1))
    assert stranger["President Castro"] == "---GOV"


def test_another_given_name_is_another_person() -> None:
    assert "Laura Bush" not in codes("George W. Bush and Laura Bush left.", date(2003, 1, 1))


def test_a_title_codes_a_name_that_no_table_has() -> None:
    found = read("Kremlin spokesman Ivan Ivanovich spoke. Then Ivanovich left.")
    assert [(m.text, m.code, m.kind) for m in found] == [
        ("Kremlin spokesman Ivan Ivanovich", "RUSGOV", "person"),
        ("Ivanovich", "RUSGOV", "person"),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Moscow said no.", "GOV"),
        ("Talks with Moscow failed.", "GOV"),
        ("France warned Tehran.", "GOV"),
        ("The meeting in Moscow failed.", ""),
        ("He flew to Moscow.", ""),
        ("MOSCOW, Feb 7 (Reuters) - He left.", ""),
        ("Rain fell on Moscow streets.", ""),
    ],
)
def test_a_capital_is_its_government_only_where_it_acts_or_is_dealt_with(
    text: str, role: str
) -> None:
    (capital,) = [m for m in read(text) if m.kind == "capital"]
    assert capital.role == role


def test_a_role_is_shared_by_the_nations_it_stands_with() -> None:
    assert codes("The French and Russian presidents met.")["French"] == "FRAGOV"
    assert codes("The foreign ministers of France and Germany met.")["Germany"] == "DEUGOV"


def test_a_country_in_a_persons_name_is_no_country() -> None:
    assert codes("Michael Jordan met Chad Smith.") == {}
    assert codes("Jordan met Chad.") == {"Jordan": "JOR", "Chad": "TCD"}


def test_parts_of_compounds_are_no_actors() -> None:
    assert codes("The state-owned and rebel-held towns fell.") == {}


def test_pronouns_groups_and_unknown_names_are_marked_for_the_coder() -> None:
    found = read("The two leaders met Ada Lovelace, and she left.")
    assert [(m.text, m.kind, m.code) for m in found] == [
        ("The two leaders", "group", ""),
        ("Ada Lovelace", "unknown", ""),
        ("she", "pronoun", ""),
    ]


def test_a_nation_owns_what_a_lost_blank_joins_to_it() -> None:
    found = read("They seek the withdrawal of U.S.troops from Iraq.")
    assert "USAMIL" in {a.code for a in found}


def test_every_code_says_which_rows_made_it() -> None:
    (one,) = read("American troops left.")
    assert one.rule.startswith("roles.csv:")
    assert "nation countries.csv:" in one.rule


def test_no_mention_crosses_a_sentence() -> None:
    text = "He spoke to American\ntroops"
    split = [Sentence(0, 0, 20), Sentence(1, 21, 27)]
    assert [m.text for m in find_actors(text, split) if m.code] == ["American", "troops"]


NEWS = st.lists(
    st.sampled_from(
        [
            "French",
            "Russian's",
            "president",
            "of",
            "in",
            "-backed",
            "troops",
            "Putin",
            "the",
            "Moscow",
            "said,",
            ".",
            "U.S.",
            "and",
            "“",
            "’s",
            "\n",
            "former",
            "Jordan",
            "Smith",
            "al-Assad",
            "président",
            "войска",
            "القوات",
            "首相",
            "Mr.",
            "İstanbul",
            "ﬁ",
            "é",
            "😀",
            "\xa0",
            ",",
            "minister",
            "Ban",
            "Ki-moon",
            "US",
            "USED",
            "IS",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(NEWS | st.text(max_size=200), st.sampled_from(["en", "es", "de", "ru", "ar", "xx"]))
def test_every_mention_is_a_slice_of_the_text(text: str, lang: str) -> None:
    found = read(text, lang=lang)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(m.start <= m.head < m.end for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert found == read(text, lang=lang)


@pytest.mark.parametrize("unit", ["a", "president of ", "French ", "A.", "al-", "U.S.-backed "])
def test_odd_input_is_read_to_its_end(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert all(text[m.start : m.end] == m.text for m in read(text))
