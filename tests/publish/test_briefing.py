"""The figures that Prefect's pages show are those of the report page."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.publish.briefing import briefing
from tasks.publish.intensity import COLOURS, HEIGHT, TOP, WIDTH, intensity_svg
from tasks.publish.report import figures
from tasks.publish.report.figures import Timeline
from tasks.warehouse import Release

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 11, 1)


def test_the_briefing_counts_what_the_page_counts(release: Release) -> None:
    found = briefing(release)
    with release.connect() as connection:
        headline, pairs = figures.headline(connection), figures.dyads(connection)
    assert f"| events | {headline['events']:,} |" in found.summary
    assert [d["events"] for d in found.dyads] == [p["n"] for p in pairs.rows[: len(found.dyads)]]
    assert found == briefing(release)


counts = st.dictionaries(
    st.tuples(st.integers(0, 40), st.sampled_from([1, 2, 3, 4])), st.integers(1, 99), max_size=20
)


@given(counts)
def test_bars_stay_in_the_picture_and_are_as_high_as_their_numbers(
    counted: dict[tuple[int, int], int],
) -> None:
    rows = [
        {"first": DAY + timedelta(d), "last": DAY + timedelta(d), "quad_class": q, "n": n}
        for (d, q), n in counted.items()
    ]
    root = ElementTree.fromstring(intensity_svg(Timeline("day", rows, 0)))
    bars = [b for b in root.iter(f"{SVG}rect") if b.find(f"{SVG}title") is not None]
    assert len(bars) == len(rows)
    for bar in bars:
        x, y, wide, high = (float(bar.attrib[k]) for k in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= WIDTH
        assert TOP - 0.1 <= y <= y + high <= HEIGHT
    if rows:
        each = [float(b.attrib["height"]) for b in bars]
        assert sum(each) / sum(counted.values()) == pytest.approx(
            each[0] / _number(bars[0]), abs=0.2
        )


def _number(bar: ElementTree.Element) -> int:
    title = bar.find(f"{SVG}title")
    assert title is not None
    assert title.text is not None
    assert bar.attrib["fill"] in COLOURS.values()
    return int(title.text.split(": ")[1].split()[0])


def test_a_release_without_dates_has_a_picture_that_says_so() -> None:
    assert "no event known to the day" in intensity_svg(Timeline("day", [], 3))
