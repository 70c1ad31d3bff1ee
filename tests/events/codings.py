"""What the coder makes of a text, in a form that tests can write down."""

from __future__ import annotations

from datetime import date

from tasks.events import code_text

DAY = date(2023, 5, 10)


def events(text: str, lang: str) -> set[str]:
    """Return what was coded, as SOURCE>TARGET CODE status, countries alone."""
    out = set()
    for m in code_text(text, published=DAY, lang=lang):
        source, target = (p.country if p and p.country else "---" for p in (m.source, m.target))
        out.add(f"{source}>{target} {m.cameo} {m.status}")
    return out
