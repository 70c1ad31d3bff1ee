"""What must hold for any text: spans that prove themselves, ids that do not collide, no crash."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.events import code_articles, code_records, code_text
from tasks.schemas import MENTIONS, conform

TEXTS = [
    "French President Emmanuel Macron met Vladimir Putin in Moscow on Monday. They agreed to meet "
    "again in June.",
    "Turkish troops killed 12 Syrian soldiers near Idlib, the ministry said. Syria denied it.",
    "Protesters in Minsk demanded the release of prisoners. Police detained 300 people.",
    "Der Präsident traf seinen Amtskollegen.",
]
PARTS = st.sampled_from(
    [
        "Russia",
        "France",
        "attacked",
        "met",
        "agreed to",
        "will",
        "not",
        "talks with",
        ",",
        ".",
        "the two leaders",
        "he",
        "“",
        "”",
        "and",
        "Putin",
        "said",
        "sanctions on",
        "\n\n",
        "–",
        "of",
    ]
)


def _articles(order: list[int]) -> pa.Table:
    return pa.table(
        {
            "article_id": [f"{i:032x}" for i in order],
            "body": [TEXTS[i] for i in order],
            "lang": ["de-xx" if i == 3 else "en" for i in order],
            "published_date": pa.array([date(2022, 2, 9)] * len(order), pa.date32()),
        }
    )


def test_the_table_is_a_function_of_each_article_alone() -> None:
    whole = code_articles(_articles([0, 1, 2, 3]))
    assert code_articles(_articles([2, 3, 1, 0])).equals(whole)
    parts = [code_articles(_articles([i])).to_pylist() for i in range(4)]
    rows = sorted((r for p in parts for r in p), key=lambda r: r["mention_id"])
    assert rows == sorted(whole.to_pylist(), key=lambda r: r["mention_id"])
    assert whole.num_rows > 3
    conform(whole, MENTIONS)


def test_ids_are_unique_and_spans_prove_themselves() -> None:
    rows = code_articles(_articles([0, 1, 2])).to_pylist()
    assert len({r["mention_id"] for r in rows}) == len(rows)
    for r in rows:
        body = TEXTS[int(r["article_id"], 16)]
        assert body[r["start"] : r["end"]] == r["sentence"]
        for side in ("source", "target"):
            if r[f"{side}_start"] is not None:
                span = body[r[f"{side}_start"] : r[f"{side}_end"]]
                assert span == r[f"{side}_text"]
        assert body[r["trigger_start"] : r["trigger_end"]].isalpha()


def test_a_language_without_a_pack_gives_no_rows() -> None:
    assert code_articles(_articles([3])).num_rows == 0
    assert code_text(TEXTS[0], lang="tlh") == []


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, max_size=40).map(" ".join))
def test_no_jumble_of_words_breaks_it(text: str) -> None:
    for m in code_text(text, published=date(2022, 2, 9)):
        assert text[m.start : m.end] == m.sentence
        assert m.source is not None or m.target is not None


def test_monstrous_sentences_are_passed_over() -> None:
    for text in (
        "Russia attacked " * 4_000,
        "x" * 50_000,
        "((((" * 10_000,
        "\x00 Russia met France",
    ):
        code_text(text)


def test_records_give_a_reciprocal_event_both_ways_and_mark_the_unknown() -> None:
    found = list(
        code_records(
            [
                {"id": 1, "text": "Macron and Putin met in Moscow.", "date": "2022-02-09"},
                {"id": 2, "text": "A bomb exploded in Kabul."},
                {"id": 3, "text": None},
            ]
        )
    )
    pairs = {(e["source"], e["target"]) for e in found[0]["events"] if e["cameo"] == "040"}
    assert pairs == {("FRAGOV", "RUSGOV"), ("RUSGOV", "FRAGOV")}
    assert [e["source"] for e in found[1]["events"]] == ["---"]
    assert found[2] == {"id": 3, "events": []}
