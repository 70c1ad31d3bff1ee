"""Settings: one frozen record, from a TOML file, the environment and the command line.

Later wins: defaults, `demarche.toml` in the working directory (or the file that is named),
`DEMARCHE_*` environment variables, command-line options.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from tasks.errors import UserError
from tasks.limits import Limits
from tasks.setting_values import check_task_runner, convert

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
SQL = PROJECT / "sql"
SAMPLE = SEEDS / "articles" / "inbox"
SAMPLE_PUBLISHED = SEEDS / "articles" / "published.csv"

# Settings that are tables in TOML; elsewhere `limits_min_chars` is `min_chars` of [limits].
_LIMITS, _FIELD_NAMES = "limits_", "field_names_"
_PREFIX = "DEMARCHE_"
# Variables with this prefix that are no settings: of prefect.yaml, of the llm coder, of the CLI.
_NO_SETTINGS = ("home", "inbox", "llm_key", "debug")
# What a record is read for; `tasks.ingest.fields` knows the usual names of each.
ARTICLE_FIELDS = (
    "text",
    "title",
    "published",
    "url",
    "identity",
    "publisher",
    "author",
    "lang",
    "tags",
)
_HTML = ("trafilatura", "resiliparse")
_CODERS = ("rules", "llm")
_PARSERS = ("network", "chunker")  # or spacy:NAME


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run can be told.

    Attributes:
        warehouse: Folder of the releases.
        batch_size: Articles in one batch; a task works on one batch. Never changes a result.
        workers: Processes that work on batches at the same time; 1 = this process alone.
        task_runner: Prefect task runner: threads:N, processes:N, dask:N or tcp://scheduler:port.
        keep_releases: How many releases `demarche maintain` keeps.
        settle_seconds: A file that changed within so many seconds is looked at twice, as many
            seconds apart; one that goes on changing is left to the next run. 0 reads all as it is.
        max_reject_share: Share of refused inputs above which `demarche run` exits with 1.
        models: Folder of your own SQL models, run after those of sql/; empty = none.
        models_may_read: Folders that your models and tests may read files from; none by default.
        models_seconds: How long one SQL model or test may run.
        actors: CSV of your own actors, laid over those of seeds/actors; empty = none.
        allow_private_addresses: Whether inputs may be fetched from this machine and the local
            network, not only from public addresses.
        html: Library that takes articles out of pages: trafilatura, or resiliparse, which is
            faster and less exact.
        field_names: Your own names of the fields of JSON, CSV and Parquet, by ours
            (`ARTICLE_FIELDS`).
        limits: Caps on sizes, ratios, depths and days.
        coder: rules, or llm: a language model that you have (tasks/events/llm).
        parser: What takes English sentences apart: network, chunker (lighter, less exact), or
            spacy:NAME, a spaCy pipeline that you have installed, for texts of its language.
        llm_endpoint: Its address, OpenAI-compatible, such as http://localhost:11434/v1.
        llm_model: Its name there.
        llm_max_calls: Questions that one run may ask it; known answers cost none.
        llm_seconds: How long one answer may take.
    """

    warehouse: Path = Path("warehouse")
    batch_size: int = 5_000
    workers: int = min(os.cpu_count() or 1, 8)
    task_runner: str = "threads:2"
    keep_releases: int = 10
    settle_seconds: int = 3
    max_reject_share: float = 0.25
    models: str = ""
    models_may_read: tuple[str, ...] = ()
    models_seconds: int = 600
    actors: str = ""
    allow_private_addresses: bool = False
    html: str = _HTML[0]
    field_names: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    coder: str = _CODERS[0]
    parser: str = _PARSERS[0]
    llm_endpoint: str = ""
    llm_model: str = ""
    llm_max_calls: int = 1_000
    llm_seconds: int = 120


def load_settings(
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    **options: object,
) -> Settings:
    """Return the settings; options that are None are not set.

    Args:
        file: TOML file; None takes demarche.toml from the working directory, if there is one.
        environ: Environment; None takes that of the process.
        **options: Values that win over file and environment.

    Raises:
        UserError: naming the file or variable and the setting that is wrong.
    """
    environ = os.environ if environ is None else environ
    settings = Settings()
    path = file or Path("demarche.toml")
    if file is not None and not file.is_file():
        raise UserError(f"{file}: there is no such settings file", "Check the path of --config.")
    if path.is_file():
        settings = _apply(settings, _read_toml(path), str(path))
    known = _kinds()
    from_env = {name: value for name, value in _variables(environ).items() if name in known}
    settings = _apply(settings, from_env, "environment")
    given = {name: value for name, value in options.items() if value is not None}
    return _check(_apply(settings, given, "command line"))


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the values of `DEMARCHE_*` by the rest of their names, in small letters."""
    found = {n: v for n, v in environ.items() if n.startswith(_PREFIX)}
    return {name.removeprefix(_PREFIX).lower(): value for name, value in found.items()}


def unknown_variables(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return what tells the user of each `DEMARCHE_*` variable that nothing reads: slips."""
    known = [*_kinds(), *_NO_SETTINGS]
    told = []
    for name in sorted(set(_variables(os.environ if environ is None else environ)) - set(known)):
        near = get_close_matches(name, known, n=1)
        meant = f"; {_PREFIX}{near[0].upper()} was meant?" if near else ""
        told.append(f"{_PREFIX}{name.upper()} is not known and has no effect{meant}")
    return told


def as_options(settings: Settings) -> dict[str, str | int | float | bool]:
    """Return the settings by name, as plain values that `load_settings` takes."""
    values = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    limits, names = values.pop("limits"), values.pop("field_names")
    values |= {_LIMITS + f.name: getattr(limits, f.name) for f in fields(Limits)}
    values |= {_FIELD_NAMES + name: own for name, own in names.items()}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return os.pathsep.join(value)
    return value if isinstance(value, str | int | float) else str(value)


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path}: {error}", "Settings are TOML: one `name = value` a line."
        ) from error


def _kinds() -> dict[str, type]:
    """Return the type of each setting, those of tables by their long names."""
    kinds = {f.name: type(getattr(Settings(), f.name)) for f in fields(Settings)}
    del kinds["limits"], kinds["field_names"]
    kinds |= {_FIELD_NAMES + name: str for name in ARTICLE_FIELDS}
    kinds |= {_LIMITS + f.name: int for f in fields(Limits)}
    return kinds | {f"{_LIMITS}not_before": date, f"{_LIMITS}not_after": date}


def _apply(settings: Settings, values: Mapping[str, object], origin: str) -> Settings:
    known = _kinds()
    changes: dict[str, object] = {}
    for name, value in _flat(values, origin).items():
        if name not in known:
            raise UserError(f"{origin}: unknown setting {name!r}", f"Known: {', '.join(known)}.")
        changes[name] = convert(name, value, known[name], origin)
    limits = replace(settings.limits, **_taken(changes, _LIMITS))  # type: ignore[arg-type]
    names = {**settings.field_names, **_taken(changes, _FIELD_NAMES)}
    return replace(settings, limits=limits, field_names=names, **changes)  # type: ignore[arg-type]


def _flat(values: Mapping[str, object], origin: str) -> dict[str, object]:
    """Return values with those of tables under their long names."""
    flat: dict[str, object] = {}
    for name, value in values.items():
        if f"{name}_" in (_LIMITS, _FIELD_NAMES) and not isinstance(value, dict):
            raise UserError(f"{origin}: {name} = {value!r} is not a table", f"Write [{name}].")
        flat |= (
            {f"{name}_{k}": v for k, v in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
    return flat


def _taken(changes: dict[str, object], prefix: str) -> dict[str, object]:
    """Take the values of a table out of the changes; return them under their short names."""
    names = [name for name in changes if name.startswith(prefix)]
    return {name.removeprefix(prefix): changes.pop(name) for name in names}


def _check(settings: Settings) -> Settings:
    positive = ("batch_size", "workers", "keep_releases", "models_seconds")
    for name in (*positive, "llm_max_calls", "llm_seconds"):
        if getattr(settings, name) < 1:
            raise UserError(f"{name} must be at least 1, not {getattr(settings, name)}")
    if settings.settle_seconds < 0:
        raise UserError(f"settle_seconds must be at least 0, not {settings.settle_seconds}")
    settings.limits.check()
    check_task_runner(settings.task_runner)
    for name, choices in (("html", _HTML), ("coder", _CODERS)):
        if getattr(settings, name) not in choices:
            raise UserError(
                f"{name} = {getattr(settings, name)!r} is neither {' nor '.join(choices)}"
            )
    kind, _, pipeline = settings.parser.partition(":")
    if settings.parser not in _PARSERS and (kind != "spacy" or not pipeline):
        raise UserError(
            f"parser = {settings.parser!r} is neither {' nor '.join(_PARSERS)}",
            'A spaCy pipeline is named like "spacy:en_core_web_sm".',
        )
    if not 0 <= settings.max_reject_share <= 1:
        raise UserError(f"max_reject_share is a share, 0 to 1, not {settings.max_reject_share}")
    for name, is_there in (("actors", Path.is_file), ("models", Path.is_dir)):
        path = getattr(settings, name)
        if path and not is_there(Path(path).expanduser()):
            raise UserError(f"{name} = {path!r}: there is no such file or folder")
    for folder in settings.models_may_read:
        if not Path(folder).is_dir():
            raise UserError(f"models_may_read: there is no such folder as {folder!r}")
    return settings
