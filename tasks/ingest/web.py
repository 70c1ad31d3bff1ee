"""Feeds, pages and files at http(s) addresses, asked politely: only what is new is sent again.

What was fetched is kept with its validators. When the server says that nothing has changed, the
kept bytes are read, so that the outcome is the same as if they had come anew.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tasks.ingest.fetching import Fetching
from tasks.ingest.http import Answer, TooLarge, get
from tasks.ingest.outbound import NotAllowed
from tasks.ingest.places import Found, Place
from tasks.ingest.record import Refusal, refuse
from tasks.ingest.source import Source
from tasks.state import make_folder

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


def is_web(url: str) -> bool:
    """Return True for an http or https address."""
    return url.lower().startswith(("http://", "https://"))


class Web:
    """Fetches addresses, one after the other.

    Args:
        fetching: Limits and permissions.
        sleep: Waits for so many seconds.

    Attributes:
        allow_private: Whether addresses that are not public may be asked.
    """

    def __init__(self, fetching: Fetching, sleep: Callable[[float], None] = time.sleep) -> None:
        self._fetching = fetching
        self.allow_private = fetching.allow_private
        self._sleep = sleep
        self._asked: dict[str, float] = {}

    def find(self, place: Place) -> Found:
        """Return what is at an address, or the refusal that says why it could not be had."""
        return Found(place, self._content(place.uri, place.where))

    def _content(self, uri: str, url: str) -> Source | Refusal:
        try:
            body = self._fetch(url)
        except NotAllowed as error:
            return refuse(uri, 0, "unsafe_path", f"{error}")
        except TooLarge as error:
            return refuse(uri, 0, "too_large", f"{error}")
        except (OSError, http.client.HTTPException) as error:
            return refuse(uri, 0, "unreadable", f"{error}" or type(error).__name__)
        return Source(uri, lambda: io.BytesIO(body), len(body))

    def _fetch(self, url: str) -> bytes:
        kept = _Kept(self._fetching.cache, url)
        answer = self._ask(url, kept.validators)
        if answer.status == 304 and kept.body is not None:
            return kept.body
        if answer.status != 200:
            raise OSError(f"HTTP {answer.status} {answer.reason}".strip())
        kept.keep(answer)
        return answer.body

    def _ask(self, url: str, validators: Mapping[str, str]) -> Answer:
        """Ask until there is an answer, as often and as slowly as the limits say."""
        deadline: float | None = None
        for remaining in reversed(range(max(1, self._fetching.tries))):
            wait = self._fetching.pause * 2 ** (self._fetching.tries - 1 - remaining)
            self._be_polite(url)
            deadline = deadline or time.monotonic() + self._fetching.seconds
            try:
                answer = get(url, validators, self._fetching, deadline)
            except (OSError, http.client.HTTPException):
                if not remaining or time.monotonic() + wait > deadline:
                    raise
            else:
                wait = max(wait, _seconds(answer.headers.get("retry-after")))
                if answer.status not in _BUSY or time.monotonic() + wait > deadline:
                    return answer
                if not remaining:
                    return answer
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _be_polite(self, url: str) -> None:
        """Wait until the host was left alone for long enough."""
        host = url.partition("://")[2].partition("/")[0].lower()
        if host in self._asked:
            rest = self._asked[host] + self._fetching.pause - time.monotonic()
            if rest > 0:
                self._sleep(rest)
        self._asked[host] = time.monotonic()


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdecimal() else 0.0


class _Kept:
    """What was fetched from an address before, if it is still whole."""

    def __init__(self, folder: Path | None, url: str) -> None:
        self._about = (
            folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.json" if folder else None
        )
        self._url = url
        self.body: bytes | None = None
        self.validators: dict[str, str] = {}
        if self._about is not None:
            self._load(self._about)

    def _load(self, about: Path) -> None:
        try:
            row = json.loads(about.read_text(encoding="utf-8"))
            body = about.with_suffix(".body").read_bytes()
            known = row["url"], row["sha256"]
            validators = {str(name): str(value) for name, value in row["validators"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return
        if known == (self._url, hashlib.sha256(body).hexdigest()):
            self.body, self.validators = body, validators

    def keep(self, answer: Answer) -> None:
        """Keep an answer that can be asked for conditionally; the last file makes it valid."""
        pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        validators = {ask: answer.headers[given] for ask, given in pairs if given in answer.headers}
        if self._about is None or not validators:
            return
        digest = hashlib.sha256(answer.body).hexdigest()
        row = json.dumps({"url": self._url, "sha256": digest, "validators": validators})
        with suppress(OSError):  # what is not kept is fetched again
            make_folder(self._about.parent)
            _write(self._about.with_suffix(".body"), answer.body)
            _write(self._about, row.encode())


def _write(path: Path, data: bytes) -> None:
    building = path.with_name(f"{path.name}.part")
    building.write_bytes(data)
    building.replace(path)
