"""The page on ingest says what the code does."""

from __future__ import annotations

from pathlib import Path

from tasks.ingest import REASONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ingest.md"


def test_each_reason_stands_in_the_page_as_in_the_code() -> None:
    page = PAGE.read_text("utf-8")
    for reason in REASONS.values():
        assert f"| `{reason.name}` | {reason.meaning} | {reason.remedy} |" in page
