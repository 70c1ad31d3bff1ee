"""Words in any script, straight from UTF-8."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.duplicates.fingerprint import fingerprint
from tasks.duplicates.tokens import tokenise

from .press import article, table


def words(text: str) -> list[str]:
    tokens = tokenise(pa.array([text]))
    data = text.encode()
    return [data[a:b].decode() for a, b in zip(tokens.start, tokens.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Macron met Putin.", ["Macron", "met", "Putin"]),
        ("don’t “quote”—him", ["don", "t", "quote", "him"]),
        ("l'Élysée, 4.5 %", ["l", "Élysée", "4", "5"]),
        ("Владимир Путин заявил", ["Владимир", "Путин", "заявил"]),
        ("प्रधानमंत्री ने कहा।", ["प्रधानमंत्री", "ने", "कहा"]),
        ("قال الرئيس، أمس", ["قال", "الرئيس", "أمس"]),
        ("俄罗斯 total：10万", ["俄", "罗", "斯", "total", "10", "万"]),
        ("สวัสดี", ["ส", "ว", "ั", "ส", "ด", "ี"]),
        ("문재인 대통령은", ["문재인", "대통령은"]),
        ("𠀀𠀁", ["𠀀", "𠀁"]),
        ("good 😀 news", ["good", "news"]),
        ("", []),
        ("—— ¡! ——", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź wybiera prezydenta", "ŁÓDŹ WYBIERA PREZYDENTA"),
        ("Путин и Лукашенко", "ПУТИН И ЛУКАШЕНКО"),
        ("Ο πρωθυπουργός της Ελλάδας", "Ο ΠΡΩΘΥΠΟΥΡΓΌΣ ΤΗΣ ΕΛΛΆΔΑΣ"),
        ("საქართველოს პრეზიდენტი", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝᲡ ᲞᲠᲔᲖᲘᲓᲔᲜᲢᲘ"),
        ("«Ja», sagte er", 'ja sagte "er"'),
        ("Việt Nam", "VIỆT NAM"),
    ],
)
def test_case_and_punctuation_do_not_count(one: str, other: str) -> None:
    a, b = tokenise(pa.array([one])), tokenise(pa.array([other]))
    assert a.word.tolist() == b.word.tolist()


def test_long_words_differ_in_the_middle_and_in_length() -> None:
    stem = "a" * 12
    texts = [stem + "b" + stem, stem + "c" + stem, "x" * 100, "x" * 101]
    assert len(set(tokenise(pa.array(texts)).word.tolist())) == 4


@given(st.lists(st.text(max_size=60), max_size=12), st.data())
def test_a_fingerprint_depends_on_its_article_alone(bodies: list[str], data: st.DataObject) -> None:
    bodies = [b.encode("utf-8", "ignore").decode() for b in bodies]
    rows = [article(str(n), body) for n, body in enumerate(bodies)]
    cut = data.draw(st.integers(0, len(rows)))
    whole = fingerprint(table(rows)).to_pylist()
    parts = fingerprint(table(rows[:cut])).to_pylist() + fingerprint(table(rows[cut:])).to_pylist()
    assert whole == parts
    assert [row["n_chars"] for row in whole] == [len(b) for b in bodies]


def test_all_shingles_of_short_texts_and_a_share_of_long_ones() -> None:
    body = " ".join(f"word{n}" for n in range(8000))
    sizes = (60, 99, 150, 300, 8000)
    texts = [" ".join(body.split()[:n]) for n in sizes]
    rows = fingerprint(table([article(str(n), t) for n, t in enumerate(texts)])).to_pylist()
    assert [row["rate"] for row in rows] == [0, 0, 1, 2, 3]
    assert len(rows[0]["shingles"]) == 57
    for row, size in zip(rows, sizes, strict=True):
        kept = len(row["shingles"]) * 2 ** row["rate"]
        assert 0.6 * size < kept + 3 < 1.4 * size
    # What is kept of a longer text is kept of a shorter one too, where both have it.
    assert set(rows[4]["shingles"]) & set(rows[0]["shingles"]) == {
        s for s in rows[0]["shingles"] if s < 2 ** (54 - 3)
    }


def test_names_and_numbers_are_facts() -> None:
    def facts(text: str) -> list[int]:
        return list(fingerprint(table([article("a", text)])).to_pylist()[0]["facts"])

    assert len(facts("the talks in Minsk failed")) == 1
    assert facts("But Minsk") == facts("minsk Minsk")  # a short word may only begin a sentence
    assert len(facts("UN and США")) == 2
    assert facts("4.5 here") != facts("5.4 here")
    assert len(facts("TEN PEOPLE KILLED IN BLAST")) == 2  # capitals tell nothing within such a line
