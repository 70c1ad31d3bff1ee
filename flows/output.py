"""What the command line prints: tables for people, JSON for programs."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

# What steers a terminal: C0 and C1 controls but line end and tab.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# A pipe or file has no width: a table there is as wide as it needs to be.
_WIDE = 240
console = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else _WIDE)
err = Console(stderr=True, highlight=False, emoji=False)


def to_json(value: object) -> str:
    """Return the value as one line of JSON, dates in ISO 8601."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except (ValueError, TypeError):  # a number that JSON lacks, a key that is no text
        return json.dumps(_sayable(value), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str | float:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):  # as DuckDB writes a BLOB
        return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02X}" for b in value)
    return str(value)


def _sayable(value: object) -> object:
    """Replace what JSON cannot say: not-a-number and infinity by null, keys by their text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(_plain(k)): _sayable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(v) for v in value]
    return value


def print_json(value: object) -> None:
    """Print the value as one line of JSON."""
    sys.stdout.write(to_json(value) + "\n")


def print_lines(records: Iterable[object]) -> None:
    """Print a JSON object a line, as each becomes known."""
    for record in records:
        print_json(record)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """Print rows as a table; columns of numbers stand to the right."""
    rows = list(rows)
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for number, name in enumerate(columns):
        told = [row[number] for row in rows if row[number] is not None]
        right = bool(told) and all(isinstance(value, int | float | Decimal) for value in told)
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain(_cell(value)) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | dict):
        return to_json(value)
    return str(value)


def plain(text: str) -> Text:
    """Return text that the terminal shows as it is: no markup, no control sequences."""
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))
