"""One embedded Prefect server for all flow tests; nothing else pays for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Give a real Prefect API with a database of its own."""
    # Imported here: it pulls in the whole server, seconds that other tests should not pay.
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield
