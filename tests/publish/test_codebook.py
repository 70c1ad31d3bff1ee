"""The codebook describes all that is published, and the one in docs/ is up to date."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from tasks.publish.codebook import codebook, codebook_html, codebook_markdown
from tasks.schemas import TABLES
from tasks.settings import SQL
from tasks.summarize import load_models

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_codebook_in_docs_is_the_generated_one() -> None:
    written = (DOCS / "codebook.md").read_text(encoding="utf-8")
    assert written == codebook_markdown(), "run: python -m tasks.publish.codebook"


def test_every_table_mart_and_column_is_described() -> None:
    sections = {s.title: s for s in codebook()}
    for name in [*TABLES, *(m.name for m in load_models(SQL))]:
        assert sections[name].rows
        assert all(what for _, _, what in sections[name].rows), name


def test_a_mart_of_ones_own_is_in_it(tmp_path: Path) -> None:
    sql = "-- Calls.\n-- grain: one call\n-- column event_id: The call\nSELECT event_id FROM stg_events"
    (tmp_path / "calls.sql").write_text(sql, encoding="utf-8")
    text = codebook_markdown([SQL, tmp_path])
    assert "### calls\n\nCalls.\n\nOne row is one call." in text
    assert "| `event_id` | varchar | The call |" in text


def test_the_page_is_whole_and_needs_nothing_from_elsewhere() -> None:
    open_tags: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta",):
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    page = codebook_html()
    Checker().feed(page)
    assert open_tags == []
    assert "http" not in page
    assert "<td><code>event_id</code></td>" in page
