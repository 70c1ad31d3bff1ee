"""Patterns (`crawl-*.jsonl`, `news/**/*.html`) to the files and folders that they name."""

from __future__ import annotations

from pathlib import Path

from tasks.errors import UserError
from tasks.ingest.places import fixed_part

_SKIPPED = frozenset({"__pycache__", "node_modules", "__MACOSX", "Thumbs.db", "desktop.ini"})


def is_hidden(name: str) -> bool:
    """Return True for a name that no reader of news would look into."""
    return name.startswith(".") or name in _SKIPPED


def expand(pattern: str) -> tuple[Path, list[Path]]:
    """Return the folder that the pattern begins in, and what it names there, in order.

    `**` stands for any number of folders and follows no links. What lies in a folder that the
    pattern names is not named again.

    Raises:
        UserError: if nothing fits, or the pattern is none.
    """
    base = Path(fixed_part(pattern) or ("/" if pattern.startswith("/") else "."))
    below = Path(pattern).relative_to(base).as_posix() if base != Path() else pattern
    while below == "**" or below.endswith("/**"):  # all that lies in a folder: the folder
        below = below[:-2].rstrip("/")
    try:
        found = sorted(base.glob(below)) if below else [base] if base.is_dir() else []
    except (ValueError, NotImplementedError) as error:
        raise UserError(
            f"{pattern}: {error}", "`**` stands for whole folders: a/**/*.txt"
        ) from error
    seen = [p for p in found if not any(map(is_hidden, p.relative_to(base).parts))]
    if not seen:
        raise UserError(f"{pattern}: no file fits this pattern", "Check the folder and the name.")
    named = set(seen)
    return base, [p for p in seen if p == base or named.isdisjoint(p.parents)]
