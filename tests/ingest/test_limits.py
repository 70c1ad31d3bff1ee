"""Limits and readers are settings: what was refused by one passes once it is raised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tasks.errors import UserError
from tasks.ingest import Limits, Options
from tasks.ingest.fields import NAMES
from tasks.ingest.reasons import REASONS
from tasks.limits import Limits as SameLimits
from tasks.settings import ARTICLE_FIELDS, Settings, as_options, load_settings
from tests.flows.running import current, run

from .conftest import PROSE, Tree

TOML = """
html = "resiliparse"
[limits]
min_chars = 20
not_before = 1990-01-01
[field_names]
text = "Volltext"
"""


def load(tmp_path: Path, text: str, **environ: str) -> Settings:
    file = tmp_path / "demarche.toml"
    file.write_text(text)
    return load_settings(file, environ)


def test_a_table_of_the_settings_file_holds_them(tmp_path: Path) -> None:
    settings = load(tmp_path, TOML)
    assert settings.limits == Limits(min_chars=20, not_before=date(1990, 1, 1))
    assert (settings.html, dict(settings.field_names)) == ("resiliparse", {"text": "Volltext"})


def test_the_environment_wins_one_by_one(tmp_path: Path) -> None:
    limits = load(tmp_path, TOML, DEMARCHE_LIMITS_MIN_CHARS="30").limits
    assert limits == Limits(min_chars=30, not_before=date(1990, 1, 1))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[limits]\nmin_char = 3", "limits_min_char"),
        ("[limits]\nmin_chars = 'few'", "min_chars"),
        ("[limits]\nmin_chars = 0", "min_chars must be at least 1"),
        ("[limits]\nmin_chars = 9\nmax_chars = 8", "more than max_chars"),
        ("[limits]\nnot_before = 'long ago'", "not_before"),
        ("[limits]\nnot_before = ''", "not_before"),
        ("[limits]\nnot_after = 1890-01-01", "not_before"),
        ("[field_names]\nbody = 'Volltext'", "field_names_body"),
        ("html = 'regex'", "neither trafilatura nor resiliparse"),
    ],
)
def test_a_wrong_one_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UserError, match=named):
        load(tmp_path, text)


@pytest.mark.parametrize("text", ["", TOML, "[limits]\nnot_after = 2022-12-31"])
def test_a_flow_is_handed_all_of_them(tmp_path: Path, text: str) -> None:
    settings = load(tmp_path, text)
    assert load_settings(None, {}, **as_options(settings)) == settings


def test_the_readers_know_every_field_that_can_be_named() -> None:
    assert set(ARTICLE_FIELDS) == set(NAMES)


def test_a_limit_that_a_reason_names_can_be_set() -> None:
    assert SameLimits is Limits
    assert "`min_chars`" in REASONS["too_short"].remedy
    assert "`max_chars`" in REASONS["too_long"].remedy


def test_own_field_names_reach_the_reader(tree: Tree) -> None:
    tree.add("a.jsonl", f'{{"Volltext": "{PROSE}"}}')
    assert tree.rejects() == [("a.jsonl", 1, "no_text")]
    options = Options(Settings(field_names={"text": "Volltext"}).field_names)
    assert tree.read(options=options).articles["body"].to_pylist() == [PROSE]


def test_what_was_too_short_passes_once_the_limit_is_lower(tree: Tree, tmp_path: Path) -> None:
    tree.add("a.txt", "Ministers met in Vienna.")
    run(tmp_path / "w", tree.root)
    assert current(tmp_path / "w").read("rejects")["reason"].to_pylist() == ["too_short"]
    run(tmp_path / "w", tree.root, number=1, limits=Limits(min_chars=20))
    assert current(tmp_path / "w").read("articles").num_rows == 1
