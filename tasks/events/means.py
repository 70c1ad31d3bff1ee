"""What an attack was done with: "killed in a suicide bombing" is 1831, not just 190."""

from __future__ import annotations

from functools import cache

from tasks.events.clauses import Clauses
from tasks.events.drafts import Draft
from tasks.events.tables import SEEDS, read_table

_GENERAL = "190"
Means = tuple[tuple[frozenset[str], str, str], ...]


@cache
def means_of(lang: str) -> Means:
    """Return the rows of means.csv of a language: words, CAMEO code, PLOVER mode."""
    path = SEEDS / "lexicon" / lang / "means.csv"
    if not path.is_file():
        return ()
    return tuple(
        (frozenset(r["words"].split("|")), r["cameo"], r["mode"]) for r in read_table(path)
    )


def refine(c: Clauses, draft: Draft, lang: str) -> None:
    """Give a general attack the finer code that the words of its clause show."""
    if draft.cameo != _GENERAL:
        return
    words = {c.lemmas[i] for i in _clause(c, draft.trigger)}
    for shown, cameo, mode in means_of(lang):
        if not shown.isdisjoint(words):
            draft.cameo, draft.mode = cameo, mode
            draft.rules.append(f"means:{min(shown & words)}")
            return


def _clause(c: Clauses, i: int) -> list[int]:
    """Return the words below `i`, other clauses left out."""
    out, stack = [], [i]
    while stack:
        node = stack.pop()
        out.append(node)
        stack.extend(
            k
            for k in c.children[node]
            if c.base(k) not in ("conj", "ccomp", "parataxis", "advcl")
            and c.labels[k] != "acl:relcl"
        )
    return out
