"""Which languages of a release were coded, and which have no pack of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.warehouse import Release

_NO_LANGUAGE = frozenset({"zxx", "und", "None"})  # tables of numbers; not to be told


def language_account(release: Release) -> str:
    """Return one line: articles by language, those that have a pack first."""
    import pyarrow.compute as pc

    from tasks.events.lexicon import languages

    packs = set(languages())
    column = release.read("articles", ["lang"]).column("lang")
    counts = sorted(
        ((str(x["values"]), int(x["counts"])) for x in pc.value_counts(column).to_pylist()),
        key=lambda x: (-x[1], x[0]),
    )
    coded = [c for c in counts if c[0].partition("-")[0] in packs]
    rest = [c for c in counts if c not in coded and c[0] not in _NO_LANGUAGE]
    mute = sum(n for lang, n in counts if lang in _NO_LANGUAGE)
    told = f"coded: {_list(coded)}" if coded else "coded: nothing"
    told += f"; not coded, no pack: {_list(rest)}" if rest else ""
    return told + (f"; in no language: {mute:,}" if mute else "")


def _list(counts: list[tuple[str, int]]) -> str:
    return ", ".join(f"{lang} {n:,}" for lang, n in counts)
