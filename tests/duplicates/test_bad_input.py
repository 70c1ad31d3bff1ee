"""Whatever comes in: bounded work, and clusters that are still right."""

from __future__ import annotations

import random

import pyarrow as pa

from tasks.duplicates import FINGERPRINTS, fingerprint, relate

from .press import article, clusters, kinds, story, table


def test_no_articles() -> None:
    assert relate(fingerprint(table([]))).num_rows == 0
    assert relate(FINGERPRINTS.empty_table()).num_rows == 0


def test_texts_without_words_are_no_copies_of_each_other() -> None:
    rows = [article("a", ""), article("b", ""), article("c", "— — —"), article("d", "😀")]
    assert len(clusters(rows)) == 4


def test_one_word_is_a_copy_only_under_the_same_title() -> None:
    rows = [
        article("a", "Video", title="Talks in Minsk"),
        article("b", "Video", title="Floods in Bonn"),
        article("c", "Video", title="Floods in Bonn"),
    ]
    assert clusters(rows) == {frozenset("a"), frozenset("bc")}


def test_one_word_ten_thousand_times() -> None:
    rows = [
        article("a", "spam " * 10_000),
        article("b", "spam " * 10_000),
        article("c", story(1)),
    ]
    assert kinds(rows)["b"] == ("exact", "a")
    assert fingerprint(table(rows)).column("shingles")[0].as_py().__len__() == 1


def test_thousands_of_bulletins_of_one_form() -> None:
    rng = random.Random(1)
    towns = [f"Town{n}" for n in range(3000)]

    def bulletin(n: int) -> str:
        a, b, c = rng.sample(towns, 3)
        degrees = [rng.randrange(1000) for _ in range(6)]
        return (
            f"The weather service expects {degrees[0]} degrees in {a} in the morning and {degrees[1]} "
            f"in the afternoon, with winds of {degrees[2]} kilometres an hour from the west. In {b} "
            f"up to {degrees[3]} millimetres of rain are expected, in {c} {degrees[4]} millimetres. "
            f"The service asks drivers to be careful on wet roads. Bulletin {degrees[5]}."
        )

    rows = [article(f"b{n:04}", bulletin(n), n // 100) for n in range(3000)]
    assert len(clusters(rows)) > 2900


def test_thousands_of_copies_of_one_text() -> None:
    rows = [article(f"c{n:04}", story(7), n % 300) for n in range(3000)]
    rows += [article(f"n{n:04}", f"{story(7)} Edition {n}.", n % 300) for n in range(1000)]
    assert len(clusters(rows)) == 1


def test_missing_columns_and_nulls() -> None:
    rows = pa.table({"article_id": ["a", "b"], "body": pa.array([None, story(1)], pa.string())})
    found = relate(fingerprint(rows))
    assert found["relation"].to_pylist() == ["original", "original"]
