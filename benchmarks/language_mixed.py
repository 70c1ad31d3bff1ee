"""Made articles for benchmarks/language.py: a realistic stream, and articles in two languages."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

import pyarrow as pa
from language_sets import Text, plain, read_set, wilson

from tasks.language import decide, detect_languages, find_spans
from tasks.language.tables import are_siblings
from tasks.schemas import ARTICLES, rows_to_table

# Shares of a stream of world news, in per cent; the rest is spread over all other languages.
_SHARES = {
    **{"en": 36, "es": 10, "ru": 9, "fr": 5, "de": 5, "ar": 5, "pt": 4, "zh": 4, "it": 3, "tr": 2},
    **{"uk": 2, "id": 2, "ja": 2, "pl": 2, "fa": 1, "hr": 1, "sr": 1, "nl": 1, "ro": 1, "cs": 1},
}
_CHARS = 3_000  # about 500 words
_SENTENCE_END = re.compile(r"(?<=[.!?。।؟])\s+|\n+")


def stream(folder: Path, n: int) -> list[str]:
    """Return n articles of about 500 words in the languages of a stream of world news."""
    chance = random.Random(1)
    texts = _by_language(read_set(folder, "news documents"))
    others = [lang for lang in texts if lang not in _SHARES]
    left = 100 - sum(_SHARES.values())
    weights = {**_SHARES, **{lang: left / len(others) for lang in others}}
    langs = [lang for lang in weights if lang in texts]
    drawn = chance.choices(langs, [weights[lang] for lang in langs], k=n)
    return [_article(chance, texts[lang]) for lang in drawn]


def _article(chance: random.Random, texts: list[str]) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < _CHARS:
        text = chance.choice(texts)
        start = text.find(" ", chance.randrange(max(1, len(text) - 1_500))) + 1
        parts.append(text[start : start + 1_500])
    return "\n".join(parts)[:_CHARS]


def report_speed(folder: Path, n: int = 6_000) -> None:
    """Print articles a second of one and two processes, after a warm-up, and the memory of one."""
    tables = [_table(batch) for batch in _batches(stream(folder, n), 500)]
    warm, timed = tables[: len(tables) // 3], tables[len(tables) // 3 :]
    articles = sum(t.num_rows for t in timed)
    for workers in (1, 2):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(_work, warm * workers))
            start = perf_counter()
            spent, peaks = zip(*pool.map(_work, timed), strict=True)
            seconds = perf_counter() - start
        print(
            f"{workers} process(es): {articles / seconds:,.0f} articles/s by the clock, "
            f"{workers * articles / sum(spent):,.0f} by processor time, {max(peaks)} MB each"
        )
    least = sum(min(_work(table)[0] for _ in range(8)) for table in timed[:4])
    each = 1_000 * least / sum(t.num_rows for t in timed[:4])
    print(f"fastest of 8 repetitions of a batch: {each:.2f} ms of processor time an article")


def _work(table: pa.Table) -> tuple[float, int]:
    start = process_time()
    detect_languages(table)
    return process_time() - start, int(getrusage(RUSAGE_SELF).ru_maxrss) // 1024


def _batches(texts: list[str], size: int) -> list[list[str]]:
    return [texts[i : i + size] for i in range(0, len(texts), size)]


def _table(texts: list[str]) -> pa.Table:
    fixed = {"published_precision": "none", "published_basis": "none", "content_hash": "0"}
    rows = [
        {"article_id": f"{i}", "source_uri": f"{i}", "body": t, "n_chars": len(t), **fixed}
        for i, t in enumerate(texts)
    ]
    return rows_to_table(rows, ARTICLES)


def report_spans(folder: Path) -> None:
    """Print false second languages on plain articles, and what is found in articles of two."""
    texts = read_set(folder, "news documents")
    false = sum(bool(find_spans(t.text, decide(t.text))) for t in texts)
    low, high = wilson(false, len(texts))
    print(
        f"second language in monolingual articles: {100 * false / len(texts):.2f}% "
        f"({low:.2f}-{high:.2f}, n={len(texts)})"
    )
    by_language = {k: v for k, v in _by_language(texts).items() if any(len(t) > 1_200 for t in v)}
    for kind in ("quote", "tweet", "half"):
        _report_kind(kind, by_language)


def _report_kind(kind: str, texts: dict[str, list[str]]) -> None:
    chance = random.Random(kind)
    made = [m for m in map(_mix, repeat(chance, 600), repeat(texts), repeat(kind)) if m]
    right = [_score(*m) for m in made]
    shares = [100 * sum(column) / len(made) for column in zip(*right, strict=True)]
    print(
        f"{kind:6} n={len(made)}: article's language {shares[0]:.1f}%, "
        f"passage found {shares[1]:.1f}%, a third language {shares[2]:.1f}%"
    )


_Mixed = tuple[str, str, str, int, int]


def _mix(chance: random.Random, texts: dict[str, list[str]], kind: str) -> _Mixed | None:
    """Return a text, its two languages and where the second one stands; None if they are alike."""
    one, other = chance.choice(sorted(texts)), chance.choice(["en", "fr", "ru", *sorted(texts)])
    own = _sentences(chance.choice(texts[one]))[:25]
    foreign = _sentences(chance.choice(texts[other]))
    if are_siblings(one, other) or plain(one) == plain(other) or min(len(own), len(foreign)) < 6:
        return None
    at = chance.randrange(2, len(own) - 1)
    before, after = " ".join(own[:at]), " ".join(own[at:])
    if kind == "half":
        before, passage, end = " ".join(own[:12]) + "\n", " ".join(foreign[:12]), ""
    elif kind == "quote":
        before, passage, end = before + ' "', chance.choice(foreign)[:300], f'" {after}'
    else:
        before, passage, end = (
            before + "\n",
            chance.choice(foreign)[:280],
            f" https://t.co/x\n{after}",
        )
    if len(passage) < 60:
        return None
    return before + passage + end, one, other, len(before), len(before) + len(passage)


def _score(text: str, one: str, other: str, start: int, end: int) -> tuple[bool, bool, bool]:
    verdict = decide(text)
    is_main = plain(verdict.lang) == plain(one)
    if not is_main:
        one, other, start, end = other, one, 0, start
    spans = find_spans(text, verdict)
    found = [s for s in spans if plain(s.lang) == plain(other) or are_siblings(s.lang, other)]
    covered = sum(max(0, min(s.end, end) - max(s.start, start)) for s in found)
    right = plain(verdict.lang) == plain(one)
    return right, 2 * covered >= end - start, len(found) < len(spans)


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE_END.split(text) if len(s) > 30]


def _by_language(texts: list[Text]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found[text.lang].append(text.text)
    return dict(sorted(found.items()))
