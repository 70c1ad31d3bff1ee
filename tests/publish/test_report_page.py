"""The file that `demarche report` writes."""

from __future__ import annotations

import importlib.util
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.app import app
from tasks.errors import UserError
from tasks.publish import report
from tasks.publish.report import write_report
from tasks.publish.report.packing import embed_json, embed_script
from tasks.warehouse import Release
from tests.publish.newsroom import HOSTILE, World, build_world, publish

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_release_always_gives_the_same_bytes(
    release: Release, html: Path, tmp_path: Path
) -> None:
    assert write_report(release, tmp_path / "again.html").read_bytes() == html.read_bytes()


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_and_only_the_named_scripts_may_run(html: Path) -> None:
    elements = Elements(html.read_text("utf-8")).found
    assert {tag for tag, _ in elements}.isdisjoint({"link", "img", "iframe", "object", "base"})
    names = {name for _, attributes in elements for name in attributes}
    assert names.isdisjoint({"src", "srcset", "action", "xlink:href"})
    assert not [name for name in names if name.startswith("on")]
    assert all((a.get("href") or "#").startswith("#") for _, a in elements)
    policy = next(a["content"] for _, a in elements if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy


def test_text_of_articles_never_stands_in_the_page_as_html(html: Path) -> None:
    text = html.read_text("utf-8")
    assert HOSTILE not in text
    assert "javascript:window" not in text
    escaped = "&lt;script&gt;window.hacked"  # the publisher's name, among the sources
    assert escaped in text


@given(JSON)
def test_embedded_json_survives_and_cannot_close_its_element(value: object) -> None:
    embedded = str(embed_json(value))
    assert json.loads(embedded) == value
    assert "<" not in embedded


@pytest.mark.parametrize("code", ["a = '</script>'", "b = '</SCRIPT x>'", "c = '<!--<script>'"])
def test_embedded_code_cannot_close_its_element(code: str) -> None:
    assert not re.search(r"</script|<!--", str(embed_script(code)), flags=re.IGNORECASE)


def test_headline_figures_are_those_of_the_release(html: Path, world: World) -> None:
    text = re.sub(r"\s+", " ", html.read_text("utf-8"))
    happened = sum(e["status"] == "actual" for e in world.events)
    for value, says in (
        (len(world.events), "events"),
        (happened, "reported to have happened"),
        (len(world.articles), "articles"),
    ):
        assert f"<dt>{says}</dt><dd>{value:,}</dd>" in text


def test_a_release_without_events_has_a_page_too(tmp_path: Path) -> None:
    empty = publish(build_world(0), tmp_path / "warehouse")
    text = write_report(empty, tmp_path / "empty.html").read_text("utf-8")
    assert "No event is known to the day." in text
    assert "No event names two sides." in text
    assert "No pair stood out in the last four weeks." in text


def test_a_release_without_marts_says_that_it_has_no_escalations(tmp_path: Path) -> None:
    bare = publish(build_world(5), tmp_path / "warehouse", marts=False)
    text = write_report(bare, tmp_path / "bare.html").read_text("utf-8")
    assert "This release has no table of escalations." in text


def test_the_message_names_packages_that_are_missing(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(report, "find_spec", lambda n: None if n == "altair" else real(n))
    with pytest.raises(UserError, match="altair") as caught:
        write_report(release, tmp_path / "report.html")
    assert 'pip install "demarche[report]"' in caught.value.hint


def test_a_file_that_cannot_be_written_is_explained(release: Release, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UserError, match=r"folder\.html"):
        write_report(release, tmp_path / "folder.html")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"report\.html"):
        write_report(release, tmp_path / "file" / "report.html")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder.html"]


def test_the_command_writes_the_page_of_a_release(
    release: Release, html: Path, tmp_path: Path
) -> None:
    warehouse = release.path.parents[1]
    file = tmp_path / "out" / "page.html"
    asked = ["report", "-w", str(warehouse), "--at", release.id, "--output", str(file)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert str(file) in result.output
    assert file.read_bytes() == html.read_bytes()
