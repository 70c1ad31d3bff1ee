"""Runs the libraries that take articles out of web pages over a WARC; needs none of our code.

    python benchmarks/ingest_libraries.py LIBRARY FILE.warc.gz

A process of its own, since the interpreter that has these libraries may be another one. Prints a
line of JSON for each page (url, text, published), then one with the seconds of CPU and the version.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

Extract = Callable[[bytes, str], tuple[str, str | None]]


def main() -> None:
    """Extract every page and print it."""
    library, warc = sys.argv[1:]
    package, make = LIBRARIES[library]
    extract = make()
    seconds = 0.0
    for url, data in pages(warc):
        started = time.process_time()
        try:
            text, published = extract(data, url)
        except Exception:  # a page that a library fails at is a page without text
            text, published = "", None
        seconds += time.process_time() - started
        print(json.dumps({"url": url, "text": text, "published": published}))
    print(json.dumps({"seconds": seconds, "version": version(package)}))


def pages(warc: str) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of each page."""
    from fastwarc.warc import ArchiveIterator

    with Path(warc).open("rb") as stream:
        for record in ArchiveIterator(stream):
            yield record.headers["WARC-Target-URI"], record.reader.read()


def _trafilatura(fast: bool) -> Extract:
    import trafilatura

    def extract(data: bytes, url: str) -> tuple[str, str | None]:
        found = trafilatura.bare_extraction(
            data,
            url=url,
            fast=fast,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": not fast, "original_date": True},
        )
        return (found.text or "", found.date) if found else ("", None)

    return extract


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(data: bytes, url: str) -> tuple[str, str | None]:
        tree = HTMLTree.parse_from_bytes(data, detect_encoding(data))
        return extract_plain_text(tree, main_content=True, alt_texts=False), None

    return extract


def _newspaper() -> Extract:
    import newspaper

    def extract(data: bytes, url: str) -> tuple[str, str | None]:
        # It fetches pictures unless it is told not to.
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=data.decode("utf-8", "replace"))
        article.parse()
        published = article.publish_date
        return article.text, str(published)[:10] if published else None

    return extract


LIBRARIES: dict[str, tuple[str, Callable[[], Extract]]] = {
    "trafilatura, fast": ("trafilatura", lambda: _trafilatura(fast=True)),
    "trafilatura": ("trafilatura", lambda: _trafilatura(fast=False)),
    "resiliparse": ("resiliparse", _resiliparse),
    "newspaper4k": ("newspaper4k", _newspaper),
}

if __name__ == "__main__":
    main()
