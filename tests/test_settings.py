from pathlib import Path

import pytest

from tasks.errors import UserError
from tasks.settings import Settings, load_settings


def test_without_anything_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}) == Settings()


def test_file_then_environment_then_options_win(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("demarche.toml").write_text("batch_size = 10\nworkers = 3\nkeep_releases = 4\n")
    environ = {"DEMARCHE_WORKERS": "5", "DEMARCHE_KEEP_RELEASES": "6", "OTHER": "x"}
    settings = load_settings(environ=environ, keep_releases=7, warehouse=None)
    assert (settings.batch_size, settings.workers, settings.keep_releases) == (10, 5, 7)


def test_a_home_folder_is_expanded(monkeypatch):
    monkeypatch.setenv("HOME", "/somewhere")
    assert load_settings(environ={}, warehouse="~/w").warehouse == Path("/somewhere/w")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("batch_size = 'many'", "batch_size"),
        ("batch_sise = 3", "batch_sise"),
        ("batch_size = ", "demarche.toml"),
        ("workers = 0", "workers"),
        ("max_reject_share = 7", "max_reject_share"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, monkeypatch, text, named):
    monkeypatch.chdir(tmp_path)
    Path("demarche.toml").write_text(text)
    with pytest.raises(UserError, match=named):
        load_settings(environ={})


def test_a_settings_file_that_is_named_must_exist(tmp_path):
    with pytest.raises(UserError, match="there is no such settings file"):
        load_settings(tmp_path / "none.toml", environ={})


@pytest.mark.parametrize(("word", "truth"), [("true", True), ("No", False), ("1", True)])
def test_yes_and_no_are_read_as_such(word, truth):
    settings = load_settings(environ={"DEMARCHE_ALLOW_PRIVATE_ADDRESSES": word})
    assert settings.allow_private_addresses is truth


def test_neither_yes_nor_no_is_told():
    with pytest.raises(UserError, match="neither true nor false"):
        load_settings(environ={"DEMARCHE_ALLOW_PRIVATE_ADDRESSES": "perhaps"})
