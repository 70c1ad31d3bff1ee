"""The project's gold: marks of events in passages of public corpora, whose texts lie elsewhere.

Marks are in `benchmarks/marks/<lang>.jsonl`, a passage a line:
{"id", "corpus", "doc", "sha1", "start", "end", "date", "lang", "source", "category"?, "events"}; `doc`
is the article's id in the corpus, start and end cut the passage out of its text, `sha1` is of the
passage (first 12 digits), offsets in events count from the passage's start. The fields of an event
are those of the marking guidelines (docs/accuracy.md).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MARKS = HERE / "marks"
CORPORA = HERE.parents[1] / "shared" / "corpora"
TYPES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)
SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Passage:
    """A marked passage: its record (marks included) and its text."""

    record: dict[str, Any]
    text: str

    @property
    def split(self) -> str:
        """Return train, dev or test."""
        return split_of(self.record["id"])


def split_of(passage_id: str) -> str:
    """Return the split of a passage for good: train (60%), dev (20%) or test (20%).

    Passages of one article fall into one split, so the part of the id behind `#` does not count.
    """
    place = int.from_bytes(sha1(passage_id.partition("#")[0].encode()).digest()[:4]) % 10
    return "train" if place < 6 else "dev" if place < 8 else "test"


@cache
def corpus(name: str, folder: Path = CORPORA) -> dict[str, dict[str, Any]]:
    """Return the articles of a corpus by id; empty if the corpus is not there."""
    path = folder / f"{name}.jsonl.gz"
    if not path.is_file():
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return {r["id"]: r for r in map(json.loads, f)}


def load(
    langs: Iterable[str] = (), splits: Iterable[str] = SPLITS, folder: Path = CORPORA
) -> tuple[list[Passage], list[str]]:
    """Return the marked passages whose text is there and unchanged, and why others are left out.

    Args:
        langs: Languages; all that are marked if empty.
        splits: Of train, dev and test.
        folder: Where the corpora lie.
    """
    found, left_out = [], []
    wanted, parts = set(langs), set(splits)
    for path in sorted(MARKS.glob("*.jsonl")):
        if wanted and path.stem not in wanted:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if split_of(record["id"]) not in parts:
                continue
            article = corpus(record["corpus"], folder).get(record["doc"])
            text = article["text"][record["start"] : record["end"]] if article else ""
            if article is None:
                left_out.append(f"{record['id']}: not in corpus {record['corpus']}")
            elif digest(text) != record["sha1"]:
                left_out.append(f"{record['id']}: its text has changed")
            else:
                found.append(Passage(record, text))
    return found, left_out


def digest(text: str) -> str:
    """Return the checksum of a passage."""
    return sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
