"""A large file whose reading was interrupted is read on, not again."""

from __future__ import annotations

import bz2
import errno
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks import staging
from tasks.errors import UserError
from tasks.ingest import Limits, Options
from tasks.ingest.checkpoints import forget
from tasks.ingest.cursor import Cursor
from tasks.ingest.members import MemberReader
from tasks.ingest.readers import Item, read_source
from tasks.ingest.source import Source, file_source
from tasks.ingest.staged import Staged, stage_paths

N = 24


def text(number: int) -> str:
    return (
        f"Report {number}: the ministers of both countries met in Vienna and agreed to meet again."
    )


def warc_records() -> list[bytes]:
    return [warc_record(n, text(n)) for n in range(N)]


def warc_record(number: int, body: str, rest: str = "") -> bytes:
    page = f"<html><title>{number}</title><body><p>{body * 4}</p>{rest}</body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: https://example.org/{number}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc() -> bytes:
    return b"".join(warc_records())


def warc_gz() -> bytes:
    return b"".join(gzip.compress(record) for record in warc_records())


def broken_warc() -> bytes:
    records = warc_records()
    lying = records[3].replace(b"Content-Length: ", b"Content-Length: 9")
    return b"".join([*records[:3], b"\r\nnoise\r\n", *records[4:9], lying])


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def json_lines() -> bytes:
    lines = [json.dumps({"id": f"r{n}", "text": text(n)}) for n in range(N)]
    lines[5] = '{"id": "broken'
    lines[6] = json.dumps({"articles": [{"text": text(100)}, {"text": text(101)}]})
    lines[7] = ""
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()


def csv() -> bytes:
    rows = [f'r{n},"{text(n)}\nSecond line ""{n}""."' for n in range(N)]
    rows[4] = "one field"
    return ("id,text\n" + "\n".join(rows)).encode()


def latin_csv() -> bytes:
    return csv().decode().replace("Vienna", "Zürich").encode("cp1252")


FILES: dict[str, Callable[[], bytes]] = {
    "a.warc": warc,
    "a.warc.gz": warc_gz,
    "one-member.warc.gz": lambda: gzip.compress(warc()),
    "a.warc.bz2": lambda: bz2.compress(warc()),
    "twice.warc.gz.gz": lambda: gzip.compress(warc_gz()),
    "broken.warc": broken_warc,
    "cut-off.warc.gz": lambda: warc_gz()[:-30],
    "damaged.warc.gz": lambda: flipped(warc_gz(), 2000),
    "a.jsonl": json_lines,
    "a.jsonl.gz": lambda: gzip.compress(json_lines()),
    "a.csv": csv,
    "latin.csv": latin_csv,
}


def items_with_positions(source: Source) -> Iterator[tuple[Item, Cursor]]:
    """Yield what a file holds, each with a cursor that starts where its record begins."""
    cursor = source.cursor
    assert cursor is not None
    for item in read_source(source, Limits(), Options()):
        yield item, Cursor(cursor.at)


@pytest.mark.parametrize("name", FILES)
def test_reading_from_any_record_gives_the_rest(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    source = file_source(path, name)
    read = list(items_with_positions(replace(source, cursor=Cursor())))
    items = [item for item, _ in read]
    positions = [cursor.start for _, cursor in read]
    assert len(set(positions)) > 8
    for place, position in list(enumerate(positions))[::3]:
        if position is not None and positions.index(position) == place:
            rest = read_source(replace(source, cursor=Cursor(position)), Limits(), Options())
            assert list(rest) == items[place:]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8), st.integers(1, 400), st.binary())
def test_members_of_gzip_begin_where_they_are_said_to(
    parts: list[bytes], size: int, padding: bytes
) -> None:
    packed = b"".join(gzip.compress(part) for part in parts) + b"\x00" * len(padding)
    begins: list[tuple[int, int]] = []
    path = pa.BufferReader(packed)
    reader = MemberReader(path, on_member=lambda *begin: begins.append(begin))
    whole = b"".join(iter(lambda: reader.read1(size), b""))
    assert whole == b"".join(parts) == gzip.decompress(packed)
    assert len(begins) == len(parts)
    for at, unpacked in begins:
        path.seek(at)
        assert b"".join(iter(MemberReader(path).read1, b"")) == whole[unpacked:]


class Runs:
    """Runs over one file; each may be stopped after some batches."""

    def __init__(self, folder: Path, data: bytes, name: str) -> None:
        self.folder, self.path = folder, folder / name
        self.path.write_bytes(data)

    def run(self, stop_after: int | None = None, **settings: Any) -> list[Staged]:
        arguments: dict[str, Any] = {"batch_size": 7, "resume_from": 1, **settings}
        kept = self.folder / "state" / "reading"
        batches = stage_paths([self.path], self.folder / "work", kept, **arguments)
        if stop_after is None:
            return list(batches)
        return [next(batches) for _ in range(stop_after)]


def rows(batches: list[Staged]) -> list[list[dict[str, Any]]]:
    kinds = ([b.articles for b in batches], [b.rejects for b in batches])
    return [[row for path in kind for row in staging.load(path).to_pylist()] for kind in kinds]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path, warc_gz(), "crawl.warc.gz")


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that were taken apart."""
    from tasks.ingest.readers import warc as module

    seen: list[int] = []
    real = module.page_records

    def note(data: bytes, uri: str, number: int, *rest: Any, **more: Any) -> list[Item]:
        seen.append(number)
        return real(data, uri, number, *rest, **more)

    monkeypatch.setattr(module, "page_records", note)
    return seen


@pytest.mark.parametrize("name", FILES)
def test_an_interrupted_run_is_taken_up(name: str, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = rows(Runs(tmp_path / "whole", FILES[name](), name).run())
    runs = Runs(tmp_path, FILES[name](), name)
    runs.run(stop_after=2)
    taken_up = runs.run()
    assert rows(taken_up) == whole
    assert sum(b.n_inputs for b in taken_up) == sum(map(len, whole))


def test_what_was_read_is_not_read_again(runs: Runs, pages: list[int]) -> None:
    runs.run(stop_after=2)
    assert pages == list(range(1, 16))  # two batches of seven, and the page that ends the second
    pages.clear()
    runs.run()
    assert pages == list(range(15, N + 1))
    pages.clear()
    runs.run()
    assert pages == []


def test_no_byte_before_the_place_is_unpacked(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks.ingest import members

    begun: list[int] = []
    real = members.MemberReader.__init__

    def note(self: MemberReader, stream: Any, packed: int = 0, *rest: Any) -> None:
        begun.append(packed)
        real(self, stream, packed, *rest)

    runs.run(stop_after=3)
    monkeypatch.setattr(members.MemberReader, "__init__", note)
    runs.run()
    packed = [len(gzip.compress(record)) for record in warc_records()]
    assert max(begun) == sum(packed[:21])


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def staged_file(runs: Runs) -> Path:
    return min((runs.folder / "state").rglob("*.articles.arrow"))


def journal(runs: Runs) -> Path:
    return next(runs.folder.rglob("journal.json"))


def write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)


STALE: dict[str, Callable[[Runs], None]] = {
    "the file has grown": lambda runs: write(runs.path, warc_gz() * 2),
    "the file was written again": lambda runs: write(runs.path, warc_gz()),
    "a staged file is damaged": lambda runs: damage(staged_file(runs)),
    "a staged file is gone": lambda runs: staged_file(runs).unlink(),
    "the journal is damaged": lambda runs: damage(journal(runs)),
    "the journal is no journal": lambda runs: write(journal(runs), "[1]"),
}


@pytest.mark.parametrize("what", STALE)
def test_a_checkpoint_that_does_not_fit_is_passed_over(
    what: str, runs: Runs, pages: list[int]
) -> None:
    runs.run(stop_after=3)
    STALE[what](runs)
    pages.clear()
    runs.run()
    assert pages[0] == 1


def test_other_settings_read_again(runs: Runs, pages: list[int]) -> None:
    runs.run(stop_after=3)
    pages.clear()
    runs.run(limits=Limits(min_chars=50))
    assert pages[0] == 1


def test_another_table_of_dates_reads_again(runs: Runs, pages: list[int]) -> None:
    table = runs.folder / "dates.csv"
    table.write_text("uri,published\nhttps://example.org/2,2022-02-20\n")
    runs.run(stop_after=3, published=table)
    table.write_text("uri,published\nhttps://example.org/2,2022-02-21\n")
    pages.clear()
    (articles, _) = rows(runs.run(published=table))
    assert pages[0] == 1
    assert [str(a["published_date"]) for a in articles if a["url"][-2:] == "/2"] == ["2022-02-21"]


def test_a_row_of_dates_fits_one_article_though_the_run_was_interrupted(tmp_path: Path) -> None:
    first, last = warc_record(1, text(1)), warc_record(1, text(2)).replace(b"/1\r", b"/x/1\r")
    others = [warc_record(n, text(n)) for n in range(2, 17)]
    table = tmp_path / "dates.csv"
    table.write_text("uri,published\n1,2022-02-20\n")
    runs = Runs(tmp_path, b"".join([first, *others, last]), "a.warc")
    runs.run(stop_after=2, published=table)
    with pytest.raises(UserError, match="matches both"):
        runs.run(published=table)


def test_what_is_published_is_forgotten(runs: Runs, pages: list[int]) -> None:
    kept = runs.folder / "state" / "reading"
    forget([b.articles for b in runs.run()], kept)
    assert not list(kept.iterdir())
    pages.clear()
    runs.run()
    assert len(pages) == N


def test_small_files_have_no_checkpoint(runs: Runs) -> None:
    runs.run(resume_from=10_000_000)
    assert not (runs.folder / "state").exists()


def test_what_a_failing_disk_kept_back_is_tried_again(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Item:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("tasks.ingest.readers.warc.page_records", fail)
        (_, rejects) = rows(runs.run())
        assert [r["reason"] for r in rejects] == ["unreadable"]
    (articles, rejects) = rows(runs.run())
    assert (len(articles), rejects) == (N, [])
