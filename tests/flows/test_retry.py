"""What was refused can be mended and read again."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from flows.calls import DirectCalls
from flows.refused import find_refused, known_refused, remember_refused
from flows.retry import Retried, retry_refused
from flows.workers import Workers
from tasks.errors import UserError
from tasks.ingest import Place, Refused
from tasks.settings import Settings
from tasks.warehouse import Warehouse

from .running import START, checksums, current, run
from .test_cli import demarche, lines

PROSE = "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again."


def retry(
    warehouse: Path, number: int = 1, reason: str | None = None, paths: Sequence[str] = ()
) -> Retried:
    return retry_refused(
        Settings(warehouse=warehouse, workers=1),
        moment=START + timedelta(hours=number),
        calls=DirectCalls(Workers(1), 1),
        say=lambda line: None,
        reason=reason,
        paths=paths,
    )


def rejects(warehouse: Path) -> list[tuple[str, int, str]]:
    rows = current(warehouse).read("rejects").to_pylist()
    return [(r["uri"], r["record"], r["reason"]) for r in rows]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with an empty file and a file with a broken line."""
    folder = tmp_path / "news"
    (folder / "x").mkdir(parents=True)
    (folder / "x" / "empty.txt").write_text("")
    good = json.dumps({"id": "r1", "text": PROSE})
    (folder / "lines.jsonl").write_text(good + '\n{"id": "r2", "text": \n')
    return folder


def mend(news: Path) -> None:
    (news / "x" / "empty.txt").write_text(f"{PROSE} It was full.")
    lines = [{"id": f"r{n}", "text": f"{PROSE} {n}" if n > 1 else PROSE} for n in (1, 2)]
    (news / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_what_passes_leaves_the_rejects(news: Path, tmp_path: Path) -> None:
    warehouse, fresh = tmp_path / "w", tmp_path / "fresh"
    run(warehouse, news)
    assert rejects(warehouse) == [("lines.jsonl", 2, "malformed"), ("x/empty.txt", 0, "empty")]
    mend(news)
    done = retry(warehouse)
    assert (done.n_tried, done.n_passed, done.unknown) == (2, 2, [])
    assert done.report is not None
    assert (done.report.n_articles, done.report.n_repeats) == (2, 1)
    run(fresh, news)
    assert checksums(warehouse) == checksums(fresh)


def test_what_is_still_wrong_stays(news: Path, tmp_path: Path) -> None:
    run(tmp_path / "w", news)
    (news / "x" / "empty.txt").write_text(PROSE + " It was full.")
    assert retry(tmp_path / "w").n_passed == 1
    assert rejects(tmp_path / "w") == [("lines.jsonl", 2, "malformed")]
    assert retry(tmp_path / "w", number=2).n_passed == 0


def test_nothing_mended_is_nothing_changed(news: Path, tmp_path: Path) -> None:
    run(tmp_path / "w", news)
    before = current(tmp_path / "w").id
    done = retry(tmp_path / "w")
    assert done.report is not None
    assert not done.report.published
    assert (done.n_tried, done.n_passed) == (2, 0)
    assert current(tmp_path / "w").id == before


def test_only_one_reason(news: Path, tmp_path: Path) -> None:
    run(tmp_path / "w", news)
    mend(news)
    done = retry(tmp_path / "w", reason="empty")
    assert (done.n_tried, done.n_passed) == (1, 1)
    assert rejects(tmp_path / "w") == [("lines.jsonl", 2, "malformed")]


def test_a_plain_run_takes_away_only_the_reject_of_a_half_written_file(
    news: Path, tmp_path: Path
) -> None:
    """Of others the outcome would depend on which of two files of one name came last."""
    run(tmp_path / "w", news)
    mend(news)
    run(tmp_path / "w", news, number=1)
    assert rejects(tmp_path / "w") == [("lines.jsonl", 2, "malformed")]
    assert retry(tmp_path / "w", number=2).n_passed == 1


def test_a_file_elsewhere_of_the_same_name_takes_nothing_away(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(news, other)
    run(tmp_path / "w", news)
    run(tmp_path / "w", other, number=1)
    mend(news)
    assert retry(tmp_path / "w", number=2).n_passed == 0
    shutil.rmtree(other)
    gone = retry(tmp_path / "w", number=3)
    assert (gone.n_passed, gone.unknown) == (0, ["lines.jsonl", "x/empty.txt"])


def test_a_file_that_is_gone_stays_a_reject(news: Path, tmp_path: Path) -> None:
    run(tmp_path / "w", news)
    (news / "x" / "empty.txt").unlink()
    done = retry(tmp_path / "w")
    assert (done.n_tried, done.unknown) == (1, ["x/empty.txt"])
    assert len(rejects(tmp_path / "w")) == 2


def test_where_files_lie_can_be_found_out_again(news: Path, tmp_path: Path) -> None:
    run(tmp_path / "w", news)
    shutil.rmtree(Warehouse(tmp_path / "w").state)
    assert retry(tmp_path / "w").unknown == ["lines.jsonl", "x/empty.txt"]
    run(tmp_path / "w", news, number=2)
    mend(news)
    assert retry(tmp_path / "w", number=3).n_passed == 2


def test_without_work_state_files_are_looked_for_in_the_inputs(news: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(news / "z.zip", "w") as archive:
        archive.writestr("in/empty.txt", "")
    run(tmp_path / "w", news)
    shutil.rmtree(Warehouse(tmp_path / "w").state)
    mend(news)
    done = retry(tmp_path / "w", paths=[str(news)])
    assert (done.n_tried, done.n_passed, done.unknown) == (3, 2, [])
    assert rejects(tmp_path / "w") == [("z.zip/in/empty.txt", 0, "empty")]
    assert [one.uri for one in known_refused(Warehouse(tmp_path / "w").state)] == [
        "z.zip/in/empty.txt"
    ]


def test_only_files_that_were_refused_are_found(news: Path) -> None:
    (news / "x" / "good.txt").write_text(PROSE)
    found = find_refused([str(news)], {"x/empty.txt", "x/gone.txt", "lines.jsonl/member"})
    assert [(one.uri, one.place.uri) for one in found] == [
        ("lines.jsonl/member", "lines.jsonl"),
        ("x/empty.txt", "x/empty.txt"),
    ]
    closed = find_refused([str(news)], {"x"})
    assert {one.place.uri for one in closed} == {"x/empty.txt", "x/good.txt"}


def test_a_warehouse_without_releases_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing was published"):
        retry(tmp_path / "w")


def test_names_of_any_kind_are_kept_and_damage_is_passed_over(tmp_path: Path) -> None:
    odd = [Refused(f"a{c}.txt", Place(f"a{c}.txt", f"/x/a{c}.txt")) for c in "é\n\udc80\u2028"]
    remember_refused(odd, frozenset(), tmp_path)
    with (tmp_path / "inputs.jsonl").open("a") as file:
        file.write('{"uri": "half\n[]\n')
    assert known_refused(tmp_path) == sorted(odd)


def test_the_command_tells_how_many_pass(news: Path, tmp_path: Path) -> None:
    warehouse = str(tmp_path / "w")
    run(tmp_path / "w", news)
    (news / "x" / "empty.txt").write_text(PROSE + " It was full.")
    [told] = lines(demarche("retry", "-w", warehouse, "--json"))
    assert (told["tried"], told["passed"], told["run"]["n_articles"]) == (2, 1, 1)
    assert "0 of 1 refused" in demarche("retry", "-w", warehouse).stdout
    wrong = demarche("retry", "-w", warehouse, "--reason", "nonsense")
    assert (wrong.returncode, "malformed" in wrong.stderr) == (2, True)
