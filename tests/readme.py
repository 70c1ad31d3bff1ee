"""The queries of README.md and the answers that stand below them.

`python -m tests.readme` writes the answers anew from a fresh run on the sample corpus.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from .flows.running import current, run_sample

README = Path(__file__).resolve().parents[1] / "README.md"
# A query, and the table that follows it.
_QUESTION = re.compile(r"```sql\n(?P<query>[^`]*)\n```\n\n(?P<answer>(?:\|[^\n]*\|\n)+)")


def questions(text: str) -> list[tuple[str, str]]:
    """Return each query of the text with the table below it."""
    return [(m["query"], m["answer"]) for m in _QUESTION.finditer(text)]


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Return the answer to a query as a Markdown table."""
    result = connection.execute(query)
    columns = [d[0] for d in result.description or []]
    rows = [[_cell(value) for value in row] for row in result.fetchall()]
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write the answers into README.md."""
    with tempfile.TemporaryDirectory() as folder:
        run_sample(Path(folder) / "warehouse")
        connection = current(Path(folder) / "warehouse").connect()

        def fresh(m: re.Match[str]) -> str:
            return f"```sql\n{m['query']}\n```\n\n{answer(connection, m['query'])}"

        README.write_text(_QUESTION.sub(fresh, README.read_text(encoding="utf-8")), "utf-8")


if __name__ == "__main__":
    main()
