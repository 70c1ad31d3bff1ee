"""Options that several commands share, and what they resolve to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tasks.errors import UserError
from tasks.settings import Settings, load_settings

if TYPE_CHECKING:
    from tasks.warehouse import Release

WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", "-w", help="Folder of the releases. [default: warehouse]"),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file. [default: demarche.toml]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AtOption = Annotated[
    str | None, typer.Option("--at", help="Read an earlier release; see `demarche releases`.")
]

_in_use: list[Path] = []


def settings_of(config: Path | None = None, **options: object) -> Settings:
    """Return the settings that file, environment and options give."""
    settings = load_settings(config, None, **options)
    _in_use.append(settings.warehouse)
    return settings


def standing() -> str:
    """Return how the warehouse that the command used stands, once its files were checked."""
    from tasks.warehouse import Warehouse

    if not _in_use:
        return ""
    store = Warehouse(_in_use[-1])
    try:
        current = store.current()
        if current is None:
            return "nothing was published yet"
        if current.is_whole():
            return "the last published release is whole"
    except UserError:
        pass
    whole = store.last_whole()
    if whole is None:
        return "no release is whole: repair it, or run the inputs into a new --warehouse"
    return f"the last release that is whole: demarche releases --use {whole.id}"


def open_release(warehouse: Path | None, at: str | None = None) -> Release:
    """Return the current release, or the one named by `at`.

    Raises:
        UserError: when nothing was published yet, or no release has that id.
    """
    from tasks.warehouse import Warehouse

    store = Warehouse(settings_of(warehouse=warehouse).warehouse)
    return store.release(at) if at else store.need_current()
