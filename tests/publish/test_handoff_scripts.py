"""The scripts of docs/handoff run on a release, and all tell the same."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.warehouse import Release

SCRIPTS = Path(__file__).resolve().parents[2] / "docs" / "handoff"


def said_by(command: list[str], release: Release, folder: Path) -> list[str]:
    done = subprocess.run(
        [*command, str(release.path)], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def expected(sample: Release, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("elsewhere")
    return said_by([sys.executable, str(SCRIPTS / "with_duckdb.py")], sample, folder)


def test_duckdb_tells_who_deals_with_whom_and_the_sentences(
    expected: list[str], sample: Release
) -> None:
    between = expected.index("")
    dyads, reports = expected[1:between], expected[between + 2 :]
    with sample.connect() as con:
        [(n,)] = con.execute(
            "SELECT max(n_independent) FROM events WHERE status = 'actual' "
            "AND source_country IS NOT NULL AND target_country IS NOT NULL"
        ).fetchall()
    assert len(dyads) == 10
    assert len(reports) == n


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_other_libraries_tell_the_same(
    library: str, expected: list[str], sample: Release, tmp_path: Path
) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed (it is in the group dev)")
    script = SCRIPTS / f"with_{library}.py"
    assert said_by([sys.executable, str(script)], sample, tmp_path) == expected


def test_r_tells_the_same(expected: list[str], sample: Release, tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("no R here (Debian: apt-get install r-base; then the packages DBI and duckdb)")
    known = subprocess.run(
        [rscript, "-e", "library(DBI); library(duckdb)"], capture_output=True, check=False
    )
    if known.returncode:
        pytest.skip("R has not the packages DBI and duckdb")
    assert said_by([rscript, str(SCRIPTS / "with_r.R")], sample, tmp_path) == expected


def test_every_script_is_told_of(sample: Release) -> None:
    text = (SCRIPTS / "README.md").read_text(encoding="utf-8")
    for script in SCRIPTS.glob("with_*"):
        assert script.name in text
