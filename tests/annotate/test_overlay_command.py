"""`demarche lexicon check --actors --on`: the effect of a user's table, before it is used."""

import json
from pathlib import Path

import pytest

from flows.commands.admin import _show_effect, lexicon_check
from tasks.errors import UserError

ROWS = """alias,lang,entity_id,kind,iso3,role,valid_from,valid_to,priority
Front for River Rights,,group/frr,org,HND,OPP,2019-04-01,,
"""


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "The Front for River Rights blocked a road on Monday. The police came."
    (folder / "roads.txt").write_text(text, encoding="utf-8")
    return folder


def test_each_change_has_its_words_codes_count_and_a_sentence(
    actors: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _show_effect(actors, [str(articles)], json=True)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "text": "Front for River Rights",
            "before": "",
            "after": "HNDOPP",
            "count": 1,
            "id": "roads.txt",
            "sentence": "The Front for River Rights blocked a road on Monday.",
        }
    ]


def test_the_table_ends_in_totals(
    actors: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _show_effect(actors, [str(articles)], json=False)
    shown = capsys.readouterr().out
    assert "Front for River Rights" in shown
    assert "articles read: 1; " in shown
    assert shown.rstrip().endswith("coded otherwise with it: 1")


def test_articles_without_a_table_are_wrong_use() -> None:
    with pytest.raises(UserError, match="--actors"):
        lexicon_check(None, ["articles"], json=False)
