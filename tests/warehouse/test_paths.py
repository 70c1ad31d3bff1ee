"""A warehouse lies where its owner likes: names that are patterns, quotes or escapes elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import UserError
from tasks.warehouse import Warehouse

from .examples import FEBRUARY, article, debris, publish

ODD = 'what? * [a] [b #1 50% 20%20 it\'s "so" {x,y} übung 新闻 $HOME ;-- [!c] **'


def test_a_folder_of_any_name_can_be_published_into_and_read(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / ODD)
    (tmp_path / "whatx").mkdir()
    publish(warehouse, [article("a")])
    release = publish(warehouse, [article("a"), article("b", FEBRUARY)])
    assert release.verify() == []
    assert release.read("articles").num_rows == 2
    with release.connect() as connection:
        assert connection.sql("SELECT count(*) FROM articles").fetchall() == [(2,)]
        assert connection.sql("SELECT count(*) FROM english").fetchall() == [(2,)]
    assert debris(warehouse.root) == []


@pytest.mark.parametrize("name", ["a\\b", b"\xff".decode(errors="surrogateescape")])
def test_what_duckdb_cannot_open_is_refused_before_anything_is_made(
    tmp_path: Path, name: str
) -> None:
    warehouse = Warehouse(tmp_path / name)
    with pytest.raises(UserError, match="Choose another"), warehouse.lock("test"):
        pass
    assert not warehouse.root.exists()
