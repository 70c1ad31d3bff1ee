"""What the value of a setting must look like, and how it is read from text."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from tasks.errors import UserError

# How users know the types of settings; all of them may also be written as text.
_WORDS: dict[type, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "text",
    tuple: "a list of paths",
    date: "a day such as 2022-02-08",
    Path: "a path",
}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_RUNNER = re.compile(r"(threads|processes|dask):0*[1-9][0-9]*|(tcp|tls)://[^/:]+:[0-9]{1,5}")


def convert(name: str, value: object, kind: type, origin: str) -> object:
    """Return a value of TOML, environment or command line as the type of its setting.

    Args:
        name: Name of the setting.
        value: Text, or a value of the type itself; a whole number will do for a number.
        kind: Type of the setting; of days, empty text is None.
        origin: Where the value comes from, for the message.

    Raises:
        UserError: when it is of another type, or text that cannot be read as this one.
    """
    kind = Path if issubclass(kind, Path) else kind
    try:
        if isinstance(value, str):
            return _read(value, kind)
        if isinstance(value, int) and not isinstance(value, bool) and kind is float:
            return float(value)
        if isinstance(value, list) and kind is tuple and all(isinstance(v, str) for v in value):
            return tuple(str(Path(v).expanduser()) for v in value)
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            return value
    except (KeyError, ValueError):
        pass
    raise UserError(f"{origin}: {name} = {value!r} is not {_WORDS[kind]}")


def _read(text: str, kind: type) -> object:
    if kind is Path:
        return Path(text).expanduser()
    if kind is tuple:
        return tuple(str(Path(t).expanduser()) for t in text.split(os.pathsep) if t)
    if kind is bool:
        return _TRUTH[text.strip().lower()]
    if kind is date:
        return date.fromisoformat(text) if text else None
    return kind(text)


def check_task_runner(spec: str) -> None:
    """Check the name of a task runner.

    Raises:
        UserError: saying what it may be.
    """
    if not _RUNNER.fullmatch(spec):
        raise UserError(
            f"task_runner = {spec!r} is not known, or has no number",
            "Use threads:N, processes:N, dask:N or tcp://scheduler:port.",
        )
