"""How much of anything is read: every cap of the ingest, in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from tasks.errors import UserError


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps that keep time and memory bounded on hostile or broken input.

    Attributes:
        file_bytes: Largest file that holds one article (text, HTML); larger is `too_large`.
        record_bytes: Largest record inside a file (a JSONL line, a CSV row, a WARC page).
        page_bytes: Largest HTML page; extraction takes up to a second a MiB.
        elements: Most elements of an HTML page, and a tenth of those of a feed or press export;
            trafilatura takes about a second for 20,000, real pages stay below 10,000.
        attributes: Most attributes of one element; parsers take quadratic time, real pages stay
            below 100.
        record_seconds: Longest time of the processor that one step of reading a record may take:
            the last resort, where no limit of structure has decided.
        record_memory: Most bytes of memory that reading one document may take.
        answer_bytes: Largest answer from an address on the web.
        answer_seconds: Longest time for one address on the web, tries and redirects included.
        min_chars: Shortest body, in code points; shorter is `too_short`. The 99th percentile of
            news articles is 29,000, a cut-off teaser about 200.
        max_chars: Longest body, in code points; longer is `too_long`.
        batch_chars: A batch is closed early once its articles hold this many code points.
        unpacked_bytes: Most bytes that one compressed file may unpack to.
        ratio: Highest ratio of unpacked to packed bytes, judged from `ratio_from` bytes on.
        ratio_from: Unpacked bytes below which the ratio is not judged.
        members: Most members of one archive.
        depth: How deep archives may be nested in one another.
        not_before: Publication dates before this day are refused as impossible.
        not_after: Publication dates after this day are refused as future; None means the day
            after today (UTC), since a clock may run ahead. It is the only place where ingest
            looks at a clock.
    """

    file_bytes: int = 16 * 2**20
    record_bytes: int = 8 * 2**20
    page_bytes: int = 8 * 2**20
    elements: int = 30_000
    attributes: int = 1_000
    record_seconds: int = 15
    record_memory: int = 2**30
    answer_bytes: int = 64 * 2**20
    answer_seconds: int = 20
    min_chars: int = 40
    max_chars: int = 1_000_000
    batch_chars: int = 64_000_000
    unpacked_bytes: int = 64 * 2**30
    ratio: int = 200
    ratio_from: int = 16 * 2**20
    members: int = 1_000_000
    depth: int = 3
    not_before: date = date(1900, 1, 1)
    not_after: date | None = None

    def check(self) -> None:
        """Check that the limits make sense.

        Raises:
            UserError: naming the one that does not.
        """
        for name in (f.name for f in fields(self) if not f.name.startswith("not_")):
            if getattr(self, name) < 1:
                raise UserError(f"limits: {name} must be at least 1, not {getattr(self, name)}")
        if self.min_chars > self.max_chars:
            raise UserError(
                f"limits: min_chars = {self.min_chars} is more than max_chars = {self.max_chars}"
            )
        if self.not_before is None or self.not_before > (self.not_after or date.max):
            raise UserError(
                f"limits: not_before = {self.not_before} lies behind not_after = {self.not_after}"
            )
