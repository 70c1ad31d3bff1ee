"""Makes a flow's log read like a report."""

from __future__ import annotations

import logging

from tasks.errors import UserError


class _OnceIsEnough(logging.Filter):
    """Shows a user's mistake once, as its message, without traceback and repetition."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, UserError):
            record.exc_info, record.exc_text = None, None
            record.msg, record.args = error.message, ()
        elif record.getMessage().startswith("Finished in state Failed"):
            record.msg, record.args = "Finished in state Failed", ()
        return True


def quieten() -> None:
    """Keep one line a step: drop the lines of single tasks, and tracebacks of users' mistakes."""
    flow_log = logging.getLogger("prefect.flow_runs")
    if not any(isinstance(f, _OnceIsEnough) for f in flow_log.filters):
        flow_log.addFilter(_OnceIsEnough())
    logging.getLogger("prefect.task_runs").setLevel(logging.CRITICAL)
