"""What `demarche doctor` looks at: each check says in plain words what is wrong and what to do."""

from __future__ import annotations

import importlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from tasks.settings import SEEDS, SQL, Settings, unknown_variables


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        what: What was looked at.
        ok: True when it is sound.
        said: What was found.
        remedy: What to do when it is not sound.
        warning: True for what is sound and yet may be a slip.
    """

    what: str
    ok: bool
    said: str
    remedy: str = ""
    warning: bool = False


def check_python() -> Check:
    """Python is new enough."""
    said = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), said, "Install Python 3.11 or newer.")


def check_packages() -> Check:
    """Every package is there, within the bounds of pyproject.toml."""
    wrong = list(_out_of_bounds())
    said = "; ".join(wrong) or "all within the bounds that are known to work"
    return Check("packages", not wrong, said, "Run `make setup`: it installs the locked versions.")


def _out_of_bounds() -> Iterator[str]:
    try:
        wanted = requires("demarche") or []
    except PackageNotFoundError:
        yield "demarche itself is not installed"
        return
    for requirement in map(Requirement, wanted):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            yield f"{requirement.name} is missing"
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            yield f"{requirement.name} {found} is outside {requirement.specifier}"


def check_prefect_server() -> Check:
    """Prefect's embedded server can be made: where a wrong FastAPI shows itself."""
    try:
        importlib.import_module("prefect.server.api.server").create_app(ephemeral=True)
    except Exception as error:  # whatever it dies of is what the user must hear
        return Check(
            "Prefect server",
            False,
            f"{type(error).__name__}: {error} (Prefect {version('prefect')}, "
            f"FastAPI {version('fastapi')})",
            "Most often a FastAPI that Prefect cannot use: run `make setup` for the locked one. "
            "`demarche run --direct` works without Prefect.",
        )
    return Check("Prefect server", True, f"Prefect {version('prefect')} can start its server")


def check_prefect_home() -> Check:
    """Prefect's own folder can be written."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    return _writable("Prefect's folder", home, "Set PREFECT_HOME to a folder of yours.")


def check_duckdb() -> Check:
    """DuckDB writes a file that older versions read, and hands over Arrow tables."""
    import duckdb

    from tasks.warehouse import database

    with tempfile.TemporaryDirectory() as folder:
        try:
            connection = database.create(Path(folder) / "check.duckdb", Path(folder))
            connection.execute("CREATE TABLE t AS SELECT 1 AS one")
            rows = connection.sql("SELECT one FROM t").to_arrow_table().num_rows
            connection.close()
        except (duckdb.Error, AttributeError) as error:
            return Check(
                "DuckDB", False, str(error), "Run `make setup`: DuckDB 1.5 or 2 is needed."
            )
    return Check("DuckDB", rows == 1, f"DuckDB {version('duckdb')} writes and reads")


def check_own_files() -> Check:
    """The project's SQL models and tables are where the code looks for them."""
    missing = [
        str(p) for p in (SQL / "marts", SEEDS / "ontology", SEEDS / "actors") if not p.is_dir()
    ]
    said = f"missing: {', '.join(missing)}" if missing else f"SQL and tables are in {SQL.parent}"
    return Check("own files", not missing, said, "Install demarche from a complete checkout.")


def check_warehouse(settings: Settings) -> Check:
    """The warehouse can be written, and its current release is sound."""
    from tasks.warehouse import Warehouse, nothing_published
    from tasks.warehouse.release import MEND

    writable = _writable(
        "warehouse", settings.warehouse, "Name a folder of yours with --warehouse."
    )
    if not writable.ok:
        return writable
    current = Warehouse(settings.warehouse).current() if settings.warehouse.is_dir() else None
    if current is None:
        return Check("warehouse", True, nothing_published(settings.warehouse).message)
    problems = current.verify()
    said = "; ".join(problems) or f"{settings.warehouse}: release {current.id} is sound"
    return Check("warehouse", not problems, said, MEND)


def check_variables() -> Check:
    """Every `DEMARCHE_*` variable is one that something reads."""
    unknown = unknown_variables()
    said = "; ".join(unknown) or "all DEMARCHE_* variables are known"
    return Check("environment", True, said, warning=bool(unknown))


def check_telemetry() -> Check:
    """Prefect does not report home."""
    off = re.fullmatch("false|0", os.environ.get("PREFECT_SERVER_ANALYTICS_ENABLED", ""), re.I)
    remedy = "Set PREFECT_SERVER_ANALYTICS_ENABLED=false."
    return Check("telemetry", off is not None, "off" if off else "on", remedy)


def _writable(what: str, folder: Path, remedy: str) -> Check:
    there = folder
    while not there.exists():
        there = there.parent
    ok = there.is_dir() and os.access(there, os.W_OK)
    return Check(what, ok, f"{folder} {'can' if ok else 'can not'} be written", remedy)


def all_checks(settings: Settings) -> Iterator[Check]:
    """Carry out the checks, cheap ones first."""
    yield check_python()
    yield check_packages()
    yield check_own_files()
    yield check_duckdb()
    yield check_variables()
    yield check_telemetry()
    yield check_prefect_home()
    yield check_warehouse(settings)
    yield check_prefect_server()
