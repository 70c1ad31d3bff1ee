from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tasks.publish.report import write_report
from tasks.warehouse import Release
from tests.flows.running import current, run_sample
from tests.publish.browser import Page, chromium, find_chromium
from tests.publish.newsroom import HOSTILE, World, add_event, build_world, publish


@pytest.fixture(scope="session")
def world() -> World:
    """A hundred events, and one from a publisher who means harm."""
    world = build_world(130)
    # No blur falls on 1000, so it is known to the day; it is the latest of all.
    add_event(world, 1000, date(2026, 11, 21), status="actual", source_text=HOSTILE, cameo="190")
    article, mention = world.articles[-1], world.mentions[-1]
    article |= {"title": HOSTILE, "publisher": HOSTILE, "url": "javascript:window.hacked=1"}
    article["source_uri"] = HOSTILE
    mention["attribution"] = {"text": HOSTILE, "verb": "said", "quoted": True}
    return world


@pytest.fixture(scope="session")
def release(world: World, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish(world, tmp_path_factory.mktemp("world") / "warehouse")


@pytest.fixture(scope="session")
def html(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report page of the release."""
    return write_report(release, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    with chromium(program, tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest.fixture
def page(browser: Page, html: Path) -> Page:
    """The report page in Chromium, its table and charts at work."""
    browser.open(html)
    browser.wait("document.documentElement.dataset.drawn")
    browser.wait("document.documentElement.dataset.searchable")
    return browser


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the sample corpus, made by a run."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    run_sample(warehouse)
    return current(warehouse)
