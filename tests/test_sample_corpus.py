"""The answer key of the sample corpus fits its files."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

CORPUS = Path(__file__).resolve().parents[1] / "seeds" / "articles"
KEY: dict[str, Any] = json.loads((CORPUS / "ANSWERS.json").read_text(encoding="utf-8"))
INBOX = CORPUS / KEY["folder"]
ARTICLES: dict[str, dict[str, Any]] = {a["source_uri"]: a for a in KEY["articles"]}
COPIES = [a for a in KEY["articles"] if a["copy_of"]]
# The 16 event types of PLOVER 1.3.
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}

Record = tuple[str, int, str, str]  # file, record, source_uri, text


def _jsonl(name: str, text_field: str) -> list[Record]:
    found = []
    for number, line in enumerate((INBOX / name).read_text("utf-8").split("\n"), start=1):
        try:
            record = json.loads(line) if line else None
        except json.JSONDecodeError:
            record = {}
        if record is not None:
            found.append((name, number, record.get("url", ""), record.get(text_field) or ""))
    return found


def _csv() -> list[Record]:
    with (INBOX / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [("export.csv", n, r["url"], r["text"]) for n, r in enumerate(rows, start=1)]


def _parquet() -> list[Record]:
    rows = pq.read_table(INBOX / "archive.parquet").to_pylist()
    return [("archive.parquet", n, r["url"], r["body"] or "") for n, r in enumerate(rows, start=1)]


def _texts() -> list[Record]:
    return [
        (p.name, 0, p.name, p.read_bytes().decode("utf-8", "replace"))
        for p in sorted(INBOX.glob("*.txt"))
    ]


RECORDS: list[Record] = [
    *_jsonl("wire.jsonl", "maintext"),
    *_jsonl("newsapi.jsonl", "content"),
    *_csv(),
    *_parquet(),
    *_texts(),
]
REFUSED = {(r["uri"], r["record"]) for r in KEY["rejects"]}
REPEATED = {(r["file"], r["record"]) for r in KEY["repeats"]}
TEXT = {uri: t for f, n, uri, t in RECORDS if (f, n) not in REFUSED | REPEATED}


@cache
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return frozenset(zip(*(words[i:] for i in range(4)), strict=False))


def _shared(part: str, whole: str) -> float:
    """Return the share of the four-word runs of `part` that `whole` holds as well."""
    return len(_runs(part) & _runs(whole)) / len(_runs(part))


def test_every_record_is_an_article_a_reject_or_a_repeat() -> None:
    taken = [(f, n) for f, n, uri, _ in RECORDS if (f, n) not in REFUSED | REPEATED]
    assert {(f, n) for f, n, _, _ in RECORDS} >= REFUSED | REPEATED
    assert len(taken) == len(ARTICLES)
    assert set(TEXT) == set(ARTICLES)
    assert all(
        f == ARTICLES[uri]["file"] for f, n, uri, _ in RECORDS if (f, n) not in REFUSED | REPEATED
    )
    counts = KEY["counts"]
    assert len(RECORDS) == counts["inputs"]
    assert counts["inputs"] == counts["articles"] + counts["rejects"] + counts["repeats"]


def test_every_file_is_accounted_for() -> None:
    files = {p.name for p in INBOX.iterdir()}
    sidecars = {f"{a['file']}.json" for a in KEY["articles"] if a["published_from"] == "sidecar"}
    assert files == {f for f, *_ in RECORDS} | sidecars


def test_counts_are_those_of_the_lists() -> None:
    counts = KEY["counts"]
    for name in ("articles", "rejects", "repeats", "events"):
        assert counts[name] == len(KEY[name])
    assert counts["languages"] == Counter(a["lang"] for a in KEY["articles"])
    assert counts["relations"] == Counter(a["relation"] for a in KEY["articles"])


def test_size_and_languages_are_as_promised() -> None:
    assert 55 <= len(ARTICLES) <= 70
    assert len(set(KEY["counts"]["languages"]) - {"zxx"}) >= 7
    assert len({a["story"] for a in KEY["articles"]}) >= 8


def test_dates_parse_and_lie_in_the_period() -> None:
    days = [date.fromisoformat(a["published"]) for a in KEY["articles"] if a["published"]]
    assert all(date(2023, 1, 1) <= d <= date(2023, 6, 30) for d in days)


def test_the_published_table_dates_what_the_key_says() -> None:
    with (CORPUS / KEY["published_table"]).open(encoding="utf-8", newline="") as file:
        table = {r["uri"]: r["published"] for r in csv.DictReader(file)}
    expected = {
        a["source_uri"]: a["published"]
        for a in KEY["articles"]
        if a["published_from"] == "published.csv"
    }
    assert table == expected


def test_addresses_point_to_no_real_site() -> None:
    hosts = {uri.split("/")[2] for _, _, uri, _ in RECORDS if uri.startswith("http")}
    assert hosts
    assert all(h.endswith(".example") for h in hosts)


@pytest.mark.parametrize("copy", COPIES, ids=lambda a: a["source_uri"])
def test_a_copy_follows_an_original_of_its_story_and_language(copy: dict[str, Any]) -> None:
    original = ARTICLES[copy["copy_of"]]
    assert original["relation"] == "original"
    assert original["published"] < copy["published"]
    assert (original["story"], original["lang"]) == (copy["story"], copy["lang"])


@pytest.mark.parametrize("copy", COPIES, ids=lambda a: a["source_uri"])
def test_relations_hold_in_the_texts(copy: dict[str, Any]) -> None:
    one, other = TEXT[copy["source_uri"]], TEXT[copy["copy_of"]]
    match copy["relation"]:
        case "exact":
            assert one == other
        case "embeds":
            assert other in one
            assert len(one) > 1.5 * len(other)
        case "excerpt":
            assert _shared(one, other) > 0.7
            assert len(one) < 0.7 * len(other)
        case "near" | "update":
            assert one != other
            assert _shared(one, other) > 0.4
            assert 0.6 < len(one) / len(other) < 1.6
        case relation:
            pytest.fail(f"unknown relation {relation}")


def test_unrelated_articles_share_little_text() -> None:
    related = {frozenset((c["source_uri"], c["copy_of"])) for c in COPIES}
    family = {a["source_uri"]: a["copy_of"] or a["source_uri"] for a in KEY["articles"]}
    alike = {frozenset((p["a"], p["b"])) for p in KEY["look_alikes"]}
    assert not related & alike
    for uri, text in TEXT.items():
        for other, other_text in TEXT.items():
            pair = frozenset((uri, other))
            if family[uri] == family[other] or pair in alike:
                continue
            assert _shared(text, other_text) < 0.3, f"{uri} | {other}"


@pytest.mark.parametrize("event", KEY["events"], ids=lambda e: f"{e['plover']}-{e['date']}")
def test_events_use_known_codes_and_articles(event: dict[str, Any]) -> None:
    assert {event["plover"], *event.get("plover_also", [])} <= PLOVER
    assert re.fullmatch(r"0[1-9]|1\d|20", event["cameo_root"])
    for actor in (event["source"], event["target"]):
        assert actor is None or re.fullmatch("[A-Z]{3}", actor)
    assert event["status"] in {"actual", "planned", "hypothetical", "negated", "denied"}
    assert event["articles"]
    assert set(event["articles"]) <= set(ARTICLES)
    assert event["langs"] == sorted({ARTICLES[u]["lang"] for u in event["articles"]})
    assert event["story"] in {ARTICLES[u]["story"] for u in event["articles"]}


def test_independent_reports_are_those_that_are_no_copies() -> None:
    for event in KEY["events"]:
        originals = {ARTICLES[u]["copy_of"] or u for u in event["articles"]}
        assert event["n_independent"] == len(originals)


def test_articles_without_events_have_none() -> None:
    reporting = {u for e in KEY["events"] for u in e["articles"]}
    assert set(KEY["no_events"]) == set(ARTICLES) - reporting


def test_no_event_is_reported_before_it_happened() -> None:
    for event in KEY["events"]:
        reported = [ARTICLES[u]["published"] for u in event["articles"]]
        if event["date"] and event["status"] == "actual":
            assert event["date"] <= min(d for d in reported if d)


def test_stated_quantities_stand_in_the_text() -> None:
    for event in KEY["events"]:
        for quantity in event.get("quantities", []):
            for uri in quantity["articles"]:
                assert _states(TEXT[uri], quantity["value"]), (uri, quantity)


def _states(text: str, value: int) -> bool:
    """Tell whether the number stands in the text, in digits or, if small, in a word."""
    words = {1: "one|один", 2: "two|два", 4: "four|четверо"}
    digits = f"{value:,}".replace(",", "[.,]?")
    return re.search(rf"\b({digits}|{words.get(value, digits)})\b", text, re.I) is not None


def test_the_parquet_file_holds_the_rows_of_its_script() -> None:
    spec = importlib.util.spec_from_file_location("make_parquet", CORPUS / "make_parquet.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert pq.read_table(script.TARGET).to_pylist() == script.table().to_pylist()


def test_damage_is_really_in_the_files() -> None:
    with pytest.raises(UnicodeDecodeError):
        (INBOX / "secours-albanie.txt").read_text("utf-8")
    with pytest.raises(UnicodeDecodeError, match="unexpected end of data"):
        (INBOX / "posol-danii.txt").read_text("utf-8")
    assert (INBOX / "empty.txt").stat().st_size == 0
    assert b"\x00" in (INBOX / "picture.txt").read_bytes()
