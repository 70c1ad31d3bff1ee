"""Fills in the language columns of a batch of articles."""

from __future__ import annotations

import pyarrow as pa

from tasks.language.decide import Verdict, decide
from tasks.language.spans import LangSpan, find_spans
from tasks.schemas import ARTICLES, LANG_SPANS, conform


def detect_languages(articles: pa.Table) -> pa.Table:
    """Return ARTICLES with lang, lang_confidence, lang_method, script and lang_spans filled in.

    Title and body are read together; an article's answer depends on nothing but its own text.
    """
    titles = articles["title"].to_pylist()
    bodies = articles["body"].to_pylist()
    # One step for all articles before the next: the detectors' tables stay in the processor's cache.
    verdicts = [
        decide(f"{title}\n{body}" if title else body)
        for title, body in zip(titles, bodies, strict=True)
    ]
    spans = [find_spans(body, verdict) for body, verdict in zip(bodies, verdicts, strict=True)]
    return conform(_fill(articles, verdicts, spans), ARTICLES)


def _fill(articles: pa.Table, verdicts: list[Verdict], spans: list[list[LangSpan]]) -> pa.Table:
    columns = {
        "lang": pa.array([v.lang for v in verdicts], pa.string()),
        "lang_confidence": pa.array([v.confidence for v in verdicts], pa.float64()),
        "lang_method": pa.array([v.method for v in verdicts], pa.string()),
        "script": pa.array([v.script for v in verdicts], pa.string()),
        "lang_spans": pa.array(
            [[{"start": s.start, "end": s.end, "lang": s.lang} for s in found] for found in spans],
            LANG_SPANS,
        ),
    }
    for name, values in columns.items():
        articles = articles.set_column(articles.schema.get_field_index(name), name, values)
    return articles
