"""The copies and look-alikes of the sample corpus, as its answer key has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.duplicates import copies_of_records
from tasks.ingest import extract_records

CORPUS = Path(__file__).resolve().parents[2] / "seeds" / "articles"
KEY: dict[str, Any] = json.loads((CORPUS / "ANSWERS.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    records = extract_records([CORPUS / KEY["folder"]], published=CORPUS / KEY["published_table"])
    rows = [{**r, "id": r["url"] or r["uri"]} for r in records]
    return {r["id"]: r for r in copies_of_records(rows)}


@pytest.mark.parametrize("row", KEY["articles"], ids=lambda row: row["source_uri"])
def test_relation(found: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    answer = found[row["source_uri"]]
    assert answer["relation"] == row["relation"]
    assert answer["canonical"] == (row["copy_of"] or row["source_uri"])


@pytest.mark.parametrize("pair", KEY["look_alikes"], ids=lambda pair: pair["why"])
def test_look_alikes_stay_apart(found: dict[str, dict[str, Any]], pair: dict[str, str]) -> None:
    assert found[pair["a"]]["cluster"] != found[pair["b"]]["cluster"]
