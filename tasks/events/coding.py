"""How a run codes: what its settings say of it, in one record that travels with each batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tasks.annotate.tables import OwnTable
from tasks.events.llm.options import LlmOptions, llm_options
from tasks.events.readers import NETWORK
from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Coding:
    """All that a coding depends on beside the project's own code and tables.

    Attributes:
        parser: What takes sentences apart: network, chunker or spacy:NAME.
        overlay: The user's own actor table, with its content.
        llm: The model that codes; None where the rules do.
    """

    parser: str = NETWORK
    overlay: OwnTable | None = None
    llm: LlmOptions | None = None


RULES = Coding()


def coding_of(settings: Settings, cache: Path | None = None) -> Coding:
    """Return how the settings want texts coded; a new run of a model begins its count.

    Args:
        settings: Names the coder, its parser, the model and the user's own actor table.
        cache: File that keeps the model's answers for later runs; None keeps none.

    Raises:
        UserError: if the table cannot be read, or a model is asked for without endpoint or name.
    """
    table = Path(settings.actors).expanduser() if settings.actors else None
    overlay = OwnTable.read(table) if table else None
    return Coding(settings.parser, overlay, llm_options(settings, cache))
