"""Which code made a release."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def code_revision() -> dict[str, str | None]:
    """Return the package version and, in a git checkout, the commit; null where unknown."""
    installed = None
    with suppress(PackageNotFoundError):
        installed = version("demarche")
    return {"version": installed, "commit": _commit(Path(__file__).resolve().parents[2] / ".git")}


def _commit(git: Path) -> str | None:
    """Read the commit from the files of a checkout, which is quicker than to start git."""
    with suppress(OSError):
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        loose = git / name
        return loose.read_text(encoding="utf-8").strip() if loose.exists() else _packed(git, name)
    return None


def _packed(git: Path, name: str) -> str | None:
    lines = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), None)
