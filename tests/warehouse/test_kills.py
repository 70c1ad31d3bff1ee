"""Law 5: at any kill point the published release is either the old or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_kill_9_at_every_step_and_at_random_moments(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.kills", str(tmp_path / "w"), "1"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert done.returncode == 0, done.stderr
    *deaths, end = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({death["step"] for death in deaths}) > 30, "every step of a run, and random ones"
    before, listed = None, []
    for death in deaths:
        assert death["whole"], death
        assert death["current"] == before or death["current"] not in listed, death
        before, listed = death["current"], death["listed"]
    assert end["current"] not in listed, "the last run was let live and published"
    assert end["debris"] == []
    assert len(end["listed"]) == 2
