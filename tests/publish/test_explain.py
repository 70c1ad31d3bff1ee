"""`demarche explain` tells the whole chain, and nothing that the tables do not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tasks.aggregate import Edition
from tasks.errors import UserError
from tasks.events.lexicon import languages, load_lexicon
from tasks.publish.explain import explain
from tasks.publish.marking import Span, mark
from tasks.publish.rules import explain_rule
from tasks.publish.supersedes import write_supersedes
from tasks.warehouse import Release, Warehouse, release_id
from tests.aggregate.story import Story
from tests.flows.running import START
from tests.sql.world import tables as tables_of

Rows = list[dict[str, Any]]


def publish(story: Story, folder: Path, number: int) -> Release:
    """Publish a story as the `number`th release of a warehouse."""
    from datetime import timedelta

    from tasks import schemas

    store, moment = Warehouse(folder), START + timedelta(hours=number)
    with store.lock("test"), store.builder(release_id(moment)) as builder:
        made = tables_of(story)
        for name in sorted(made.keys() - schemas.OF_RELEASES):
            builder.write_table(schemas.TABLES[name], made[name])
        now = Edition(builder.release_id, made["events"], made["event_mentions"], made["mentions"])
        write_supersedes(builder, lambda: now)
        builder.database()
        return builder.publish(report={}, created=moment)


def sections(release: Release, wanted: str) -> dict[str, Rows]:
    with release.connect() as connection:
        return {s.title: s.rows for s in explain(connection, wanted)}


@pytest.fixture(scope="module")
def call() -> Story:
    """A call: an agency, two papers that cite it, a copy of one, a report of its own."""
    story = Story()
    story.article("agency", "20", publisher="reuters.com")
    story.article("citing", "20")
    story.article("copying", "21", copy_of="citing")
    story.article("own", "21")
    about: dict[str, Any] = {"mode": "phone", "on": "20"}
    story.mention("agency", "FRAGOV", "CONSULT", "RUSGOV", confidence=0.9, **about)
    story.mention("citing", "FRA", "CONSULT", "RUSGOV", according_to="Reuters", **about)
    story.mention("copying", "FRA", "CONSULT", "RUSGOV", according_to="Reuters", **about)
    story.mention("own", "FRAGOV", "CONSULT", "RUSGOV", **about)
    story.mention("own", "FRAGOV", "CONSULT", "RUSGOV", **about)
    story.article("echo", "22", copy_of="own")
    story.mention("echo", "FRAGOV", "CONSULT", "RUSGOV", **about)
    return story


@pytest.fixture(scope="module")
def explained(call: Story, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    release = publish(call, tmp_path_factory.mktemp("call") / "warehouse", 0)
    return sections(release, release.read("events")["event_id"][0].as_py())


def test_every_mention_is_there_with_the_reason_why_it_counts_or_not(
    explained: dict[str, Rows],
) -> None:
    told = {}
    for r in explained["reports"]:
        told.setdefault(r["report"], []).append((r["counts"], r["because"]))
    assert told["agency.txt"] == [(True, "the best mention of its text")]
    assert sorted(told["own.txt"]) == [
        (False, "the same article counts already"),
        (True, "the best mention of its text"),
    ]
    assert told["citing.txt"] == [(False, "goes back to reuters, as does agency.txt")]
    assert told["copying.txt"] == [(False, "goes back to reuters, as does agency.txt")]
    assert told["echo.txt"] == [(False, "near copy of own.txt, which counts")]
    assert sum(r["counts"] for r in explained["reports"]) == 2


def test_the_value_that_lost_is_told_with_its_support_and_the_reason(
    explained: dict[str, Rows],
) -> None:
    source = [c for c in explained["how the fields were settled"] if c["field"] == "source"]
    assert [(c["value"], c["stands"], c["n_articles"], c["n_texts"]) for c in source] == [
        ("FRAGOV", True, 3, 2),
        ("FRA", False, 2, 1),
    ]
    assert "beats a bare country" in source[1]["why"]


def test_the_words_are_marked_and_the_date_is_accounted_for(explained: dict[str, Rows]) -> None:
    first = explained["what each sentence says"][0]
    assert first["sentence"] == "[source: FRAGOV] did it to [target: RUSGOV]."
    assert first["date"] == "2022-02-20: stated"
    assert first["who"] == "FRAGOV -> RUSGOV"


def test_a_sample_event_leads_to_its_sentence_and_its_row_in_the_lexicon(sample: Release) -> None:
    with sample.connect() as connection:
        found = connection.execute(
            "SELECT event_id, best_mention_id FROM events WHERE mode = 'phone' "
            "ORDER BY n_mentions DESC, event_id LIMIT 1"
        ).fetchall()
        if not found:
            pytest.skip("the sample has no call")
        event, best = found[0]
        row = connection.execute(
            "SELECT a.body[m.source_start + 1:m.source_end] "
            "FROM mentions m JOIN articles a USING (article_id) WHERE mention_id = ?",
            [best],
        ).fetchall()
    told = sections(sample, event[:12])
    sentence = next(r for r in told["what each sentence says"] if r["mention_id"] == best)
    assert f"[source: {row[0][0]}" in sentence["sentence"]
    rules = told["rules that fired"]
    assert all(r["where"] for r in rules)
    assert any("cameo 04" in r["what"] for r in rules)


@pytest.mark.parametrize("lang", languages())
def test_every_frame_and_operator_is_found_where_it_is_written(lang: str) -> None:
    lexicon = load_lexicon(lang)
    rows = [*lexicon.rows, *lexicon.operator_rows]
    assert len(rows) > 50
    for row in rows:
        told = explain_rule(row.rule, lang)
        assert all(t["where"].startswith(f"seeds/lexicon/{lang}/") for t in told), row.rule
        assert any(f"example {row.example}" in t["what"] for t in told) or not row.example


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        ("means:drone", "seeds/lexicon/en/means.csv:"),
        ("duty", "tasks/events/obligation.py"),
        ("denied", "tasks/events/settle.py"),
        *((name, "tasks/events/status.py") for name in ("future negated", "pending")),
        ("target:dateline", "tasks/events/homes.py"),
        ("llm:some-model", "seeds/llm/prompt.md"),
    ],
)
def test_a_rule_that_is_no_frame_is_named_too(rule: str, where: str) -> None:
    [told] = explain_rule(rule, "en")
    assert told["where"].startswith(where)
    [finer] = explain_rule(f"as:{load_lexicon('en').rows[-1].rule}", "en")
    assert finer["where"].startswith("seeds/lexicon/en/frames")


def test_every_rule_of_the_sample_is_named(sample: Release) -> None:
    told = {(m["rule"], m["lang"]) for m in sample.read("mentions").to_pylist()}
    parts = [part for rule, lang in sorted(told) for part in explain_rule(rule, lang)]
    assert [part["rule"] for part in parts if not part["where"]] == []


def test_what_stands_is_what_the_table_says_for_every_event_of_the_sample(sample: Release) -> None:
    events = [e for e in sample.read("events").to_pylist() if e["n_mentions"] > 2]
    for event in events[:12]:
        told = sections(sample, event["event_id"])
        stands = {
            c["field"]: c["value"] for c in told["how the fields were settled"] if c["stands"]
        }
        assert stands.get("source") == event["source_actor"]
        assert stands.get("target") == event["target_actor"]
        assert (stands["cameo"], stands["status"]) == (event["cameo"], event["status"])
        assert sum(r["counts"] for r in told["reports"]) == event["n_independent"]


def test_earlier_ids_are_told_and_lead_to_the_event(tmp_path: Path) -> None:
    story, folder = Story(), tmp_path / "warehouse"
    about: dict[str, Any] = {"mode": "phone", "on": "20"}
    releases = []
    for number, (name, day) in enumerate([("c", "22"), ("d", "22"), ("b", "21"), ("a", "20")]):
        story.article(name, day)
        story.mention(name, "FRAGOV", "CONSULT", "RUSGOV", **about)
        releases.append(publish(story, folder, number))
    first, second, third, now = releases
    (old,), (later,), (event,) = ids = [r.read("events")["event_id"].to_pylist() for r in (
        first, third, now
    )]  # fmt: skip
    assert len({*map(tuple, ids)}) == 3
    rows = sections(now, event)["in earlier releases"]
    told = ("from_release", "old_event_id", "new_event_id", "change")
    expected = [(second.id, old, later, "renamed"), (third.id, later, event, "renamed")]
    assert [tuple(r[c] for c in told) for r in rows] == expected
    # The releases in between may be gone: the table of the last one is enough.
    found = sections(now, old[:20])
    assert found[f"event {old} of an earlier release: what became of it"] == rows
    assert f"event {event}" in found
    with pytest.raises(UserError, match="no event"):
        sections(first, event)


BODY = "On Monday Macron called Putin. Then he slept."


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], "On Monday Macron called Putin."),
        ([Span("date", 0, 9)], "[date: On Monday] Macron called Putin."),
        (
            [Span("source", 10, 16), Span("target", 24, 29)],
            "On Monday [source: Macron] called [target: Putin].",
        ),
        (
            [Span("source", 10, 16), Span("says", 10, 29)],
            "On Monday [says: [source: Macron] called Putin].",
        ),
        ([Span("a", 0, 9), Span("b", 3, 16)], "[a: On Monday] Macron called Putin."),
        ([Span("a", 0, 9), Span("b", 0, 9)], "[a: [b: On Monday]] Macron called Putin."),
        ([Span("date", 31, 35)], "On Monday Macron called Putin."),
        ([Span("all", 0, 30)], "[all: On Monday Macron called Putin.]"),
    ],
)
def test_spans_are_marked_as_far_as_they_nest(spans: list[Span], marked: str) -> None:
    assert mark(BODY, 0, 30, spans) == marked


def test_a_rule_is_shown_with_its_place_and_unknown_ones_are_said_to_be() -> None:
    known, home, gone = explain_rule("agree:agree + target:sentence + CONSULT/met_by_nobody", "en")
    assert known["where"].startswith("seeds/lexicon/en/operators.csv:")
    assert home["what"] == "target: the only country that its sentence speaks of"
    assert gone == {
        "rule": "CONSULT/met_by_nobody",
        "where": "",
        "what": "not in the tables of this version",
    }
