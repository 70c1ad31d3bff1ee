"""The three contacts of Macron and Putin, as five real articles tell them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tasks.events import Mention, code_text

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds"
PUBLISHED = {
    "000": date(2022, 2, 21),
    "001": date(2022, 2, 22),
    "002": date(2022, 1, 28),
    "003": date(2022, 2, 20),
    "004": date(2022, 2, 7),
}
CONTACTS = [
    ("000", date(2022, 2, 20)),
    ("001", date(2022, 2, 20)),
    ("002", date(2022, 1, 28)),
    ("003", date(2022, 2, 20)),
    ("004", date(2022, 2, 7)),
]


def _contacts(name: str) -> list[Mention]:
    path = next(FOLDER.glob(f"{name}_*.txt"))
    mentions = code_text(path.read_text(encoding="utf-8"), published=PUBLISHED[name])
    return [
        m
        for m in mentions
        if m.plover == "CONSULT"
        and m.status == "actual"
        and m.source is not None
        and m.target is not None
        and {m.source.code, m.target.code} == {"FRAGOV", "RUSGOV"}
    ]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the five articles are not part of the project")
@pytest.mark.parametrize(("name", "day"), CONTACTS)
def test_the_contact_is_found_with_its_day(name: str, day: date) -> None:
    found = _contacts(name)
    assert any(m.when.first == m.when.last == day and m.is_reciprocal for m in found)
