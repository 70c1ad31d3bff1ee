"""The command line. Exit codes: 0 done, 1 too many rejects, 2 wrong use, 3 failed."""

from __future__ import annotations

import os
import sys

import typer

from flows.commands import admin, doctor, filters, handoff, ingest, query, run
from flows.output import err
from tasks.errors import UserError

app = typer.Typer(
    name="demarche",
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


def main() -> None:
    """Run the command line; a user's mistake prints its message and ends with 2."""
    try:
        app()
    except UserError as error:
        err.print(f"[bold red]demarche:[/] {_escape(error.message)}")
        if error.hint:
            err.print(_escape(error.hint))
        sys.exit(2)
    except KeyboardInterrupt:
        err.print("stopped; the last published release is whole")
        sys.exit(3)
    except BrokenPipeError:  # such as `demarche sql ... | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if os.environ.get("DEMARCHE_DEBUG"):
            raise
        err.print(f"[bold red]demarche failed:[/] {_escape(f'{type(error).__name__}: {error}')}")
        err.print("The last published release is whole. DEMARCHE_DEBUG=1 shows where it failed.")
        sys.exit(3)


def _escape(text: str) -> str:
    return text.replace("[", "\\[")


if __name__ == "__main__":
    main()
