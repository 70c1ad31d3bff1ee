"""Sections of a document, as Markdown and as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid}"
    "pre{overflow-x:auto;padding:.6rem;border:1px solid}"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with words, and perhaps a table or code below it.

    Attributes:
        level: 1 for the title, 2 for a part, 3 for a table.
        title: The heading.
        words: Paragraphs.
        head: Names of the table's columns; empty for none.
        rows: Its rows.
        code: SQL to show; empty for none.
    """

    level: int
    title: str
    words: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    code: str = ""


def as_markdown(sections: Sequence[Section]) -> str:
    """Return the sections as Markdown; ends with a line end."""
    return "\n\n".join(map(_markdown, sections)) + "\n"


def as_html(sections: Sequence[Section], title: str) -> str:
    """Return the sections as one HTML page without scripts or links to elsewhere."""
    body = "\n".join(map(_html, sections))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_plain(title)}</title>\n<style>{_STYLE}</style>\n{body}\n</html>\n"
    )


def _markdown(section: Section) -> str:
    parts = ["#" * section.level + " " + section.title, *section.words]
    if section.head:
        lines = [section.head, tuple("---" for _ in section.head), *section.rows]
        parts.append("\n".join("| " + " | ".join(_cell(c) for c in row) + " |" for row in lines))
    if section.code:
        parts.append(f"```sql\n{section.code.rstrip()}\n```")
    return "\n\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", ", ")


def _html(section: Section) -> str:
    anchor = section.title.lower().replace(" ", "-")
    parts = [f'<h{section.level} id="{anchor}">{_plain(section.title)}</h{section.level}>']
    parts += [f"<p>{_plain(w)}</p>" for w in section.words]
    if section.head:
        cells = "".join(f'<th scope="col">{_plain(c)}</th>' for c in section.head)
        rows = ["".join(f"<td>{_plain(_cell(c))}</td>" for c in r) for r in section.rows]
        parts.append("<table><tr>" + cells + "</tr>\n" + "\n".join(f"<tr>{r}</tr>" for r in rows))
        parts.append("</table>")
    if section.code:
        parts.append(f"<details><summary>SQL</summary><pre>{html.escape(section.code)}</pre>")
        parts.append("</details>")
    return "\n".join(parts)


def _plain(text: str) -> str:
    """Escape, with the words between backticks as code."""
    pieces = html.escape(text, quote=False).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))
