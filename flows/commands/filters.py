"""`extract`, `annotate`, `copies`, `code`: one stage as a filter, JSONL in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from flows.commands.common import ConfigOption, settings_of
from flows.output import err, plain, print_lines
from tasks.errors import UserError

FileArgument = Annotated[
    str,
    typer.Argument(
        help='JSONL with "id", "text" and, where known, "date" (or "published") and "lang"; - = stdin.'
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(extract)
    app.command()(annotate)
    app.command()(copies)
    app.command()(code)


def extract(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs of articles.")],
    published: Annotated[Path | None, typer.Option(help="Publication dates.")] = None,
    config: ConfigOption = None,
) -> None:
    """Read articles in any form and print them as JSONL."""
    from tasks.ingest import Fetching, Options, extract_records
    from tasks.ingest.record import Refusal

    def tell(refused: Refusal) -> None:
        where = f"{refused.uri}, record {refused.record}" if refused.record else refused.uri
        err.print(plain(f"refused {where}: {refused.reason}: {refused.detail}"), soft_wrap=True)

    settings = settings_of(config)
    fetching = Fetching(
        allow_private=settings.allow_private_addresses,
        max_bytes=settings.limits.answer_bytes,
        seconds=settings.limits.answer_seconds,
    )
    records = extract_records(
        paths,
        published=published,
        limits=settings.limits,
        options=Options(settings.field_names, settings.html, fetching),
        on_reject=tell,
    )
    print_lines(records)


def annotate(file: FileArgument = "-", config: ConfigOption = None) -> None:
    """Find sentences, dates, places, actors, quantities and quotations.

    Example: echo '{"id":1,"text":"Macron called Putin on Sunday.","date":"2022-02-21"}' | demarche annotate
    """
    from tasks.annotate import annotate_records
    from tasks.events.coding import coding_of

    settings = settings_of(config)
    overlay = coding_of(settings).overlay
    with _records(file, settings.limits.max_chars) as records:
        print_lines(annotate_records(records, overlay))


def copies(file: FileArgument = "-") -> None:
    """Tell which texts are copies of one another."""
    from tasks.duplicates import copies_of_records

    with _records(file, settings_of(None).limits.max_chars) as records:
        print_lines(copies_of_records(records))


def code(
    file: FileArgument = "-",
    text: Annotated[
        str | None, typer.Option("--text", help="Code this sentence and show the derivation.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Publication date of --text.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language of --text; default: told from the text.")
    ] = None,
    status: Annotated[
        str,
        typer.Option(help="Which events: all, or of actual,planned,hypothetical,negated,denied."),
    ] = "actual,planned",
    config: ConfigOption = None,
) -> None:
    """Code events: who did what to whom.

    Examples:
      demarche code articles.jsonl > events.jsonl
      demarche code articles.jsonl --status all > told_feared_and_denied.jsonl
      demarche code --text "Macron met Putin in Moscow on Monday." --date 2022-02-08
    """
    from tasks.events import code_records, explain_sentence
    from tasks.events.coding import coding_of
    from tasks.events.records import language_to_code

    statuses = _statuses(status)
    settings = settings_of(config)
    coding = coding_of(settings)
    if text is not None:
        if file != "-":
            raise UserError(f"--text and {file} are two inputs", "Give one of them.")
        lang = language_to_code({"text": text, "lang": lang})
        print(explain_sentence(text, published=_day(date), lang=lang, coding=coding))  # noqa: T201
        return
    with _records(file, settings.limits.max_chars) as records:
        print_lines(code_records(records, statuses=statuses, coding=coding))


def _statuses(value: str) -> frozenset[str]:
    from tasks.events import STATUSES

    wanted = frozenset(STATUSES if value == "all" else value.replace(" ", "").split(","))
    if wanted - set(STATUSES) or not wanted:
        raise UserError(
            f"--status {value!r} is none", f"Write all, or some of {','.join(STATUSES)}."
        )
    return wanted


def _day(value: str | None) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise UserError(f"--date {value!r} is not a day", "Write it as 2022-02-08.") from error


@contextmanager
def _records(file: str, max_chars: int) -> Iterator[Iterator[dict[str, Any]]]:
    if file == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield _parse(sys.stdin, "stdin", max_chars)
        return
    path = Path(file)
    if not path.is_file():
        raise UserError(f"{file}: there is no such file", "Name a JSONL file, or - for stdin.")
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        yield _parse(stream, file, max_chars)


def _parse(stream: TextIO, name: str, max_chars: int) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UserError(f"{name}, line {number}: not JSON: {error}") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise UserError(
                f'{name}, line {number}: no "text"', 'A record is {"id": ..., "text": "..."}.'
            )
        if len(record["text"]) > max_chars:
            raise UserError(
                f"{name}, line {number}: a text of more than max_chars = {max_chars} characters",
                "Split it, or raise max_chars in [limits].",
            )
        # A lone surrogate is no character: no file could hold it.
        record["text"] = record["text"].encode("utf-8", "replace").decode("utf-8")
        yield record
