"""The sample corpus, run through the pipeline and held against its answer key.

Floors, not equalities, where the coder is measured: the key names what is beyond doubt, and the
figures reached stand in docs/accuracy.md.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tasks.settings import SEEDS

from .flows.running import run_sample, tables

KEY = json.loads((SEEDS / "articles" / "ANSWERS.json").read_text(encoding="utf-8"))
ARTICLES = {a["source_uri"]: a for a in KEY["articles"]}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    report = run_sample(warehouse)
    rows = {name: table.to_pylist() for name, table in tables(warehouse).items()}
    return report, rows


@pytest.fixture(scope="module")
def articles(found) -> dict[str, Row]:
    return {row["source_uri"]: row for row in found[1]["articles"]}


def test_the_account_is_that_of_the_key(found):
    report, counts = found[0], KEY["counts"]
    assert (report.n_inputs, report.n_articles) == (counts["inputs"], counts["articles"])
    assert (report.n_rejects, report.n_repeats) == (counts["rejects"], counts["repeats"])


def test_every_article_of_the_key_is_there(articles):
    assert set(articles) == set(ARTICLES)


def test_every_reject_of_the_key_is_there(found):
    refused = {(row["uri"], row["record"]) for row in found[1]["rejects"]}
    assert refused == {(r["uri"], r["record"]) for r in KEY["rejects"]}


def test_every_language_is_right(articles):
    assert {uri: row["lang"] for uri, row in articles.items()} == {
        uri: key["lang"] for uri, key in ARTICLES.items()
    }


def test_publication_dates_are_right(articles):
    wrong = {
        uri: str(row["published_date"])
        for uri, row in articles.items()
        if str(row["published_date"])
        not in (str(ARTICLES[uri]["published"])[:10], *ARTICLES[uri].get("published_also", []))
    }
    assert wrong == {}


def test_copies_are_told_with_their_relation(found, articles):
    uris = {row["article_id"]: uri for uri, row in articles.items()}
    told = {
        uris[row["article_id"]]: (uris.get(row["copy_of"]), row["relation"])
        for row in found[1]["copies"]
    }
    assert told == {uri: (key["copy_of"], key["relation"]) for uri, key in ARTICLES.items()}


def test_look_alikes_are_no_copies(found, articles):
    clusters = {row["article_id"]: row["cluster_id"] for row in found[1]["copies"]}
    for pair in KEY["look_alikes"]:
        one, other = (articles[pair[side]]["article_id"] for side in ("a", "b"))
        assert clusters[one] != clusters[other], pair["why"]


def is_the_event(event: Row, key: Row) -> bool:
    """Tell whether an event is the one that the key means: type, actors, day and status."""
    pairs = [(key["source"], t) for t in (key["target"], *key.get("target_also", []))]
    if key.get("reciprocal"):
        pairs += [(target, source) for source, target in pairs]
    sides = event["source_country"], event["target_country"]
    days = [key["date"], *key.get("date_also", [])]
    first, last = str(event["date_start"]), str(event["date_end"] or event["date_start"])
    return (
        event["plover"] in (key["plover"], *key.get("plover_also", []))
        and event["status"] == key["status"]
        and any(all(w in (None, s) for w, s in zip(pair, sides, strict=True)) for pair in pairs)
        and any(day is None or first <= day <= last for day in days)
    )


def test_the_events_of_the_english_articles_are_found(found):
    wanted = [key for key in KEY["events"] if "en" in key["langs"]]
    missed = [k for k in wanted if not any(is_the_event(e, k) for e in found[1]["events"])]
    assert len(missed) <= len(wanted) * 0.55


def test_two_calls_on_two_days_stay_two_and_copies_do_not_count_twice(found):
    calls = [
        e
        for e in found[1]["events"]
        if e["mode"] == "phone"
        and e["status"] == "actual"
        and {e["source_country"], e["target_country"]} == {"FRA", "UKR"}
    ]
    assert [str(c["date_start"]) for c in calls] == ["2023-03-14", "2023-03-23"]
    first = calls[0]
    assert first["n_articles"] >= 3
    assert first["n_independent"] < first["n_articles"]


def test_articles_without_an_event_have_none(found, articles):
    quiet = {articles[uri]["article_id"] for uri in KEY["no_events"]}
    coded = [m for m in found[1]["mentions"] if m["article_id"] in quiet and m["plover"]]
    assert [m["sentence"] for m in coded] == []


def test_languages_without_a_pack_are_stored_and_counted_as_not_coded(found, articles):
    coded = {m["article_id"] for m in found[1]["mentions"]}
    arabic = [row for row in articles.values() if row["lang"] == "ar"]
    assert arabic
    assert not any(row["article_id"] in coded for row in arabic)
