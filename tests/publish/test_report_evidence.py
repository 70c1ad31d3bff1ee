"""The evidence that a row of the report page unfolds to."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from random import Random
from typing import Any

import duckdb
import pytest

from tasks.publish.report.events import pack_events
from tasks.publish.report.evidence import MAX_REPORTS, evidence
from tasks.warehouse import Release
from tests.publish.newsroom import LAST_DAY, World, add_event, publish


def unpack(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


def words(report: dict[str, Any]) -> dict[str, str]:
    """What stands at each span of a report."""
    return {s["kind"]: report["sentence"][s["first"] : s["last"]] for s in report["spans"]}


@pytest.fixture(scope="module")
def connection(release: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    with release.connect() as connection:
        yield connection


def test_every_event_of_the_table_has_its_evidence_in_the_same_row(
    connection: duckdb.DuckDBPyConnection, world: World
) -> None:
    packed = pack_events(connection)
    table, events = unpack(packed.table), [e for b in packed.blocks for e in unpack(b)]
    assert packed.n_rows == table["n"] == len(events) == len(world.events)
    by_id = {e["event_id"]: e for e in world.events}
    for row, event in enumerate(events):
        truth = by_id[event["id"]]
        for name in ("source_actor", "target_text", "plover", "cameo", "status", "place_name"):
            values, numbers = table["columns"][name]
            assert (values[numbers[row]] if numbers[row] >= 0 else None) == truth[name]
        assert table["columns"]["n_independent"][row] == truth["n_independent"]
        assert len(event["reports"]) == min(truth["n_mentions"], MAX_REPORTS)


def test_texts_are_numbered_in_the_order_of_the_alphabet(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    columns = unpack(pack_events(connection).table)["columns"]
    assert all(c[0] == sorted(c[0]) for c in columns.values() if c and isinstance(c[0], list))


def test_only_the_latest_events_are_packed_when_there_are_too_many(
    connection: duckdb.DuckDBPyConnection, world: World
) -> None:
    packed = pack_events(connection, most=20)
    values, numbers = unpack(packed.table)["columns"]["first_reported"]
    assert packed.n_rows == 20
    latest = sorted((e["date_start"] or e["first_reported"] for e in world.events), reverse=True)
    assert min(values[n] for n in numbers) >= latest[30].isoformat()


def test_the_best_report_comes_first(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    sentences = {m["mention_id"]: m["sentence"] for m in world.mentions}
    found = map(json.loads, evidence(connection, [e["event_id"] for e in world.events]))
    for event, shown in zip(world.events, found, strict=True):
        assert shown["reports"][0]["sentence"] == sentences[event["best_mention_id"]]


def test_spans_count_code_points_of_the_sentence(
    connection: duckdb.DuckDBPyConnection, world: World
) -> None:
    event = world.events[0]
    report = json.loads(evidence(connection, [event["event_id"]])[0])["reports"][0]
    found = words(report)
    assert found["source"] == event["source_text"]
    assert found["target"] == event["target_text"]
    assert found["place"] == event["place_name"]
    assert found["date"].startswith("on ")
    assert f"{found['source']} {found['trigger']} {found['target']}" in report["sentence"]


def one_report(tmp_path: Any, **changes: Any) -> dict[str, Any]:
    """The evidence of an event whose only mention has these columns."""
    world = World(Random(0))
    event = add_event(world, 0, LAST_DAY, place_name="Niger", place_country="NER")
    mention, article = world.mentions[0], world.articles[0]
    for name, value in changes.items():
        row = article if name in article and name not in mention else mention
        row[name] = value
    with publish(world, tmp_path / "w", marts=False).connect() as connection:
        found = json.loads(evidence(connection, [event["event_id"]])[0])
    report: dict[str, Any] = found["reports"][0]
    return report


def test_what_stands_in_another_sentence_is_not_marked(tmp_path: Any) -> None:
    report = one_report(tmp_path, source_start=0, source_end=4)
    assert "source" not in words(report)


def test_a_place_is_marked_where_the_mention_has_it(tmp_path: Any) -> None:
    sentence = "Talks were held in Geneva, he said."
    at = {"place_text_start": 19, "place_text_end": 25, "place_name": "Genève"}
    report = one_report(tmp_path, sentence=sentence, start=0, end=len(sentence), **at)
    assert words(report)["place"] == "Geneva"


def test_a_place_of_the_context_is_not_marked(tmp_path: Any) -> None:
    at = {"place_text_start": None, "place_text_end": None, "place_basis": "context"}
    assert "place" not in words(one_report(tmp_path, **at))


def test_quantities_are_marked_with_what_they_mean(tmp_path: Any) -> None:
    sentence = "Between 3 and 5 people were killed."
    quantity = {"kind": "killed", "low": 3.0, "high": 5.0, "unit": "persons", "start": 0, "end": 15}
    report = one_report(
        tmp_path, sentence=sentence, quantities=[quantity], start=0, end=len(sentence)
    )
    [number] = [s for s in report["spans"] if s["kind"] == "number"]
    assert number["means"] == "3–5 killed"
    assert words(report)["number"] == "Between 3 and 5"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/1?b=c#d", "https://a.example/1?b=c#d"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)//https://a.example", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("https:///nohost", None),
        ("news/1.txt", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_links(tmp_path: Any, url: str | None, link: str | None) -> None:
    assert one_report(tmp_path, url=url)["link"] == link
