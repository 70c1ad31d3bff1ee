"""How addresses on the web are asked: every limit and permission, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fetching:
    """Caps and permissions for what is fetched: feeds, pages, files at http(s) addresses.

    Attributes:
        cache: Folder for what was fetched and its validators (ETag, Last-Modified); None asks
            for everything anew. It may be lost: that costs a transfer.
        allow_private: Whether addresses that are not public may be asked: this machine, the
            local network, the metadata service of a cloud.
        max_bytes: Largest answer; the setting `limits_answer_bytes`.
        seconds: Longest time for one address in all: redirects, tries and pauses included; the
            setting `limits_answer_seconds`.
        redirects: Most redirects; each is checked like the first address.
        tries: How often a failing server is asked in all.
        pause: Seconds between two requests to one host, and before the second try; each further
            try waits twice as long.
    """

    cache: Path | None = None
    allow_private: bool = False
    max_bytes: int = 64 * 2**20
    seconds: float = 20.0
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0
