"""A model of the user codes into the same table, cached and bounded."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.errors import UserError
from tasks.events import code_articles
from tasks.events.coding import coding_of
from tasks.events.llm.coder import PER_CALL, ask_about
from tasks.events.llm.options import LlmOptions
from tasks.settings import Settings, load_settings
from tests.flows.running import current, run
from tests.llm.model import Model, event, serve_model

TEXT = "Emmanuel Macron called Vladimir Putin on Sunday. It rained in Paris."
PUBLISHED = date(2022, 2, 21)


def options(model: Model, **about: object) -> LlmOptions:
    return LlmOptions(model.endpoint, "stub", **about)  # type: ignore[arg-type]


def test_the_model_finds_the_words_and_the_tables_say_what_they_mean(model: Model) -> None:
    (m,) = ask_about(options(model), TEXT, published=PUBLISHED, article_id="a")
    row = m.row()
    assert (row["source_actor"], row["target_actor"]) == ("FRAGOV", "RUSGOV")
    assert (row["source_text"], row["target_text"]) == ("Emmanuel Macron", "Vladimir")
    assert (row["cameo"], row["plover"], row["is_reciprocal"]) == ("041", "CONSULT", True)
    assert (row["date_start"], row["date_basis"]) == (date(2022, 2, 20), "inferred")
    assert TEXT[m.trigger_start : m.trigger_end] == "called"
    assert row["rule"] == "llm:stub"


def test_any_language_can_be_coded(model: Model) -> None:
    text = "Kansler Scholz called Putin."
    (m,) = ask_about(options(model), text, lang="sv", article_id="a")
    assert m.lang == "sv"


def test_the_question_asks_for_a_schema_and_carries_the_key(model: Model) -> None:
    ask_about(options(model, key="secret"), TEXT)
    (body,) = model.asked
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["temperature"] == 0
    assert "041 " in body["messages"][0]["content"]
    assert model.keys == ["Bearer secret"]


def test_what_was_asked_once_is_not_asked_again(model: Model, tmp_path: Path) -> None:
    kept = options(model, cache=str(tmp_path / "llm.sqlite"))
    first = ask_about(kept, TEXT, article_id="a")
    assert ask_about(kept, TEXT, article_id="a") == first
    assert len(model.asked) == 1


def test_another_model_is_asked_anew(model: Model, tmp_path: Path) -> None:
    cache = str(tmp_path / "llm.sqlite")
    ask_about(options(model, cache=cache), TEXT)
    ask_about(LlmOptions(model.endpoint, "other", cache=cache), TEXT)
    assert len(model.asked) == 2


def test_a_run_asks_no_more_than_it_may_and_the_next_goes_on(model: Model, tmp_path: Path) -> None:
    text = "\n\n".join(f"Macron called Putin {n} times." for n in range(2 * PER_CALL))
    cache = str(tmp_path / "llm.sqlite")
    with pytest.raises(UserError, match="llm_max_calls = 1"):
        ask_about(options(model, cache=cache, run="one", max_calls=1), text)
    found = ask_about(options(model, cache=cache, run="two", max_calls=1), text)
    assert len(found) == 2 * PER_CALL
    assert len(model.asked) == 2


def test_a_busy_endpoint_is_tried_again(model: Model) -> None:
    model.failures = [429, 503]
    assert len(ask_about(options(model), TEXT)) == 1


def test_an_endpoint_that_refuses_is_named(model: Model) -> None:
    model.failures = [401]
    with pytest.raises(UserError, match=r"127.0.0.1.*the model does not answer: 401"):
        ask_about(options(model), TEXT)
    assert len(model.asked) == 1


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9/v1", "not an address", "ftp://x/v1"])
def test_no_endpoint_is_the_users_mistake(endpoint: str) -> None:
    with pytest.raises(UserError, match="does not answer"):
        ask_about(LlmOptions(endpoint, "stub"), TEXT)


def test_an_invented_actor_makes_no_event(caplog: pytest.LogCaptureFixture) -> None:
    invented = event(trigger="called", source="Joe Biden", target="Vladimir Putin")
    with serve_model(lambda sentences: [invented]) as model, caplog.at_level(logging.WARNING):
        assert ask_about(options(model), TEXT, article_id="a7") == []
    assert "a7" in caplog.text
    assert "'Joe Biden' does not stand in the sentence" in caplog.text


def test_idle_talk_instead_of_json_makes_no_event() -> None:
    with serve_model(lambda sentences: "I think that Macron called Putin.") as model:
        assert ask_about(options(model), TEXT) == []


def test_articles_are_coded_by_the_coder_of_the_settings(model: Model) -> None:
    articles = pa.table(
        {
            "article_id": ["a", "b", "c"],
            "body": [TEXT, "Macron called Putin.", "Macron called Putin."],
            "lang": ["en", "fi", "zxx"],
            "published_date": pa.array([PUBLISHED] * 3, pa.date32()),
        }
    )
    chosen = Settings(coder="llm", llm_endpoint=model.endpoint, llm_model="stub")
    by_model = code_articles(articles, coding_of(chosen))
    assert by_model["article_id"].to_pylist() == ["a", "b"]
    by_rules = code_articles(articles, coding_of(Settings()))
    assert set(by_rules["article_id"].to_pylist()) == {"a"}


def test_a_run_with_a_model_is_published_and_costs_nothing_the_second_time(
    model: Model, tmp_path: Path
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.txt").write_text(f"Date: 2022-02-21\n\n{TEXT} " + "They spoke for long. " * 5)
    chosen = {"coder": "llm", "llm_endpoint": model.endpoint, "llm_model": "stub"}
    run(tmp_path / "w", inbox, **chosen)
    assert current(tmp_path / "w").read("mentions")["rule"].to_pylist() == ["llm:stub"]
    asked = len(model.asked)
    run(tmp_path / "w", inbox, number=1, **chosen)
    assert len(model.asked) == asked
    # The rules are another coder: everything is coded again.
    run(tmp_path / "w", inbox, number=2)
    assert not any(
        r.startswith("llm") for r in current(tmp_path / "w").read("mentions")["rule"].to_pylist()
    )


def test_a_model_without_a_name_is_asked_for() -> None:
    with pytest.raises(UserError, match="llm_endpoint and llm_model"):
        coding_of(Settings(coder="llm"))
    with pytest.raises(UserError, match="coder = 'magic' is neither rules nor llm"):
        load_settings(environ={"DEMARCHE_CODER": "magic"})
