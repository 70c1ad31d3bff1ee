from dataclasses import replace

from flows.report import RunReport, last_report, remember

REPORT = RunReport(
    run="20260101T000000Z",
    release="20260101T000000Z",
    published=True,
    n_inputs=10,
    n_articles=6,
    n_rejects=1,
    n_repeats=3,
    n_changed=1,
    n_coded_again=0,
)


def test_inputs_are_articles_rejects_and_repeats():
    assert REPORT.adds_up
    assert not replace(REPORT, n_repeats=2).adds_up


def test_the_share_of_rejects_of_an_empty_run_is_none():
    assert replace(REPORT, n_inputs=0, n_rejects=0).reject_share == 0.0


def test_the_newest_report_is_found_again(tmp_path):
    log = tmp_path / "state" / "runs.jsonl"
    assert last_report(log) is None
    newer = replace(REPORT, run="20260102T000000Z")
    remember(REPORT, log)
    remember(newer, log)
    assert last_report(log) == newer


def test_a_line_that_a_crash_cut_short_is_passed_over(tmp_path):
    log = tmp_path / "runs.jsonl"
    remember(REPORT, log)
    with log.open("a") as file:
        file.write('{"run": "2026')
    assert last_report(log) == REPORT


def test_no_clock_reading_goes_into_a_manifest():
    counts = replace(REPORT, seconds={"ingest": 1.0}).counts()
    assert "seconds" not in counts
