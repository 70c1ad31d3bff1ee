"""Each SQL test finds the rows that break its law: data are broken on purpose, one law at a time."""

from __future__ import annotations

import duckdb
import pytest

from tasks.summarize.checks import run_test
from tests.aggregate.story import Story

from .world import SQL, tables, warehouse


@pytest.fixture(scope="module")
def sound() -> dict[str, object]:
    story = Story()
    story.article("a", "20")
    story.article("b", "21", copy_of="a")
    story.mention("a", "FRAGOV", "CONSULT", "RUSGOV", on="20", city="Moscow")
    story.mention("b", "FRAGOV", "CONSULT", "RUSGOV", on="20", city="Moscow")
    return tables(story)


@pytest.fixture
def con(sound: dict[str, object]) -> duckdb.DuckDBPyConnection:
    return warehouse(sound)  # type: ignore[arg-type]


BREAKS = [
    ("mention_sentence_is_in_the_article", "UPDATE mentions SET sentence = 'Other words.'"),
    ("mention_sentence_is_in_the_article", 'UPDATE mentions SET "start" = "start" + 1'),
    ("mention_spans_are_in_the_article", "UPDATE mentions SET source_end = source_start"),
    (
        "mention_spans_are_in_the_article",
        "UPDATE mentions SET trigger_start = 3, trigger_end = 9999",
    ),
    ("mention_spans_are_in_the_article", "UPDATE mentions SET target_text = 'Nobody'"),
    ("mention_belongs_to_one_event", "DELETE FROM event_mentions WHERE article_id = 'b'"),
    (
        "mention_belongs_to_one_event",
        "INSERT INTO boilerplate_mentions SELECT mention_id, article_id, 'line' FROM mentions",
    ),
    ("event_reaches_an_article", "DELETE FROM articles"),
    ("references_exist", "DELETE FROM mentions WHERE article_id = 'b'"),
    ("references_exist", "UPDATE events SET best_mention_id = 'none'"),
    ("references_exist", "INSERT INTO boilerplate_mentions VALUES ('none', 'none', 'none')"),
    ("keys_are_unique", "INSERT INTO events FROM events"),
    ("event_counts_agree_with_mentions", "UPDATE events SET n_independent = 2"),
    ("event_counts_agree_with_mentions", "UPDATE events SET n_mentions = 3"),
    ("every_article_has_its_place_among_copies", "DELETE FROM copies WHERE article_id = 'a'"),
    ("dates_are_in_order", "UPDATE events SET date_end = date_start - 1"),
    ("dates_say_how_they_are_known", "UPDATE events SET date_basis = 'none'"),
    ("dates_say_how_they_are_known", "UPDATE articles SET published_basis = 'ambiguous'"),
    ("codes_are_known", "UPDATE events SET plover = 'TALK'"),
    ("codes_are_known", "UPDATE mentions SET cameo = '21'"),
    ("coordinates_are_on_earth", "UPDATE events SET lat = 91"),
    ("coordinates_are_on_earth", "UPDATE events SET lon = NULL"),
    ("dyads_add_up_to_events", "DELETE FROM daily_dyads WHERE source_country = 'FRA'"),
    ("actors_have_a_country_or_role", "UPDATE events SET source_actor = 'GOV'"),
    ("events_are_not_after_their_last_report", "UPDATE events SET date_start = DATE '2022-03-01'"),
]


@pytest.mark.parametrize(("name", "damage"), BREAKS)
def test_a_broken_law_is_found(con: duckdb.DuckDBPyConnection, name: str, damage: str) -> None:
    path = SQL / "tests" / f"{name}.sql"
    assert run_test(con, path).passed
    con.execute(damage)
    assert run_test(con, path).n_failures > 0


def test_every_law_is_shown_to_find_something() -> None:
    assert {p.stem for p in (SQL / "tests").glob("*.sql")} == {name for name, _ in BREAKS}
