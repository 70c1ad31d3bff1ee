"""A step that is to be carried out for a batch, wherever: what it needs travels with it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Generic, TypeVar

from tasks.errors import Failed, UserError
from tasks.events.coding import Coding
from tasks.revision import coder_revision

R = TypeVar("R")
_revision = lru_cache(maxsize=8)(coder_revision)


def version() -> str:
    """Return the version of demarche that is installed here."""
    return metadata.version("demarche")


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """A step with the choices of its run; a worker takes nothing from its own environment.

    Attributes:
        step: A function of a batch and a coding, found by its name wherever demarche is.
        coding: How the run codes.
        revision: Revision of the coder of the process that runs the update.
        version: Its version of demarche.
    """

    step: Callable[[Path, Coding], R]
    coding: Coding
    revision: str
    version: str

    def __call__(self, batch: Path) -> R:
        """Carry the step out.

        Raises:
            Failed: naming this process, if it would code otherwise or does not see the batch.
        """
        self._check_revision()
        if not batch.is_file():
            raise Failed(
                f"{_here()} cannot read {batch}",
                "All workers need the folder of the warehouse, under the same path: share it.",
            )
        return self.step(batch, self.coding)

    def _check_revision(self) -> None:
        try:
            own = _revision(self.coding)
        except UserError as error:
            raise Failed(f"{_here()}: {error.message}", error.hint) from error
        if own != self.revision:
            raise Failed(
                f"{_here()} has revision {own} of the coder (demarche {version()}), this run "
                f"{self.revision} (demarche {self.version}): their tables would differ",
                "Install the same demarche there and here, and start workers and run anew.",
            )


def _here() -> str:
    return f"worker process {os.getpid()} on {socket.gethostname()}"
