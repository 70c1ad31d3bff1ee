"""Measures duplicate detection script by script, on copies made from texts in many languages.

    python benchmarks/duplicates_languages.py [TEXTS.jsonl.gz]

The texts (columns text, lang) are not part of the project. Each text of 400 characters and more is
copied once in every way below; nothing in the making knows a language. Recall is the share of
copies that land in the cluster of the text they were made from; `wrong` counts pairs of articles
made from different texts that share a cluster.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TEXTS = ROOT.parent / "shared" / "gold" / "lang_news_docs.jsonl.gz"
SHORTEST = 400  # characters: an excerpt of half of it must still be a text
_STOP = re.compile(r"(?<=[.!?।؟።။])\s+|(?<=[。！？])")
Dice = random.Random


def sentences(text: str) -> list[str]:
    """Return the text cut behind full stops of any script; in 12 pieces where it has few."""
    found = [s for s in _STOP.split(text) if s.strip()]
    if len(found) >= 5:
        return found
    step = max(1, len(text) // 12)
    return [text[n : n + step] for n in range(0, len(text), step)]


def drop(text: str, dice: Dice) -> str:
    """Leave out every sixth sentence or so, at least one."""
    parts = sentences(text)
    gone = set(dice.sample(range(len(parts)), max(1, len(parts) // 6)))
    return " ".join(p for n, p in enumerate(parts) if n not in gone)


def reorder(text: str, dice: Dice) -> str:
    """Swap the halves of the text."""
    parts = sentences(text)
    middle = len(parts) // 2
    return " ".join(parts[middle:] + parts[:middle])


def noise(text: str, dice: Dice) -> str:
    """Put a letter of the text in the place of every hundredth letter or so."""
    letters = [c for c in text if c.isalpha()]
    return "".join(
        dice.choice(letters) if c.isalpha() and dice.random() < 0.01 else c for c in text
    )


def excerpt(text: str, dice: Dice) -> str:
    """Keep a run of half the text."""
    start = dice.randrange(len(text) // 2)
    return text[start : start + len(text) // 2]


EDITS: dict[str, Callable[[str, Dice], str]] = {
    "exact": lambda text, dice: text,
    "format": lambda text, dice: re.sub(r"(?<=[.!?。])\s*", "\n\n", text).upper(),
    "trim": lambda text, dice: text[: len(text) * 4 // 5],
    "drop": drop,
    "excerpt": excerpt,
    "reorder": reorder,
    "noise": noise,
}


def script_of(text: str) -> str:
    """Return the script of most letters, by their Unicode names."""
    counts = Counter(unicodedata.name(c, "?").split()[0] for c in text[:500] if c.isalpha())
    return counts.most_common(1)[0][0].capitalize() if counts else "?"


def copies(texts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield originals and copies: id, text, of, edit, script."""
    dice = Dice(11)
    hosts: dict[str, list[str]] = defaultdict(list)
    for n, row in enumerate(texts):
        if n % 2:
            hosts[row["lang"]].append(row["text"])
    for n, row in enumerate(texts):
        text = row["text"]
        if n % 2 or len(text) < SHORTEST:
            continue
        common = {"of": n, "script": script_of(text)}
        yield common | {"id": f"o{n}", "text": text, "edit": ""}
        for edit, make in EDITS.items():
            yield common | {"id": f"{edit}{n}", "text": make(text, dice), "edit": edit}
        if hosts[row["lang"]]:
            host = sentences(hosts[row["lang"]].pop())  # none twice: they would be copies too
            host.insert(len(host) // 2, text)
            yield common | {"id": f"embed{n}", "text": "\n\n".join(host), "edit": "embed"}


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return ARTICLES as far as the stage reads them; copies follow within three days."""
    dice = Dice(12)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    born = {row["of"]: start + timedelta(hours=dice.randrange(24 * 60)) for row in rows}
    return pa.table(
        {
            "article_id": [row["id"] for row in rows],
            "title": pa.nulls(len(rows), pa.string()),
            "body": [row["text"] for row in rows],
            "publisher": [f"p{dice.randrange(40)}" for _ in rows],
            "published_at": pa.array(
                [
                    born[row["of"]] + timedelta(hours=dice.randrange(72) if row["edit"] else 0)
                    for row in rows
                ],
                pa.timestamp("us", "UTC"),
            ),
        }
    )


def main() -> None:
    """Print recall by script and edit, and how many pairs are wrong."""
    from tasks.duplicates import fingerprint, relate

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="?", type=Path, default=TEXTS)
    options = parser.parse_args()
    if not options.texts.is_file():
        sys.exit(f"{options.texts}: there are no such texts; name a file of JSON lines.")
    with gzip.open(options.texts) as lines:
        rows = list(copies([orjson.loads(line) for line in lines]))
    found = relate(fingerprint(table(rows)))
    cluster = dict(
        zip(found["article_id"].to_pylist(), found["cluster_id"].to_pylist(), strict=True)
    )
    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["edit"]:
            same = cluster[row["id"]] == cluster[f"o{row['of']}"]
            for script in (row["script"], "All"):
                hits[script][row["edit"]].append(same)
    edits = [*EDITS, "embed"]
    print("| script | texts | " + " | ".join(edits) + " |")
    print("|---|---|" + "---|" * len(edits))
    for script, by_edit in sorted(hits.items(), key=lambda item: -len(item[1]["exact"])):
        cells = [f"{sum(by_edit[e]) / len(by_edit[e]):.3f}" if by_edit[e] else "" for e in edits]
        print(f"| {script} | {len(by_edit['exact'])} | {' | '.join(cells)} |")
    together = Counter(cluster[row["id"]] for row in rows)
    alike = Counter((cluster[row["id"]], row["of"]) for row in rows)
    pairs = sum(n * (n - 1) // 2 for n in together.values())
    right = sum(n * (n - 1) // 2 for n in alike.values())
    print(
        f"\n{len(rows):,} articles, {pairs:,} pairs called copies, {pairs - right:,} of them wrong"
    )


if __name__ == "__main__":
    main()
