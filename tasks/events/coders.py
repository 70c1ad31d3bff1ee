"""Which coder reads the texts: the rules, or a language model that the user has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tasks.events.coder import code_text
from tasks.events.llm.options import llm_options
from tasks.events.mention import Mention

Coder = Callable[..., list[Mention]]  # (text, *, published, lang, article_id)


def chosen_coder() -> Coder:
    """Return the coder that the settings name.

    Raises:
        UserError: if a model is asked for without endpoint or name.
    """
    options = llm_options()
    if options is None:
        return code_text
    from tasks.events.llm.coder import ask_about  # brings an HTTP client along

    return partial(ask_about, options)
