"""Which coder reads the texts: the rules, or a language model that the user has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tasks.events.coder import code_text
from tasks.events.coding import Coding
from tasks.events.mention import Mention

Coder = Callable[..., list[Mention]]  # (text, *, published, lang, article_id)


def chosen_coder(coding: Coding) -> Coder:
    """Return the coder that a run has chosen."""
    if coding.llm is None:
        return partial(code_text, coding=coding)
    from tasks.events.llm.coder import ask_about  # brings an HTTP client along

    return partial(ask_about, coding.llm, overlay=coding.overlay)
