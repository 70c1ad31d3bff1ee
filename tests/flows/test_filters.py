"""One stage as a filter, and one behind the other in a pipe."""

from __future__ import annotations

import json
import logging
from io import StringIO
from pathlib import Path

import pytest

from flows.commands.filters import _parse
from tasks.annotate import annotate_records
from tasks.errors import UserError
from tasks.events import code_records, explain_sentence
from tasks.publish.exports import export_events

from .running import current, run_sample
from .test_cli import PROJECT, demarche, lines

MET = "French President Emmanuel Macron met Russian President Vladimir Putin in Moscow on Monday."
SPANISH = (
    "El presidente francés Emmanuel Macron se reunió el lunes con el presidente ruso Vladimir Putin "
    "en Moscú, informó el Kremlin."
)


def days(record: dict) -> set[str | None]:
    (coded,) = code_records([record])
    return {e["date_start"] for e in coded["events"]}


def test_the_day_of_publication_is_date_or_published() -> None:
    assert days({"id": 1, "text": MET, "date": "2022-02-08"}) == {"2022-02-07"}
    assert days({"id": 1, "text": MET, "published": "2022-02-08T10:00:00+00:00"}) == {"2022-02-07"}
    (annotated,) = annotate_records([{"id": 1, "text": MET, "published": "2022-02-08"}])
    assert [d["from"] for d in annotated["dates"]] == ["2022-02-07"]


def test_a_day_that_is_none_is_told_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert days({"id": 7, "text": MET, "date": "bad"}) == {None}
        assert len(list(annotate_records([{"id": 7, "text": MET, "date": "bad"}]))) == 1
    assert "record 7: date 'bad' is not a day" in caplog.text


def test_the_language_is_told_from_the_text_where_it_is_not_given() -> None:
    (coded,) = code_records([{"id": 1, "text": SPANISH, "date": "2022-02-08"}])
    assert {("FRAGOV", "RUSGOV"), ("RUSGOV", "FRAGOV")} <= {
        (e["source"], e["target"]) for e in coded["events"]
    }


def test_what_is_too_short_to_tell_is_read_as_english() -> None:
    (coded,) = code_records([{"id": 1, "text": "Macron met Putin."}])
    assert coded["events"]


def test_a_language_without_a_pack_is_named() -> None:
    said = explain_sentence("Bundeskanzler Scholz traf Putin.", lang="de")
    assert said == "not coded: there is no pack of frames for 'de', only for en, es, fr"


def test_articles_that_are_extracted_are_coded_with_their_days_and_languages() -> None:
    extracted = demarche("extract", str(PROJECT / "seeds" / "articles" / "inbox"))
    dated = {r["id"] for r in lines(extracted) if r["published"]}
    coded = lines(demarche("code", "-", stdin=extracted.stdout))
    events = [e for r in coded if r["id"] in dated for e in r["events"]]
    assert events
    assert any(e["date_basis"] == "published" for e in events)
    assert any(e["date_basis"] == "inferred" for e in events)


def test_actors_of_the_settings_file_are_known_to_the_filters(tmp_path: Path) -> None:
    record = json.dumps({"id": 1, "text": "Police arrested 12 members of the FRR in Tegucigalpa."})
    (tmp_path / "mine.csv").write_text(
        "alias,lang,entity_id,kind,iso3,role,valid_from,valid_to,priority\n"
        "FRR,,group/frr,org,HND,OPP,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "demarche.toml").write_text('actors = "mine.csv"\n', encoding="utf-8")
    for command in ("annotate", "code"):
        done = demarche(command, "-", stdin=record, cwd=tmp_path)
        assert "HNDOPP" in done.stdout, done.stderr


def test_a_sentence_and_a_file_are_two_inputs(tmp_path: Path) -> None:
    done = demarche("code", "some.jsonl", "--text", MET, cwd=tmp_path)
    assert done.returncode == 2
    assert "two inputs" in done.stderr


def test_an_export_never_takes_the_place_of_a_release(tmp_path: Path) -> None:
    run_sample(tmp_path / "w")
    release = current(tmp_path / "w")
    with release.connect() as connection:
        for path in (tmp_path / "w" / "current", release.path, release.path / "events.csv"):
            with pytest.raises(UserError, match=r"is a folder|lies in a release"):
                export_events(connection, "csv", path)
    assert (tmp_path / "w" / "current" / "demarche.duckdb").is_file()


def test_every_status_can_be_asked_for() -> None:
    told = json.dumps({"id": 1, "text": "Russia may attack Ukraine. Iran denied attacking Israel."})

    def statuses(*options: str) -> set[str]:
        (record,) = lines(demarche("code", "-", *options, stdin=told))
        return {e["status"] for e in record["events"]}

    assert statuses() <= {"actual", "planned"}
    assert statuses("--status", "all") >= {"hypothetical"}
    assert statuses("--status", "hypothetical") == {"hypothetical"}
    done = demarche("code", "-", "--status", "feared", stdin=told)
    assert (done.returncode, "Write all, or some of actual,planned" in done.stderr) == (2, True)


def test_a_text_longer_than_any_article_is_refused_before_it_is_worked_on() -> None:
    stream = StringIO(json.dumps({"id": 1, "text": "word " * 300}))
    with pytest.raises(UserError, match="line 1: a text of more than max_chars = 1000"):
        list(_parse(stream, "a.jsonl", 1000))
