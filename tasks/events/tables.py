"""Reads the CSV tables of seeds/: comment lines, a header, rows as dictionaries."""

from __future__ import annotations

import csv
from pathlib import Path

from tasks.errors import UserError

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a seed table; `line` holds the number of the row's line in the file.

    Raises:
        UserError: if the file is missing or a row has more or fewer cells than the header.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}", "restore the file") from error
    kept = [(n, text) for n, text in enumerate(lines, 1) if text and not text.startswith("#")]
    parsed = list(csv.reader(text for _, text in kept))
    header = parsed[0] if parsed else []
    rows = []
    for (n, _), cells in zip(kept[1:], parsed[1:], strict=True):
        if len(cells) != len(header):
            raise UserError(
                f"{path.name}, line {n}: {len(cells)} cells where the header has {len(header)}",
                "put cells that hold a comma in double quotes",
            )
        rows.append({**dict(zip(header, cells, strict=True)), "line": str(n)})
    return rows
