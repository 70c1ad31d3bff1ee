"""Fingerprints are kept for years: their hashes have known answers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tasks.duplicates.fingerprint import fingerprint
from tasks.duplicates.hashing import SKETCH_VERSION, hash_text, mix
from tasks.duplicates.shingles import NONE, shingle
from tasks.duplicates.tokens import tokenise

from .press import article, table


def test_mix_is_the_finaliser_of_splitmix64() -> None:
    # The first outputs of SplitMix64 with seed 0: the finaliser of multiples of its increment.
    state = np.array([1, 2, 3], np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    expected = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert mix(state).tolist() == expected


def test_hash_of_a_name() -> None:
    assert hash_text("reuters.com") == 0x0F533753524BD7B3


def test_shingles_of_a_sentence() -> None:
    tokens = tokenise(pa.array(["Macron met Putin in Moscow on Monday."]))
    assert shingle(tokens).tolist() == [
        1248091734872293,
        12702289385117933,
        4616378292499814,
        10584146272207564,
        *[NONE] * 3,
    ]


def test_the_fingerprint_of_an_article() -> None:
    body = "Le président Macron a reçu 12 ministres. 习近平 Владимир Путин"
    row = fingerprint(table([article("a", body)])).to_pylist()[0]
    assert row["sketch_version"] == SKETCH_VERSION == 2
    assert row["text_hash"] == 14995413720825472304
    assert row["n_words"] == 12  # each Han character is a word
    assert row["shingles"][:2] == [4067034844953744, 11370221151503841]
    assert row["facts"] == [1525050682, 1320390657, 31240440, 2622442806]
    assert row["fact_slots"] == [3, 6, 9, 9]
