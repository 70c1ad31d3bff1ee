"""What is fetched from the web: politely, only from where it may be, and never without end."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tasks.ingest import Fetching, IngestBatch, Options, Place, ingest_paths
from tasks.ingest.outbound import is_public
from tasks.ingest.record import Refusal
from tasks.ingest.source import Source
from tasks.ingest.web import Web
from tests.ingest.conftest import PROSE
from tests.ingest.server import Server, serving

FEED = f"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>News</title>
<item><title>Ministers meet</title><link>https://news.example/1</link>
<description>{PROSE}</description><pubDate>Sun, 20 Feb 2022 17:30:00 GMT</pubDate></item>
</channel></rss>""".encode()
QUICK = Fetching(allow_private=True, pause=0, tries=1, seconds=20)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def read(url: str, fetching: Fetching = QUICK) -> IngestBatch:
    (batch,) = ingest_paths([url], options=Options(fetching=fetching))
    return batch


def refusal(url: str, fetching: Fetching = QUICK) -> tuple[str, str]:
    """Return reason and detail of the one refusal that an address gives."""
    (row,) = read(url, fetching).rejects.to_pylist()
    assert row["uri"] == url
    return row["reason"], row["detail"]


def found(web: Web, url: str) -> bytes | Refusal:
    content = web.find(Place(url, url)).content
    return content.open().read() if isinstance(content, Source) else content


def test_a_feed_is_read(server: Server) -> None:
    (article,) = read(server.page("/feed", FEED)).articles.to_pylist()
    assert (article["title"], article["url"]) == ("Ministers meet", "https://news.example/1")


def test_a_packed_file_is_read_as_what_it_holds(server: Server) -> None:
    packed = gzip.compress(f'{{"id": "r1", "text": "{PROSE}"}}\n'.encode())
    batch = read(server.page("/a.jsonl.gz", packed, Content_Encoding="gzip"))
    assert batch.articles["source_uri"].to_pylist() == ["r1"]


def test_what_has_not_changed_is_not_sent_again_and_gives_the_same(
    server: Server, tmp_path: Path
) -> None:
    url = server.page("/feed", FEED, ETag='"1"', Last_Modified="Sun, 20 Feb 2022 17:30:00 GMT")
    keeping = replace(QUICK, cache=tmp_path / "fetched")
    first, second = read(url, keeping), read(url, keeping)
    assert second.articles.equals(first.articles)
    asked = [headers.get("If-None-Match") for _, headers in server.asked]
    assert asked == [None, '"1"']
    assert server.asked[1][1]["If-Modified-Since"] == "Sun, 20 Feb 2022 17:30:00 GMT"
    server.page("/feed", FEED.replace(b"/1<", b"/2<"), ETag='"2"')
    assert read(url, keeping).articles["url"].to_pylist() == ["https://news.example/2"]


def test_damaged_state_costs_a_transfer_and_nothing_else(server: Server, tmp_path: Path) -> None:
    url = server.page("/feed", FEED, ETag='"1"')
    keeping = replace(QUICK, cache=tmp_path)
    before = read(url, keeping)
    for name, damage in ((".body", b"<rss/>"), (".json", b"[1]"), (".json", b"\xff{")):
        (path,) = tmp_path.glob(f"*{name}")
        path.write_bytes(damage)
        assert read(url, keeping).articles.equals(before.articles)
        assert "If-None-Match" not in server.asked[-1][1]


def test_a_failing_server_is_asked_again_ever_more_slowly(server: Server) -> None:
    answers = iter([503, 429, 200])

    def now_and_then(handler: BaseHTTPRequestHandler) -> None:
        status = next(answers)
        handler.send_response(status)
        handler.send_header("Content-Length", "2")
        if status == 429:
            handler.send_header("Retry-After", "7")
        handler.end_headers()
        handler.wfile.write(b"ok")

    server.pages["/feed"] = now_and_then
    slept: list[float] = []
    web = Web(replace(QUICK, tries=3, pause=0.001), sleep=slept.append)
    assert found(web, server.url("/feed")) == b"ok"
    assert [s for s in slept if s >= 0.001] == [0.001, 7]


def test_a_server_that_asks_for_too_much_patience_is_left(server: Server) -> None:
    url = server.page("/feed", b"", 503, Retry_After="86400")
    slept: list[float] = []
    result = found(Web(replace(QUICK, tries=5), sleep=slept.append), url)
    assert isinstance(result, Refusal)
    assert slept == []


def test_a_host_is_left_alone_between_requests(server: Server) -> None:
    url = server.page("/feed", FEED)
    slept: list[float] = []
    web = Web(replace(QUICK, pause=1000), sleep=slept.append)
    assert found(web, url) == FEED
    assert slept == []
    assert found(web, url) == FEED
    assert len(slept) == 1


@pytest.mark.parametrize(("status", "words"), [(404, "404"), (410, "410"), (304, "304")])
def test_an_answer_without_content_is_a_reject(server: Server, status: int, words: str) -> None:
    reason, detail = refusal(server.page("/feed", b"", status))
    assert reason == "unreadable"
    assert words in detail


def test_no_server_is_a_reject() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert refusal(f"http://127.0.0.1:{free.getsockname()[1]}/")[0] == "unreadable"


# Safety


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_not_asked(server: Server, host: str) -> None:
    server.page("/feed", FEED)
    url = f"http://{host}:{server.server_address[1]}/feed"
    assert refusal(url, replace(QUICK, allow_private=False))[0] == "unsafe_path"
    assert server.asked == []


def _resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let every name have these addresses in turn; return the names that are asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        return real(answers[min(len(asked), len(answers)) - 1], *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_a_name_is_resolved_once_and_the_checked_address_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/feed", FEED)
    names = _resolving(monkeypatch, "127.0.0.1", "203.0.113.1")
    url = f"http://news.example:{server.server_address[1]}/feed"
    assert read(url).articles.num_rows == 1
    assert names == ["news.example"]
    assert server.asked[0][1]["Host"] == f"news.example:{server.server_address[1]}"


def test_the_next_address_of_a_host_is_asked_if_the_first_cannot_be_reached(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/feed", FEED)
    port = server.server_address[1]
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (h, port)) for h in ("127.0.0.9", "127.0.0.1")]  # fmt: skip
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    url = f"http://news.example:{port}/feed"
    assert read(url).articles.num_rows == 1
    monkeypatch.setattr("tasks.ingest.http.is_public", lambda address: address == "127.0.0.1")
    reason, detail = refusal(url, replace(QUICK, allow_private=False))
    assert (reason, "127.0.0.9" in detail) == ("unsafe_path", True)


def test_a_slow_name_server_costs_no_more_than_a_slow_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    reason, detail = refusal("http://news.example/", replace(QUICK, seconds=0.1))
    assert (reason, detail) == ("unreadable", "no answer within seconds = 0.1")


@pytest.mark.parametrize(
    "url",
    ["ftp://{}/news/", "ftp://{}/a.txt", "simplecache::ftp://{}/a.txt", "ftp://localhost:{1}/"],
)
def test_other_protocols_follow_the_same_rule(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        port = listening.getsockname()[1]
        assert refusal(url.format(f"127.0.0.1:{port}", port), Fetching())[0] == "unsafe_path"
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_public_name_of_a_private_address_is_not_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/feed", FEED)
    _resolving(monkeypatch, "127.0.0.1")
    url = f"http://news.example:{server.server_address[1]}/feed"
    assert refusal(url, replace(QUICK, allow_private=False))[0] == "unsafe_path"
    assert server.asked == []


def test_a_redirect_is_followed_and_its_target_is_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/feed", FEED)
    assert read(server.page("/old", b"", 301, Location="feed")).articles.num_rows == 1
    away = server.page("/away", b"", 302, Location="http://inner.example/latest/meta-data/")
    allowed = is_public
    monkeypatch.setattr("tasks.ingest.http.is_public", lambda a: a == "127.0.0.1" or allowed(a))
    real = socket.getaddrinfo
    inner = {"inner.example": "169.254.169.254"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: real(inner.get(host, host), *a, **k)
    )
    reason, detail = refusal(away, replace(QUICK, allow_private=False))
    assert (reason, "169.254.169.254" in detail) == ("unsafe_path", True)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x/"])
def test_a_redirect_to_another_protocol_is_refused(server: Server, target: str) -> None:
    assert refusal(server.page("/feed", b"", 302, Location=target))[0] == "unsafe_path"


def test_a_ring_of_redirects_ends(server: Server) -> None:
    assert refusal(server.page("/feed", b"", 302, Location="/feed"))[0] == "unreadable"
    assert len(server.asked) == QUICK.redirects + 1


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def test_an_endless_stream_is_cut(server: Server) -> None:
    server.pages["/feed"] = _endless
    reason, detail = refusal(server.url("/feed"), replace(QUICK, max_bytes=1 << 20))
    assert (reason, "answer_bytes" in detail) == ("too_large", True)


def test_an_announced_length_is_not_believed(server: Server) -> None:
    short = server.page("/short", FEED, Content_Length=str(len(FEED) + 1000), Connection="close")
    assert refusal(short) == (
        "unreadable",
        f"it broke off after {len(FEED)} bytes, 1000 before its end",
    )
    wrong = server.page("/wrong", FEED, Content_Length="-5")
    assert read(wrong).n_inputs == 1


@pytest.mark.parametrize("part", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left(server: Server, part: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(part)
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.02)

    server.pages["/feed"] = drip
    reason, detail = refusal(server.url("/feed"), replace(QUICK, seconds=2, tries=3))
    assert (reason, detail) == ("unreadable", "no answer within seconds = 2")
    assert len(server.asked) == 1  # the time is for all tries together


def test_a_server_that_cannot_prove_who_it_is_is_left(server: Server) -> None:
    url = server.page("/feed", FEED).replace("http:", "https:")
    assert refusal(url)[0] == "unreadable"
    assert server.asked == []


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n", b"", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_a_reject(server: Server, answer: bytes) -> None:
    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)

    server.pages["/feed"] = speak
    assert refusal(server.url("/feed"))[0] == "unreadable"


def test_a_host_may_be_written_in_any_script(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("/%D0%B0?q=%D0%B1", FEED)
    names = _resolving(monkeypatch, "127.0.0.1")
    assert read(f"http://пример.рф:{server.server_address[1]}/а?q=б").articles.num_rows == 1
    assert names == ["xn--e1afmkfd.xn--p1ai"]


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://a:99999/", "http://a\r\nb/", "http://a..b/"]
)
def test_what_is_no_address_is_a_reject(url: str) -> None:
    (row,) = read(url).rejects.to_pylist()
    assert row["reason"] in ("unsafe_path", "unreadable")


def test_nothing_can_be_put_into_the_request(server: Server) -> None:
    server.pages["/a%0D%0AX-Evil:%201"] = lambda handler: None
    read(server.url("/a\r\nX-Evil: 1"))
    assert all("X-Evil" not in headers for _, headers in server.asked)
