"""The project's gold: its marks, its splits, how events are scored against it, and the gate."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import STORED, TOLERANCE, main, usable_f1
from benchmarks.gold_marks import check_code, read_line
from benchmarks.gold_passages import CORPORA, MARKS, TYPES, Passage, digest, load, split_of
from benchmarks.gold_score import actor, agreement, auc, calibration, compare, details, figures
from tasks.events import STATUSES

TEXT = "Rebels attacked Goma on Friday. Kenya and Uganda met in Nairobi."
RECORDS = [json.loads(line) for p in sorted(MARKS.glob("*.jsonl")) for line in p.open("rb")]
needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora that the marks are of are not here"
)


def gold(**fields: Any) -> dict[str, Any]:
    return {
        "trigger": [7, 15],
        "plover": "ASSAULT",
        "source": "CODREB",
        "source_span": [0, 6],
        "target": "COD",
        "target_span": [16, 20],
        "status": "actual",
        "date": ["2025-01-03", "2025-01-03"],
        "place": [16, 20],
        "core": True,
    } | fields


def coded(**fields: Any) -> dict[str, Any]:
    return {
        "plover": "ASSAULT",
        "source": "CODREB",
        "target": "COD",
        "status": "actual",
        "start": 0,
        "end": 31,
        "date_start": "2025-01-03",
        "place": "Goma",
        "confidence": 0.9,
    } | fields


MEETING = gold(
    trigger=[50, 53],
    plover="CONSULT",
    source="KEN",
    target="UGA",
    reciprocal=True,
    core=False,
    date=None,
    place=None,
)


def scored(events: list[dict[str, Any]], marks: list[dict[str, Any]]) -> dict[str, float]:
    passage = Passage({"id": "x#0", "events": marks}, TEXT)
    return {k: round(v[0], 3) for k, v in figures([compare(passage, events)]).items()}


def test_the_gold_itself_is_right_in_everything() -> None:
    f = scored(
        [coded(), coded(plover="CONSULT", source="UGA", target="KEN", start=32, end=64)],
        [gold(), MEETING],
    )
    assert {v for k, v in f.items() if k not in ("specificity",)} == {1.0}


@pytest.mark.parametrize(
    ("change", "level", "kept"),
    [
        ({"plover": "COERCE"}, "type", False),
        ({"status": "planned"}, "type", True),
        ({"status": "planned"}, "status", False),
        ({"target": "UGA"}, "status", True),
        ({"target": "UGA"}, "lenient", False),
        ({"target": "---"}, "lenient", True),
        ({"target": "---"}, "usable", False),
        ({"source": "COD"}, "usable", True),
        ({"source": "COD"}, "strict", False),
        ({"start": 32, "end": 64}, "type", False),
    ],
)
def test_each_level_asks_for_more(change: dict[str, Any], level: str, kept: bool) -> None:
    assert (scored([coded(**change)], [gold()])[f"{level} R"] == 1.0) is kept


def test_what_a_marker_calls_defensible_is_right() -> None:
    assert scored([coded(plover="COERCE")], [gold(also=["COERCE"])])["usable F1"] == 1.0
    assert scored([coded(source="UGAMIL")], [gold(source_also=["UGAMIL"])])["strict F1"] == 1.0
    assert scored([coded(status="denied")], [gold(status_also=["denied"])])["usable F1"] == 1.0


def test_one_event_is_right_once_and_a_mutual_one_in_either_direction() -> None:
    assert scored([coded(), coded(rule="again")], [gold()])["usable P"] == 0.5
    both = [
        coded(plover="CONSULT", source=a, target=b, start=32, end=64)
        for a, b in (("KEN", "UGA"), ("UGA", "KEN"))
    ]
    assert scored(both, [MEETING])["usable P"] == 1.0


def test_organisations_are_known_by_their_name() -> None:
    assert actor("UNO").same_country(actor("IGOUNO"))
    assert actor("IGO").same_country(actor("IGOICC"))
    assert not actor("IGOEUR").same_country(actor("IGOUNO"))
    assert actor("NGO").same_country(actor("---CVL"))
    assert not actor("IGO").same_country(actor("---"))


def test_day_place_and_confidence_are_judged() -> None:
    right = compare(Passage({"id": "x#0", "events": [gold()]}, TEXT), [coded()])
    wrong = compare(
        Passage({"id": "y#0", "events": [gold()]}, TEXT),
        [coded(date_start="2025-01-04", place=None, status="denied", confidence=0.2)],
    )
    assert details([right, wrong]) == {"day": (2, 0.5, 1.0), "place": (2, 0.5, 0.5)}
    c = calibration([right, wrong])
    assert (c.auc, c.coverage[0.85]) == (1.0, (0.9, 0.5))
    assert auc([0.5], [0.5]) == 0.5


def test_a_passage_without_events_counts_when_something_is_coded_in_it() -> None:
    assert scored([], [])["specificity"] == 1.0
    assert scored([coded()], [])["specificity"] == 0.0


def test_markers_are_compared_by_what_they_agree_on() -> None:
    passage = Passage({"id": "x#0", "events": [gold()]}, TEXT)
    same = agreement([(passage, [gold()])])
    other = agreement([(passage, [gold(source="UGAMIL")])])
    assert (same["strict F1"], same["source"]) == (1.0, 1.0)
    assert (other["type F1"], other["source"], other["target"]) == (1.0, 0.0, 1.0)


# --- a marker's lines -------------------------------------------------------------------------


def test_a_line_becomes_offsets() -> None:
    line = "1 | attacked | ASSAULT/COERCE | CODREB=Rebels~---REB | COD=Goma | actual | 2025-01-03 | Goma | c"
    assert read_line(TEXT, line) == gold(also=["COERCE"], source_also=["---REB"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1 | bombed | ASSAULT | --- | --- | actual | | | c", "not in the text: 'bombed'"),
        ("1 | met | TALK | --- | --- | actual | | | c", "no type: TALK"),
        ("1 | met | CONSULT | XXX=Kenya | --- | actual | | | c", "XXX is no country"),
        ("1 | met | CONSULT | KENBOSS=Kenya | --- | actual | | | c", "BOS is no role"),
        ("1 | met | CONSULT | KEN | --- | actual | | | c", "without the phrase"),
        ("1 | met | CONSULT | --- | --- | done | | | c", "no status: done"),
        ("1 | a | CONSULT | --- | --- | actual | | | c", "stands there"),
        ("1 | met | CONSULT | --- | --- | actual | 2025-02-31 | | c", "day"),
    ],
)
def test_a_slip_is_named(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_line(TEXT + " A cat and a dog.".lower(), line)


# --- marks and splits -------------------------------------------------------------------------


def test_marks_are_within_their_passages_and_of_the_guidelines() -> None:
    assert len(RECORDS) == len({r["id"] for r in RECORDS})
    for r in RECORDS:
        assert "text" not in r
        for e in r["events"]:
            spans = [e[k] for k in ("trigger", "source_span", "target_span", "place") if e.get(k)]
            assert all(0 <= a < b <= r["end"] - r["start"] for a, b in spans), r["id"]
            assert {e["plover"], *e.get("also", ())} <= TYPES, r["id"]
            assert {e["status"], *e.get("status_also", ())} <= set(STATUSES), r["id"]
            codes = [e["source"], e["target"]]
            codes += [*e.get("source_also", ()), *e.get("target_also", ())]
            assert [check_code(c) for c in codes] == [None] * len(codes), r["id"]


def test_splits_are_for_good() -> None:
    assert [split_of(f"article-{k}#0") for k in range(8)] == [
        "test",
        "train",
        "dev",
        "train",
        "dev",
        "train",
        "train",
        "test",
    ]
    assert split_of("article-1#0") == split_of("article-1#900")
    shares = [sum(split_of(r["id"]) == s for r in RECORDS) for s in ("train", "dev", "test")]
    assert [round(n / len(RECORDS), 1) for n in shares] == [0.6, 0.2, 0.2]


@needs_corpora
def test_no_article_that_is_kept_aside_is_marked() -> None:
    held = set((CORPORA.parent / "gold" / "held_out_polconf.txt").read_text().split())
    assert held.isdisjoint(r["doc"] for r in RECORDS)


def test_a_text_that_is_absent_or_changed_is_named_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.gold_passages.MARKS", tmp_path / "marks")
    record = {"corpus": "news", "start": 0, "end": len(TEXT), "lang": "en", "events": []}
    rows = [
        record | {"id": "kept#0", "doc": "kept", "sha1": digest(TEXT)},
        record | {"id": "changed#0", "doc": "changed", "sha1": digest(TEXT)},
        record | {"id": "absent#0", "doc": "absent", "sha1": digest(TEXT)},
    ]
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks" / "en.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as f:
        f.write(json.dumps({"id": "kept", "text": TEXT}) + "\n")
        f.write(json.dumps({"id": "changed", "text": TEXT.upper()}) + "\n")
    found, left_out = load(folder=tmp_path)
    assert [p.record["id"] for p in found] == ["kept#0"]
    assert left_out == ["changed#0: its text has changed", "absent#0: not in corpus news"]


def test_misses_of_dev_and_test_are_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["gold.py", "--split", "dev", "--misses", "3"])
    with pytest.raises(SystemExit):
        main()
    assert "the misses of dev are not to be read" in capsys.readouterr().err


# --- the gate ---------------------------------------------------------------------------------


@needs_corpora
@pytest.mark.parametrize("lang", sorted(json.loads(STORED.read_text())))
def test_usable_events_do_not_become_fewer(lang: str) -> None:
    stored = json.loads(STORED.read_text())[lang]
    assert usable_f1([lang])[lang] >= stored - TOLERANCE, "python benchmarks/gold.py --misses 3"
