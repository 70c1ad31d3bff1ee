"""The language columns of ARTICLES: filled for each article from its own text alone."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.language import detect_languages
from tasks.schemas import ARTICLES, empty, rows_to_table
from tests.language.texts import NEWS

_COLUMNS = ["article_id", "lang", "lang_confidence", "lang_method", "script", "lang_spans"]
_BODIES = [*NEWS.values(), f"{NEWS['en']}\n{NEWS['fr']}\n{NEWS['en']}", "", "12:30", "\x00", "Ok"]
_PROJECT = Path(__file__).resolve().parents[2]
_FRESH = """
import json, sys
from tests.language.test_detect import _BODIES, _answers, _articles
print(json.dumps(_answers(_articles(range(len(_BODIES))))))
"""
_FRESH_THREADS = """
import json
from concurrent.futures import ThreadPoolExecutor
from tests.language.test_detect import _BODIES, _answers, _articles
one = [_articles([n]) for n in range(len(_BODIES))]
with ThreadPoolExecutor(8) as pool:  # the first use of every library, by eight threads at once
    print(json.dumps([row for found in pool.map(_answers, one) for row in found]))
"""


def _articles(numbers: object) -> pa.Table:
    rows = [
        {
            "article_id": f"{n:032x}",
            "source_uri": f"{n}.txt",
            "body": _BODIES[n],
            "n_chars": len(_BODIES[n]),
            "content_hash": "0",
            "published_precision": "none",
            "published_basis": "none",
        }
        for n in numbers  # type: ignore[attr-defined]
    ]
    return rows_to_table(rows, ARTICLES)


def _answers(articles: pa.Table) -> list[dict[str, object]]:
    return detect_languages(articles).select(_COLUMNS).to_pylist()


def _fresh(script: str, seed: str) -> list[dict[str, object]]:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(_PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=_PROJECT, env=env, capture_output=True, check=True
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


ALL = _articles(range(len(_BODIES)))
ANSWERS = _answers(ALL)


def test_columns_are_filled_and_fit_the_table() -> None:
    found = detect_languages(ALL)
    assert found.schema == ARTICLES.schema
    assert found["lang"].to_pylist()[: len(NEWS)] == list(NEWS)
    assert found["lang_method"].null_count == found["lang_confidence"].null_count == 0


def test_other_columns_stay_as_they_are() -> None:
    others = [n for n in ARTICLES.schema.names if n not in _COLUMNS[1:]]
    assert detect_languages(ALL).select(others).equals(ALL.select(others))


def test_passages_are_offsets_into_the_body() -> None:
    (span,) = ANSWERS[len(NEWS)]["lang_spans"]  # type: ignore[misc]
    body = _BODIES[len(NEWS)]
    assert span["lang"] == "fr"
    assert body[span["start"] : span["end"]] == NEWS["fr"]


def test_title_and_body_are_read_together_but_offsets_are_of_the_body() -> None:
    titled = rows_to_table(
        [{**r, "title": NEWS["de"]} for r in ALL.slice(0, 1).to_pylist()], ARTICLES
    )
    found = detect_languages(titled).to_pylist()[0]
    assert found["lang"] in ("en", "de")
    assert all(s["end"] <= len(found["body"]) for s in found["lang_spans"])


def test_no_articles_give_no_articles() -> None:
    assert detect_languages(empty(ARTICLES)).num_rows == 0


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(len(_BODIES))), st.integers(1, 7))
def test_order_and_batches_change_nothing(order: list[int], size: int) -> None:
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    found = [row for batch in batches for row in _answers(_articles(batch))]
    assert sorted(found, key=lambda row: str(row["article_id"])) == ANSWERS


def test_a_fresh_process_with_another_hash_seed_gives_the_same() -> None:
    assert _fresh(_FRESH, "1") == _fresh(_FRESH, "4242") == ANSWERS


def test_threads_on_first_use_give_the_same() -> None:
    assert _fresh(_FRESH_THREADS, "0") == ANSWERS


def test_threads_later_give_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert all(found == ANSWERS for found in pool.map(_answers, [ALL] * 4))
