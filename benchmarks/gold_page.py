"""One page of what goes wrong on the `train` split of the gold, grouped by cause."""

from __future__ import annotations

from collections import Counter
from html import escape

from benchmarks.gold_causes import Case

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem }
table { border-collapse: collapse } td, th { padding: .15rem .8rem .15rem 0; text-align: left }
td.n { text-align: right } summary { cursor: pointer } h2 { margin-top: 2.5rem }
pre { white-space: pre-wrap; background: #f4f4f4; padding: .6rem; font-size: 12px }
.line { color: #555; font-size: 13px } mark { background: #ffe08a } article { margin: 1rem 0 }
"""


def page(groups: dict[tuple[str, str], list[Case]]) -> str:
    """Return the page: a ranking of stages and causes, then the cases of each with derivations.

    It holds texts of the corpora: for reading here, not for publishing.
    """
    stages = Counter[str]()
    for (stage, _), found in groups.items():
        stages[stage] += len(found)
    rows = [
        f'<tr><td>{escape(stage)}<td><a href="#{k}">{escape(cause)}</a><td class="n">{len(found)}'
        for k, ((stage, cause), found) in enumerate(groups.items())
    ]
    ranking = "".join(f"<tr><td>{s}<td class=n>{n}" for s, n in stages.most_common())
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>What goes wrong</title>",
        f"<style>{_STYLE}</style><h1>What goes wrong, train split</h1>",
        f"<p>{sum(stages.values())} cases. Stages: <table>{ranking}</table>",
        f"<p>Causes:<table>{''.join(rows)}</table>",
    ]
    for k, ((stage, cause), found) in enumerate(groups.items()):
        parts.append(f"<h2 id={k}>{escape(stage)}: {escape(cause)} ({len(found)})</h2>")
        parts += [_case(c) for c in found]
    return "\n".join(parts)


def _case(c: Case) -> str:
    text = c.outcome.passage.text
    event = c.event or {}
    start, end = c.gold["trigger"] if c.gold else (event.get("start") or 0, event.get("end") or 0)
    shown = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    return (
        f"<article><div class=line>{escape(c.headline())}</div>{shown}"
        f"<details><summary>derivation</summary><pre>{escape(c.derivation())}</pre></details></article>"
    )
