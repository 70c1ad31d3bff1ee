"""Floors on public test sets, where they lie beside the checkout."""

from pathlib import Path

import pytest

from benchmarks.language_sets import read_set
from tasks.language import decide, find_spans

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="no test sets beside the checkout")


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("news documents", 0.99),
        ("headlines", 0.94),
        ("news sentences", 0.98),
        ("look-alike sentences", 0.92),
        ("messy", 0.92),
        ("without language", 0.95),
    ],
)
def test_share_of_right_answers(name: str, floor: float) -> None:
    texts = read_set(GOLD, name)
    assert sum(t.is_right(decide(t.text).lang) for t in texts) >= floor * len(texts)


def test_false_second_languages() -> None:
    texts = read_set(GOLD, "news documents")
    assert sum(bool(find_spans(t.text, decide(t.text))) for t in texts) <= 0.01 * len(texts)
