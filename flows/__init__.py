"""The Prefect flows, and the command line that runs them.

Prefect reads `[tool.prefect]` of pyproject.toml only in the project's own folder, so what every
run needs is set here too, before Prefect is imported: no telemetry, patience with a slow start.
"""

import os

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
