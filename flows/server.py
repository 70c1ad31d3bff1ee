"""Prefect's temporary server, such that it ends with the run that needs it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from flows import orphans


def prepare_server() -> None:
    """Have the server that Prefect starts where PREFECT_API_URL is not set end with this process.

    It is in a session of its own, so that a terminal's Ctrl-C does not end it before the run has
    said farewell, and it ends when its standard input does: even a kill -9 leaves none behind.
    """
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import get_current_settings

    if get_current_settings().api.url:
        return

    class Server(SubprocessASGIServer):
        def _run_uvicorn_command(self) -> subprocess.Popen[Any]:
            application = ["--factory", "prefect.server.api.server:create_app"]
            address = ["--host", "127.0.0.1", "--port", str(self.port)]
            quietly = ["--log-level", "error", "--lifespan", "on"]
            environ = {
                "PREFECT_UI_ENABLED": "0",
                "PREFECT__SERVER_EPHEMERAL": "1",
                "PREFECT__SERVER_FINAL": "1",
                **get_current_settings().to_environment_variables(exclude_unset=True),
            }
            return subprocess.Popen(
                [sys.executable, orphans.__file__, "uvicorn", *application, *address, *quietly],
                stdin=subprocess.PIPE,
                env={**os.environ, **environ},
                start_new_session=True,
            )

    Server()  # the one that Prefect finds when it looks for its own
