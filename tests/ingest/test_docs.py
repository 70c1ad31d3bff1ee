"""The page on ingest says what the code does."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from tasks.ingest import REASONS, Limits

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ingest.md"


def test_each_reason_stands_in_the_page_as_in_the_code() -> None:
    page = PAGE.read_text("utf-8")
    for reason in REASONS.values():
        assert f"| `{reason.name}` | {reason.meaning} | {reason.remedy} |" in page


def test_each_limit_stands_in_the_page_with_its_default() -> None:
    page = PAGE.read_text("utf-8")
    for limit in fields(Limits):
        default = "tomorrow (UTC)" if limit.default is None else limit.default
        assert f"| `{limit.name}` | {default} | " in page
