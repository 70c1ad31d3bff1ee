from pathlib import Path

import pytest

from tasks.errors import UserError
from tasks.settings import Settings, as_options, load_settings, unknown_variables


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


def test_folders_are_a_list_in_the_file_and_paths_in_the_environment(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    Path("demarche.toml").write_text("models_may_read = ['a', '.']")
    settings = load_settings(environ={})
    assert settings.models_may_read == ("a", ".")
    assert load_settings(environ={}, **as_options(settings)) == settings
    assert load_settings(environ={"DEMARCHE_MODELS_MAY_READ": "a"}).models_may_read == ("a",)
    for wrong in ("['b']", "[1]", "3"):
        Path("demarche.toml").write_text(f"models_may_read = {wrong}")
        with pytest.raises(UserError, match="models_may_read"):
            load_settings(environ={})


@pytest.mark.parametrize(("word", "truth"), [("true", True), ("No", False), ("1", True)])
def test_yes_and_no_are_read_as_such(word, truth):
    settings = load_settings(environ={"DEMARCHE_ALLOW_PRIVATE_ADDRESSES": word})
    assert settings.allow_private_addresses is truth


def test_neither_yes_nor_no_is_told():
    with pytest.raises(UserError, match="is not true or false"):
        load_settings(environ={"DEMARCHE_ALLOW_PRIVATE_ADDRESSES": "perhaps"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workers = 1.5", "workers = 1.5 is not a whole number"),
        ("workers = true", "workers = True is not a whole number"),
        ("batch_size = 'many'", "batch_size = 'many' is not a whole number"),
        ("max_reject_share = [1]", "is not a number"),
        ("warehouse = 3", "warehouse = 3 is not a path"),
        ("html = 3", "html = 3 is not text"),
        ("allow_private_addresses = 2", "is not true or false"),
        ("[field_names]\ntext = ['a', 'b']", "field_names_text = .* is not text"),
        ("[limits]\nnot_before = 1990", "is not a day such as"),
        ("field_names = 3", "field_names = 3 is not a table"),
        ("limits = 5", "limits = 5 is not a table"),
        ("task_runner = 'quantum:3'", "task_runner = 'quantum:3' is not known"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_in_plain_words(tmp_path, text, said):
    file = tmp_path / "demarche.toml"
    file.write_text(text)
    with pytest.raises(UserError, match=said):
        load_settings(file, environ={})


def test_a_whole_number_will_do_for_a_share(tmp_path):
    file = tmp_path / "demarche.toml"
    file.write_text("max_reject_share = 1")
    assert load_settings(file, environ={}).max_reject_share == 1.0


def test_a_misspelt_variable_is_told_with_what_was_meant():
    environ = {"DEMARCHE_WORKER": "2", "DEMARCHE_QX": "1", "OTHER": "x"}
    assert unknown_variables(environ) == [
        "DEMARCHE_QX is not known and has no effect",
        "DEMARCHE_WORKER is not known and has no effect; DEMARCHE_WORKERS was meant?",
    ]


def test_variables_that_something_reads_are_known():
    names = ["WAREHOUSE", "LIMITS_MIN_CHARS", "HOME", "INBOX", "DEBUG", "LLM_KEY"]
    assert unknown_variables({f"DEMARCHE_{name}": "x" for name in names}) == []
