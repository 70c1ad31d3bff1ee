"""Relations are a function of the set of articles: not of order, batches or runs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks import schemas
from tasks.duplicates import FINGERPRINTS, fingerprint, relate, search, update, update_relations

from .press import article, sentence, table

# Few sentences shared by many articles over several weeks: shingles turn into boilerplate and
# back, lists exceed the cap, texts repeat, canonical articles change.
_POOL = [sentence(random.Random(n), 12) for n in range(10)]
_SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def articles(draw: st.DrawFn, most: int = 24) -> list[dict[str, Any]]:
    """Draw articles that have sentences in common."""
    rows = []
    for n in range(draw(st.integers(1, most))):
        chosen = draw(st.lists(st.sampled_from(_POOL), min_size=1, max_size=6))
        day = draw(st.none() | st.integers(0, 40))
        publisher = draw(st.sampled_from([None, "a.example", "b.example"]))
        rows.append(article(f"n{n:02}", " ".join(chosen), day, publisher=publisher))
    return rows


@pytest.fixture(autouse=True)
def small_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are cut at three articles, so that small sets meet the cap."""
    monkeypatch.setattr(search, "CAP", 3)
    monkeypatch.setattr(update, "CAP", 3)
    return


def prints(rows: list[dict[str, Any]]) -> pa.Table:
    return fingerprint(table(rows))


@_SLOW
@given(articles(), st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[dict[str, Any]], rng: random.Random) -> None:
    shuffled = rng.sample(rows, len(rows))
    assert relate(prints(shuffled)).equals(relate(prints(rows)))


@_SLOW
@given(articles())
def test_repeats_do_not_matter(rows: list[dict[str, Any]]) -> None:
    assert relate(prints(rows + rows[::-1])).equals(relate(prints(rows)))


@_SLOW
@given(articles(), st.data())
def test_any_split_into_runs_gives_the_same(
    rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(rows))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    known = FINGERPRINTS.empty_table()
    copies = relate(known)
    for start, stop in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        new = prints(order[start:stop])
        copies = update_relations(copies, known, new)
        known = pa.concat_tables([known, new])
    assert copies.equals(relate(prints(rows)))


@pytest.mark.parametrize("seed", range(8))
def test_a_burst_of_many_versions_in_any_split(seed: int) -> None:
    """Lists of one week exceed the cap: who is among the earliest changes with every run."""
    rng = random.Random(seed)
    rows = [
        article(f"n{n:02}", " ".join(rng.sample(_POOL, rng.randint(2, 5))), rng.randrange(5))
        for n in range(40)
    ]
    rng.shuffle(rows)
    whole = relate(prints(rows))
    for cut in rng.sample(range(1, 40), 4):
        old, new = prints(rows[:cut]), prints(rows[cut:])
        assert update_relations(relate(old), old, new).equals(whole)


@_SLOW
@given(articles(), st.data())
def test_a_better_date_gives_the_same_as_if_known_at_once(
    rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(rows) - 1))
    better = rows[n] | {
        "published_date": article("x", "", data.draw(st.integers(0, 40)))["published_date"]
    }
    after = [*rows[:n], better, *rows[n + 1 :]]
    copies = update_relations(relate(prints(rows)), prints(rows), prints([better]))
    assert copies.equals(relate(prints(after)))


@_SLOW
@given(articles())
def test_every_row_is_sound(rows: list[dict[str, Any]]) -> None:
    found = {r["article_id"]: r for r in relate(prints(rows)).to_pylist()}
    assert set(found) == {r["article_id"] for r in rows}
    for row in found.values():
        canonical = found[row["canonical_id"]]
        assert canonical["relation"] == "original"
        assert canonical["cluster_id"] == row["cluster_id"]
        assert (row["relation"] == "original") == (row["copy_of"] is None)
        if row["copy_of"] is None:
            assert row["canonical_id"] == row["article_id"]
        else:
            assert found[row["copy_of"]]["cluster_id"] == row["cluster_id"]
            assert 0 < row["similarity"] <= min(row["containment"], row["contained"]) <= 1


@_SLOW
@given(articles(), st.integers(1, 3))
def test_shares_of_shingles_and_pairs_add_up(rows: list[dict[str, Any]], most: int) -> None:
    whole = relate(prints(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_ENTRIES", 10 * most)
        patch.setattr(search, "_PAIRS", most)
        assert relate(prints(rows)).equals(whole)


def test_files_and_tables_give_the_same(tmp_path: Path) -> None:
    rng = random.Random(4)
    rows = [
        article(f"n{n}", " ".join(rng.choices(_POOL, k=4)), rng.randrange(40)) for n in range(60)
    ]
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path, some in zip(paths, (rows[:35], rows[35:50]), strict=True):
        pq.write_table(prints(some), path, row_group_size=7)
    old = relate(paths)
    assert old.equals(relate(prints(rows[:50])))
    assert update_relations(old, paths, prints(rows[50:])).equals(relate(prints(rows)))
    assert schemas.conform(old, schemas.COPIES).equals(old)
