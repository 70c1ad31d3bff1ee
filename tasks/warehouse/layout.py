"""Names of the files and folders in a warehouse."""

from __future__ import annotations

RELEASES = "releases"
STATE = "state"
LOCK = ".lock"
MANIFEST = "MANIFEST.json"
DATABASE = "demarche.duckdb"
MARTS = "marts"

# Folders that no reader is shown: a release in the making, one that is being removed.
BUILDING = ".building-"
EXPIRED = ".expired-"


def table_file(table: str, partition: str) -> str:
    """Return the path of a partition below the release; ``""`` is a table in one file."""
    return f"{table}/month={partition}/part.parquet" if partition else f"{table}/part.parquet"


def partition_in(path: str) -> str:
    """Return the partition that a path from `table_file` holds."""
    return path.split("/")[1].removeprefix("month=") if path.count("/") == 2 else ""


def mart_file(mart: str) -> str:
    """Return the path of a mart below the release."""
    return f"{MARTS}/{mart}.parquet"
