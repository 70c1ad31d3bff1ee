"""The commit is read from a checkout's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.warehouse.revision import _commit, code_revision

COMMIT = "21f9f8400000000000000000000000000000dead"


@pytest.mark.parametrize(
    "files",
    [
        {"HEAD": f"{COMMIT}\n"},
        {"HEAD": "ref: refs/heads/main\n", "refs/heads/main": f"{COMMIT}\n"},
        {"HEAD": "ref: refs/heads/main\n", "packed-refs": f"# pack\n{COMMIT} refs/heads/main\n"},
    ],
    ids=["detached", "loose", "packed"],
)
def test_wherever_git_keeps_it(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert _commit(tmp_path) == COMMIT


def test_an_installed_package_has_no_commit(tmp_path: Path) -> None:
    assert _commit(tmp_path / ".git") is None
    assert code_revision()["version"]
