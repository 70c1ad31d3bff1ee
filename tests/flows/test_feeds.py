"""Feeds as inputs of runs."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from flows.calls import DirectCalls
from flows.pipeline import update_warehouse
from flows.report import RunReport
from flows.retry import retry_refused
from flows.workers import Workers
from tasks.settings import Settings
from tasks.warehouse import Warehouse
from tests.ingest.server import serving

from .running import START, checksums, current

PROSE = "The foreign ministers of both countries met in Vienna on Monday and agreed to meet again."
FEED = (
    f"<rss><channel><item><guid>n1</guid><description>{PROSE}</description></item></channel></rss>"
).encode()


def run(warehouse: Path, url: str, number: int = 0, *, retry: bool = False) -> RunReport:
    settings = Settings(warehouse=warehouse, workers=1, allow_private_addresses=True)
    moment, calls = START + timedelta(hours=number), DirectCalls(Workers(1), 1)
    if retry:
        done = retry_refused(settings, moment=moment, calls=calls, say=lambda line: None)
        assert done.report is not None
        return done.report
    return update_warehouse([url], settings, moment=moment, calls=calls, say=lambda line: None)


def test_an_unchanged_feed_is_asked_for_politely_and_changes_nothing(tmp_path: Path) -> None:
    with serving() as server:
        url = server.page("/feed", FEED, ETag='"1"')
        first = run(tmp_path / "w", url)
        again = run(tmp_path / "w", url, 1)
        shutil.rmtree(Warehouse(tmp_path / "w").state)
        lost = run(tmp_path / "w", url, 2)
        validators = [headers.get("If-None-Match") for _, headers in server.asked]
    assert (first.n_articles, again.n_articles, lost.n_articles) == (1, 0, 0)
    assert (again.published, lost.published) == (False, False)
    assert validators == [None, '"1"', None]


def test_a_feed_that_failed_can_be_tried_again(tmp_path: Path) -> None:
    with serving() as server:
        url = server.page("/feed", b"", 404)
        assert run(tmp_path / "w", url).n_rejects == 1
        server.page("/feed", FEED)
        assert run(tmp_path / "w", url, 1, retry=True).n_articles == 1
        run(tmp_path / "fresh", url)
    assert current(tmp_path / "w").read("rejects").num_rows == 0
    assert checksums(tmp_path / "w") == checksums(tmp_path / "fresh")
