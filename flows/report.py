"""What a run tells: counts that add up, kept beside the releases."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tasks import state


@dataclass(frozen=True, slots=True)
class RunReport:
    """The account of one run: n_inputs = n_articles + n_rejects + n_repeats.

    Attributes:
        run: Id of the run.
        release: The release that is current after the run.
        published: False when nothing had changed.
        n_inputs: Records read.
        n_articles: Articles added.
        n_rejects: Records refused.
        n_repeats: Records that repeat an article the warehouse has.
        n_changed: Known articles whose metadata got better; they count among the repeats.
        n_coded_again: Known articles coded again because the coder changed.
        rows: Rows of each table and mart of the release.
        warnings: What the SQL tests of severity `warn` found.
        seconds: Wall-clock seconds of each step; never part of a release.
    """

    run: str
    release: str
    published: bool
    n_inputs: int
    n_articles: int
    n_rejects: int
    n_repeats: int
    n_changed: int
    n_coded_again: int
    rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """True when every input is accounted for."""
        return self.n_inputs == self.n_articles + self.n_rejects + self.n_repeats

    @property
    def reject_share(self) -> float:
        """Share of the inputs that were refused."""
        return self.n_rejects / self.n_inputs if self.n_inputs else 0.0

    def counts(self) -> dict[str, object]:
        """Return the account without clock readings, as it stands in a manifest."""
        return {k: v for k, v in asdict(self).items() if k not in ("seconds", "release")}


def remember(report: RunReport, log: Path) -> None:
    """Append the report to the log of runs, one JSON object a line."""
    state.append(log, json.dumps(asdict(report), sort_keys=True))


def last_report(log: Path) -> RunReport | None:
    """Return the newest report of the log; lines that are none, or half written, are passed over."""
    for row in reversed(state.read_lines(log)):
        try:
            report = RunReport(**row)
        except TypeError:
            continue
        if all(type(getattr(report, n)) is type(v) for n, v in asdict(_EMPTY).items()):
            return report
    return None


_EMPTY = RunReport("", "", False, 0, 0, 0, 0, 0, 0)
