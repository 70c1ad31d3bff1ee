"""The commands of the command line. Exit codes: 0 done, 1 too many rejects, 2 wrong use, 3 failed."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from typing import Annotated

import typer
from rich.text import Text
from typer.core import TyperGroup

from flows import stopping
from flows.commands import admin, doctor, filters, handoff, ingest, query, run
from flows.commands.common import standing
from flows.output import console, err, plain
from tasks.errors import Damaged, Failed, UserError


class Interruptible(TyperGroup):
    """The commands; from here on a stop lets them put away what they have begun."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the command."""
        stopping.work_begins()
        return super().invoke(ctx)


app = typer.Typer(
    name="demarche",
    cls=Interruptible,
    help="Turns piles of news articles into political event data: who did what to whom, when, "
    "where, according to whom.\n\nStart with `demarche run` (the sample corpus), then "
    '`demarche sql "select * from events"`.',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (run, query, ingest, filters, handoff, admin, doctor):
    module.add_to(app)


@app.callback(invoke_without_command=True)
def demarche(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Turn news articles into political event data."""
    if version:
        console.print(metadata.version("demarche"))
        raise typer.Exit


def carry_out() -> None:
    """Carry the command out; a user's mistake prints its message and ends with 2."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # what does not fit on the disk is told here, not at the very end
    except UserError as error:
        sys.exit(_tell(error))
    except BrokenPipeError:  # such as `demarche sql ... | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if os.environ.get("DEMARCHE_DEBUG"):
            raise
        if (told := _trouble(error)) is not None:
            code = _tell(told)
            sys.stderr.flush()
            os._exit(code)  # the interpreter would try to write the rest of the output again
        said = plain(f"{type(error).__name__}: {error}")
        err.print(Text("demarche failed: ", "bold red"), said, sep="")
        err.print(f"{standing()}\nDEMARCHE_DEBUG=1 shows where it failed.")
        sys.exit(3)


def _tell(error: UserError) -> int:
    """Print a user's mistake; return the exit code."""
    err.print(Text("demarche: ", "bold red"), plain(error.message), sep="")
    if error.hint:
        err.print(plain(error.hint))
    if isinstance(error, Damaged):
        err.print(plain(standing()))
    return 3 if isinstance(error, Failed) else 2


def _trouble(error: Exception) -> UserError | None:
    """Return what tells of a full disk, wherever the error came up."""
    from tasks.warehouse.disk import explain

    return explain(error)
