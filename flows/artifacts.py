"""Shows the figures of a release on Prefect's pages, as artifacts of the run that made it."""

from __future__ import annotations

import base64

from prefect.artifacts import (
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)

from tasks.publish.briefing import briefing
from tasks.warehouse import Release

NO_ANOMALY = [{"anomaly": "none in the last four weeks"}]
NO_DYAD = [{"a": "no event names two sides"}]


def show_release(release: Release) -> None:
    """Create the artifacts of a release: summary, intensity, dyads, anomalies, codebook.

    Each has one key, so that Prefect's pages show its history over the runs.
    """
    found = briefing(release)
    about = f"Release {release.id}"
    picture = base64.b64encode(found.intensity.encode()).decode()
    create_markdown_artifact(found.summary, key="release-summary", description=about)
    create_image_artifact(
        f"data:image/svg+xml;base64,{picture}",
        key="intensity",
        description=f"{about}: cooperation above the line, conflict below",
    )
    create_table_artifact(
        found.dyads or NO_DYAD, key="dyads", description=f"{about}: who deals with whom"
    )
    create_table_artifact(
        found.anomalies or NO_ANOMALY,
        key="anomalies",
        description=f"{about}: weeks unlike the 12 before them",
    )
    create_link_artifact(
        (release.path / "codebook.html").as_uri(),
        link_text="codebook.html",
        key="codebook",
        description=f"{about}: every table and column",
    )
