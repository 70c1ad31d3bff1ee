"""What the libraries lose of a page's text, and what they leave in it that is not of the article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tasks.ingest.lines import is_prose

# A paragraph of this length that stands twice was printed twice; shorter ones may be meant so.
_REPEATED = 80
_NEAR = 2
# A row of a table of so many characters holds an article.
_LAYOUT = 400
# So many links in a row above or below the text are a menu.
_MENU = 3
_MARKS = re.compile(r"[\s|•·»›/\\,;–—<>&*-]+")


def tidy(text: str, tree: HtmlElement) -> str:
    """Return the text without repeats and menus, and with paragraphs that are one link each.

    Args:
        text: A paragraph a line.
        tree: The page it was taken from.
    """
    lines = _once([line for line in text.split("\n") if line.strip()])
    lines = _without_menus(_with_linked(lines, tree), tree)
    return "\n".join(lines)


def is_layout(text: str) -> bool:
    """Return True if most of the text is one row of a table: that is how old pages are laid out."""
    rows = [len(line) for line in text.split("\n") if line.startswith("|")]
    return max(rows, default=0) > max(_LAYOUT, len(text) // 2)


def _once(lines: list[str]) -> list[str]:
    """Drop prose that is printed again: in a run of paragraphs, or as a lead and as the first one.

    A question or an instruction that comes back between others is meant so.
    """
    keys = [" ".join(line.split()) for line in lines]
    first: dict[str, int] = {}
    again = [first.setdefault(key, number) for number, key in enumerate(keys)]
    lead = next((n for n, line in enumerate(lines) if is_prose(line)), -1)
    is_again = [
        again[n] < n and len(line) >= _REPEATED and is_prose(line) for n, line in enumerate(lines)
    ]

    def is_dropped(number: int) -> bool:
        beside = (n for n in (number - 1, number + 1) if 0 <= n < len(lines) and is_again[n])
        is_run = any(again[n] - again[number] == n - number for n in beside)
        return is_again[number] and (is_run or (again[number] == lead and number - lead <= _NEAR))

    return [line for number, line in enumerate(lines) if not is_dropped(number)]


def _with_linked(lines: list[str], tree: HtmlElement) -> list[str]:
    """Add sentences that are one link, in paragraphs between, before or behind those of the text."""
    places = {_plain(line): number for number, line in enumerate(lines)}
    added: dict[float, str] = {}
    for paragraph in tree.iter("p"):
        text = " ".join(str(paragraph.text_content()).split())
        if _plain(text) in places or not is_prose(text) or not _is_link(paragraph, text):
            continue
        before, behind = (_nearest(paragraph, places, preceding=p) for p in (True, False))
        if before is not None and behind is not None and before < behind:
            place = before + 0.5
            while place in added:
                place = (place + behind) / 2
            added[place] = text
    ordered = sorted([*enumerate(lines), *added.items()])
    return [line for _, line in ordered]


def _nearest(paragraph: HtmlElement, places: dict[str, int], *, preceding: bool) -> int | None:
    """Return the line of the nearest paragraph beside this one; None if another element is nearer."""
    for sibling in paragraph.itersiblings("p", "h2", "h3", "blockquote", preceding=preceding):
        text = " ".join(str(sibling.text_content()).split())
        if _plain(text) in places:
            return places[_plain(text)]
        if not _is_link(sibling, text):
            return None
    return None


def _is_link(element: HtmlElement, text: str) -> bool:
    return bool(text) and any(
        _plain(" ".join(str(a.text_content()).split())) == _plain(text) for a in element.iter("a")
    )


def _without_menus(lines: list[str], tree: HtmlElement) -> list[str]:
    prose = [n for n, line in enumerate(lines) if is_prose(line)]
    if not prose:
        return lines
    heads = {_plain(h.text_content()) for tag in ("h1", "title") for h in tree.iter(tag)}
    links = {t for a in tree.iter("a") if (t := _plain(a.text_content()))} - heads
    first, last = prose[0], prose[-1]
    head, tail = lines[:first], lines[last + 1 :]
    return [*_outside(head, links), *lines[first : last + 1], *_outside(tail, links)]


def _outside(lines: list[str], links: set[str]) -> list[str]:
    """Return the lines that are no menu: links in a row, on one line or on several."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        n_links, end = 0, at
        while end < len(lines) and (found := _n_links(lines[end], links)) is not None:
            n_links, end = n_links + found, end + 1
        is_listed = bool(kept) and kept[-1].rstrip().endswith(":")  # tags: what is listed is told
        if n_links < _MENU or is_listed:
            end = max(end, at + 1)
            kept += lines[at:end]
        at = end
    return kept


def _n_links(line: str, links: set[str]) -> int | None:
    """Return how many links a line is made of; None if of anything else as well."""
    rest, found = _plain(line), 0
    while rest:
        marks = _MARKS.match(rest)
        if marks:
            rest = rest[marks.end() :]
            continue
        words = rest.split(" ")
        for size in range(min(len(words), 12), 0, -1):
            if " ".join(words[:size]).strip("|•·»›,; ") in links:
                rest = " ".join(words[size:])
                found += 1
                break
        else:
            return None
    return found


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()
