"""Makes a flow's log read like a report."""

from __future__ import annotations

import logging

from tasks.errors import UserError


class _NoTraceback(logging.Filter):
    """Shows a user's mistake as its message, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, UserError):
            record.exc_info = None
            record.exc_text = None
            record.msg, record.args = str(error), ()
        return True


def quieten() -> None:
    """Keep one line a step: drop the engine's own lines, and tracebacks of users' mistakes."""
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logger = logging.getLogger(name)
        if not any(isinstance(f, _NoTraceback) for f in logger.filters):
            logger.addFilter(_NoTraceback())
    logging.getLogger("prefect.task_runs").setLevel(logging.ERROR)
