"""WARC files whose headers do not say what is there: one record at most is lost."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pyarrow as pa
import pytest

from .conftest import Tree

CHUNKED = b"Transfer-Encoding: chunked\r\n"


def page(number: int) -> bytes:
    lines = [f"<p>The ministers of {number} and {n} countries met in Vienna.</p>" for n in range(6)]
    return f"<html><body><article>{''.join(lines)}</article></body></html>".encode()


def record(
    number: int, body: bytes, fields: bytes = b"", *, length: object = None, kind: str = "response"
) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + fields + b"\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def coded(name: str) -> bytes:
    return f"Content-Encoding: {name}\r\n".encode()


def chunks(body: bytes, *, extension: bytes = b"", end: bytes = b"\r\n") -> bytes:
    cut = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x%s%s%s%s" % (len(c), extension, end, c, end) for c in cut) + b"0" + end * 2


def packed(codec: str) -> bytes:
    return bytes(pa.Codec(codec).compress(P, asbytes=True))


P = page(2)
BEFORE, AFTER = record(1, page(1)), record(3, page(3))
STALE = ["gzip", "br", "deflate", "zstd", "gzip, br", "x-gzip", "utf-8", "identity", "GZIP"]

READ = {
    **{f"already plain, said to be {name}": record(2, P, coded(name)) for name in STALE},
    "already plain, said to be in chunks": record(2, P, CHUNKED),
    "already plain, said to be both": record(2, P, CHUNKED + coded("gzip")),
    "chunks joined, gzip left": record(2, gzip.compress(P), CHUNKED + coded("gzip")),
    "gzip undone, chunks left": record(2, chunks(P), CHUNKED + coded("gzip")),
    "chunks": record(2, chunks(P), CHUNKED),
    "chunks with extensions": record(2, chunks(P, extension=b" ;name=value"), CHUNKED),
    "chunks with bare line feeds": record(2, chunks(P, end=b"\n"), CHUNKED),
    "chunks that nobody mentions": record(2, chunks(P)),
    "chunks of gzip": record(2, chunks(gzip.compress(P)), CHUNKED + coded("gzip")),
    "chunks of brotli": record(2, chunks(packed("brotli")), CHUNKED + coded("br")),
    "gzip that nobody mentions": record(2, gzip.compress(P)),
    "gzip said to be deflate": record(2, gzip.compress(P), coded("deflate")),
    "gzip twice": record(2, gzip.compress(gzip.compress(P)), coded("gzip, gzip")),
    "zstd": record(2, packed("zstd"), coded("zstd")),
    "deflate": record(2, zlib.compress(P), coded("deflate")),
    "deflate without its header": record(2, zlib.compress(P)[2:-4], coded("deflate")),
    "a length that is too small": record(2, P, length=150),
    "a length that is too great": record(2, P, length=len(P) + 400),
    "a length beyond the file": record(2, P, length=10**12),
    "a length below zero": record(2, P, length=-1),
    "a length in words": record(2, P, length="many"),
    "no blank lines behind it": record(2, P)[:-4],
    "many blank lines behind it": record(2, P) + b"\r\n" * 50,
    "other lines behind it": record(2, P) + b"-- mark --\r\n\r\n",
    "line feeds alone": record(2, P).replace(b"\r\n", b"\n"),
    "WARC/1.1": record(2, P).replace(b"WARC/1.0", b"WARC/1.1"),
    "WARC/0.18": record(2, P).replace(b"WARC/1.0", b"WARC/0.18"),
    "a page without the server's header": record(2, P).replace(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b""
    ),
    "cut off by the crawler, which says so": record(2, P[:-40]).replace(
        b"\r\nContent-Type: app", b"\r\nWARC-Truncated: length\r\nContent-Type: app", 1
    ),
}
PASSED = {
    "a revisit": record(2, b"", kind="revisit"),
    "a request": record(2, b"", kind="request"),
    "a request with a stale header": record(2, P, CHUNKED + coded("gzip"), kind="request"),
    "an error page": record(2, P).replace(b"200 OK", b"404 Not Found"),
}
CUT = {
    "in a chunk": record(2, chunks(P)[:-60], CHUNKED),
    "in gzip": record(2, gzip.compress(P)[:-30], coded("gzip")),
    "in a chunk of gzip": record(2, chunks(gzip.compress(P))[:-30], CHUNKED + coded("gzip")),
}
WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "a.warc": lambda middle: BEFORE + middle + AFTER,
    "members.warc.gz": lambda middle: b"".join(map(gzip.compress, (BEFORE, middle, AFTER))),
}


def read(tree: Tree, name: str, data: bytes) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the numbers of the pages that are read whole, and the rejects."""
    tree.add(name, data)
    batch = tree.read(name)
    rows, rejects = batch.articles.to_pylist(), batch.rejects.to_pylist()
    numbers = [row["url"][-1] for row in rows if len(row["body"].split("\n\n")) == 6]
    return numbers, [(row["reason"], row["record"]) for row in rejects]


@pytest.mark.parametrize("name", WRAPPED)
def test_whatever_is_said_of_the_middle_record(tree: Tree, name: str) -> None:
    wrap = WRAPPED[name]
    for what, middle in READ.items():
        assert (what, *read(tree, name, wrap(middle))) == (what, ["1", "2", "3"], [])
    for what, middle in PASSED.items():
        assert (what, *read(tree, name, wrap(middle))) == (what, ["1", "3"], [])
    for what, middle in CUT.items():
        refused = [("truncated", 2)]
        assert (what, *read(tree, name, wrap(middle))) == (what, ["1", "3"], refused)


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


MEMBER = gzip.compress(record(2, P))
DAMAGED = {
    "a bit": flipped(MEMBER, len(MEMBER) // 2),
    "its checksum": flipped(MEMBER, -6 % len(MEMBER)),
    "its header": flipped(MEMBER, 2),
    "cut off": MEMBER[:-40],
    "no gzip": b"<html>",
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_member_of_gzip_costs_no_other(tree: Tree, what: str) -> None:
    data = gzip.compress(BEFORE) + DAMAGED[what] + gzip.compress(AFTER)
    assert read(tree, "a.warc.gz", data) == (["1", "3"], [("malformed", 0)])


def test_the_name_does_not_say_whether_it_is_compressed(tree: Tree) -> None:
    plain = BEFORE + record(2, P) + AFTER
    everything = (["1", "2", "3"], [])
    assert read(tree, "plain.warc.gz", plain) == everything
    assert read(tree, "packed.warc", gzip.compress(plain)) == everything
    assert read(tree, "marked.warc", b"\xef\xbb\xbf\r\n" + plain) == everything


def test_the_end_of_a_file_that_is_cut_off_is_refused(tree: Tree) -> None:
    data = (BEFORE + record(2, P) + AFTER)[:-120]
    assert read(tree, "a.warc", data) == (["1", "2"], [("truncated", 3)])


def test_a_page_about_warc_files_is_one_record(tree: Tree) -> None:
    lines = P.replace(b"<article>", b"<article><pre>WARC/1.0\r\nWARC-Type: response\r\n</pre>")
    numbers, rejects = read(tree, "a.warc", BEFORE + record(2, lines) + AFTER)
    assert (numbers[-1], len(tree.read().articles), rejects) == ("3", 3, [])
