"""No record takes more time or memory than the limits allow, whatever a library does with it."""

from __future__ import annotations

import os
import signal

import pyarrow as pa
import pytest

from tasks.ingest import Limits, extract_records
from tasks.ingest.guard import Failed, guarded
from tests.ingest.conftest import PROSE, Tree
from tests.ingest.costly import COSTLY
from tests.ingest.evil import _page, _parquet, _warc, _zip

# What limits of structure decide, so that it is the same on any machine.
CERTAIN = {
    "attributes.html": (["too_large"], 0),
    "attributes-quoted.html": (["too_large"], 0),
    "attributes-slashes.html": (["too_large"], 0),
    "formatting.html": (["too_large"], 0),
    "anchors-flat.html": (["too_large"], 0),
    "script-words.html": ([], 1),
    "ld-deep.html": ([], 1),
    "attributes-short.jsonl": (["too_large"], 1),
    "elements.jsonl": (["too_large"], 1),
    "attributes-escaped.xml": (["too_large"], 0),
    "items-nested.xml": (["truncated"], 0),
    "parameter-entity.xml": (["no_text"], 0),
    "include.xml": ([], 1),
    "bomb.docx": (["bomb"], 0),
    "paragraphs.docx": (["too_large"], 0),
    "comments.eml": (["too_large"], 0),
    "sender.eml": (["bomb"], 0),
    "parts-deep.eml": (["too_large"], 0),
    "parameters.eml": (["too_large"], 0),
    "number.jsonl": (["malformed"], 2),
    "lists.jsonl": (["malformed"], 2),
    "objects.jsonl": (["malformed"], 2),
    "published.jsonl": ([], 2),
    "many.zip": (["bomb"], 0),
    "overlapping.zip": (["bomb"], 0),
    "twice.bz2.gz": (["bomb"], 0),
    "brotli.warc": ([], 1),
    "long-title.html": ([], 1),
    "marks.txt": (["too_short"], 0),
}


@pytest.mark.parametrize("name", CERTAIN)
def test_what_becomes_of_it(tree: Tree, name: str) -> None:
    tree.add(name, COSTLY[name]())
    batch = tree.read()
    assert (batch.rejects["reason"].to_pylist(), batch.articles.num_rows) == CERTAIN[name]


def test_there_are_enough_of_them() -> None:
    assert len(COSTLY) >= 100


@pytest.mark.parametrize(
    ("content", "reason"), [(COSTLY["attributes.html"](), "too_large"), (_page(), "")]
)
def test_a_page_has_the_same_fate_wherever_it_lies(tree: Tree, content: bytes, reason: str) -> None:
    tree.add("a.html", content)
    tree.add("b.zip", _zip({"a.html": content}))
    tree.add("c.warc", _warc(content) + _warc(_page()))
    told: list[str] = []
    records = list(extract_records([tree.root], on_reject=lambda r: told.append(r.reason)))
    batch = tree.read()
    assert told == batch.rejects["reason"].to_pylist() == [reason] * (3 if reason else 0)
    assert len(records) == batch.articles.num_rows == (1 if reason else 4)


# The process in which documents are parsed


def test_what_takes_too_long_is_ended_and_the_next_record_is_read() -> None:
    with pytest.raises(Failed, match="record_seconds = 1") as failed:
        guarded(Limits(record_seconds=1), sum, range(10**12))
    assert failed.value.reason == "too_costly"
    assert guarded(Limits(), len, "next") == 4


@pytest.mark.parametrize("n_bytes", [2**31, 390 * 2**20])
def test_what_takes_too_much_memory_is_told(n_bytes: int) -> None:
    with pytest.raises(Failed, match="record_memory") as failed:
        guarded(Limits(record_memory=400 * 2**20), eval, f"len(bytearray({n_bytes}))")
    assert failed.value.reason == "too_costly"
    assert guarded(Limits(), len, "next") == 4


def test_a_crash_of_a_library_is_a_reject() -> None:
    with pytest.raises(Failed, match="SIGSEGV") as failed:
        guarded(Limits(), signal.raise_signal, signal.SIGSEGV)
    assert failed.value.reason == "too_costly"


@pytest.mark.parametrize(
    ("code", "reason"), [("(lambda f: f(f))(lambda f: f(f))", "bomb"), ("1 / 0", "malformed")]
)
def test_an_error_says_what_it_was(code: str, reason: str) -> None:
    with pytest.raises(Failed) as failed:
        guarded(Limits(), eval, code)
    assert failed.value.reason == reason


def test_one_process_serves_many_records() -> None:
    assert guarded(Limits(), os.getpid) == guarded(Limits(), os.getpid) != os.getpid()


# Cells that Python cannot hold

MOMENTS = [2**61, -(2**61), 0, 1_645_315_200_000]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array(MOMENTS, pa.timestamp("ms")),
        pa.array(MOMENTS, pa.timestamp("ms", "UTC")),
        pa.array(MOMENTS, pa.timestamp("ms", "Mars/Olympus")),
        pa.array(MOMENTS, pa.timestamp("ms")).dictionary_encode(),
        pa.array(MOMENTS, pa.int64()).view(pa.date64()),
        pa.array([2**31 - 1, -(2**31), 0, 19_043], pa.int32()).cast(pa.date32()),
        pa.StructArray.from_arrays([pa.array(MOMENTS, pa.timestamp("ms"))], ["date"]),
        pa.array(["294247-01-10", "0000-00-00", "", "2022-02-20"]),
        pa.array([1e300, float("nan"), float("-inf"), 1_645_315_200.0]),
    ],
    ids=lambda cells: str(cells.type),
)
def test_an_impossible_date_leaves_its_article_undated_and_costs_no_other(
    tree: Tree, cells: pa.Array
) -> None:
    texts = [f"{PROSE} {n}" for n in range(4)]
    tree.add("a.parquet", _parquet(pa.table({"text": texts, "published": cells})))
    batch = tree.read()
    dates = [day and day.isoformat() for day in batch.articles["published_date"].to_pylist()]
    assert (dates[:2], dates[3]) == ([None, None], "2022-02-20")
    assert batch.rejects.num_rows == 0


@pytest.mark.parametrize("kind", ["string", "dictionary", "list"])
def test_a_broken_letter_costs_no_other_cell(tree: Tree, kind: str) -> None:
    raw = pa.array([b"Talks", b"caf\xff"])
    text: pa.Array = pa.Array.from_buffers(pa.string(), 2, raw.buffers())
    if kind == "dictionary":
        text = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), text)
    elif kind == "list":
        text = pa.ListArray.from_arrays(pa.array([0, 1, 2], pa.int32()), text)
    texts = [f"{PROSE} {n}" for n in range(2)]
    tree.add("a.parquet", _parquet(pa.table({"text": texts, "title": text})))
    assert tree.read().articles["title"].to_pylist() == ["Talks", "caf\ufffd"]
