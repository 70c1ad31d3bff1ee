"""The one place where a run reads the clock: to name itself. No result depends on it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the moment in UTC."""
    return datetime.now(UTC)
