"""Articles as plain records."""

from __future__ import annotations

import json

from tasks.ingest import extract_records
from tasks.ingest.record import Refusal
from tests.ingest.conftest import PROSE, Tree

KEYS = [
    *("id", "uri", "url", "title", "text", "published", "published_precision"),
    *("published_basis", "publisher", "lang"),
]


def test_the_keys_and_the_exactness_of_the_date(tree: Tree) -> None:
    dates = ["2022-02-20T17:30:00+01:00", "2022-02-20", "February 2022", "soon"]
    lines = [
        json.dumps({"id": i, "text": PROSE, "date": d, "lang": "en_us"})
        for i, d in enumerate(dates)
    ]
    tree.add("a.jsonl", "\n".join(lines))
    records = list(extract_records([tree.root]))
    assert all(list(r) == KEYS for r in records)
    assert [r["published"] for r in records] == [
        "2022-02-20T17:30:00+01:00",
        "2022-02-20",
        None,
        None,
    ]
    assert [r["id"] for r in records] == ["0", "1", "2", "3"]
    assert {r["lang"] for r in records} == {"en-US"}
    json.dumps(records)


def test_refusals_can_be_heard(tree: Tree) -> None:
    tree.add("a.txt", "")
    heard: list[Refusal] = []
    assert list(extract_records([tree.root], on_reject=heard.append)) == []
    assert [(r.uri, r.reason) for r in heard] == [("a.txt", "empty")]
