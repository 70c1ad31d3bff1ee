"""Web pages to the text of their article.

trafilatura in its fast mode gives the best text of the libraries measured (`benchmarks/ingest.py`);
where it returns less than half of what resiliparse takes for the main content, it has lost the
article, and resiliparse's is taken. resiliparse alone is nine times as fast and less exact.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date

import trafilatura
from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from tasks.ingest.dates import find_dates
from tasks.ingest.lines import bare_date
from tasks.ingest.pagemeta import PageMeta, meta_of

# What they remark about single pages is in the rejects; a flow's log is for people.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# resiliparse takes quadratic time in the depth of nesting; real pages stay below 100.
MAX_DEPTH = 400
# Less text than this is no article: the main content was not found.
_MIN_TEXT = 200
# Author, section and pictures may stand between the headline and its date.
_LINES_BELOW = 12

_TAG = re.compile(
    r"<(/?)(?:div|span|p|section|article|ul|ol|li|table|tr|td|b|i|em|strong|a|font|blockquote)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a page shows it.

    Attributes:
        text: Its text, one paragraph a line; empty if there is none.
        meta: What the page says about itself.
        shown: Day that the page shows, where its metadata gives none (YYYY-MM-DD).
    """

    text: str
    meta: PageMeta
    shown: str | None


def read_page(html: str, url: str | None = None, library: str = "trafilatura") -> Page | None:
    """Return the article of a page, or None if it cannot be parsed.

    Args:
        html: The page.
        url: Its address.
        library: trafilatura or resiliparse.
    """
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    meta = meta_of(tree)
    if meta.title is None:
        meta.title = _heading(tree)
    meta.title = _without_site(meta.title, meta.site)
    shown = None if meta.published or meta.is_list else _shown_date(tree, url)
    text = _fast_text(html) if library == "resiliparse" else _best_text(html, tree)
    if len(text) < _MIN_TEXT:
        text = max(text, meta.body or "", _last_resort(tree), key=len)
    return Page(text, meta, shown)


def _best_text(html: str, tree: HtmlElement) -> str:
    found = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, with_metadata=False
    )
    text = str(getattr(found, "text", None) or "")
    other = _fast_text(html)
    return other if 2 * len(text) < len(other) else text


def _last_resort(tree: HtmlElement) -> str:
    """Return the text of all paragraphs, or what the page's scripts hold as its article."""
    return str(trafilatura.baseline(tree)[1] or "")


def _fast_text(html: str) -> str:
    if _too_deep(html):
        return ""
    return str(
        extract_plain_text(
            HTMLTree.parse(html),
            main_content=True,
            list_bullets=False,
            alt_texts=False,
            links=False,
            form_fields=False,
            noscript=False,
            comments=False,
        )
    )


def _too_deep(html: str) -> bool:
    depth = deepest = 0
    for match in _TAG.finditer(html):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH


def _shown_date(tree: HtmlElement, url: str | None) -> str | None:
    """Return the date that the page shows: as YYYY-MM-DD, or in figures if it has it in no other way.

    htmldate completes a month without a day to its first, which says nothing about the day; its
    extensive search mostly adds wrong dates. Figures it reads day first, whoever wrote them.
    """
    below = _date_below_heading(tree)
    if below is not None:
        return _in_figures(date.fromisoformat(below), tree) or below
    try:
        found = find_date(tree, extensive_search=False, original_date=True, url=url)
    except (ValueError, TypeError, etree.LxmlError):
        return None
    if found is None or found.endswith("-01") or _is_month_first(found, tree):
        return None
    return _in_figures(date.fromisoformat(found), tree) or str(found)


def _in_figures(day: date, tree: HtmlElement) -> str | None:
    """Return the figures by which alone the page shows the day, as it prints them.

    Not if the page has the day in words as well, or in an attribute for programs: then there is
    no doubt in which order the figures are.
    """
    lines = [str(text) for text in tree.itertext() if str(day.year) in text]
    if not any(re.search(rf"\d[/-]{day.year}(?!\d)", line) for line in lines):
        return None
    dates = [(line[d.start : d.end], d) for line in lines for d in find_dates(line)]
    shown = [t for t, d in dates if d.figures and d.figures.mark != "." and day in d.figures.days]
    if not shown or any(d.moment and d.moment.day == day and not d.figures for _, d in dates):
        return None
    values = (value for element in tree.iter("time", "meta") for value in element.values())
    return None if any(day.isoformat() in value for value in values) else shown[0]


def _is_month_first(found: str, tree: HtmlElement) -> bool:
    """Return True if the page prints the date in numbers only, and so that they were swapped."""
    year, month, day = found.split("-")
    text = str(tree.text_content())
    swapped = re.search(rf"(?<!\d){month}[./-]{day}[./-]{year}", text)
    return swapped is not None and not re.search(rf"(?<!\d){day}[./-]{month}[./-]{year}", text)


def _date_below_heading(tree: HtmlElement) -> str | None:
    """Return the only date that stands by itself within a few lines below the only headline."""
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return None
    texts = headings[0].xpath("following::text()[normalize-space()][not(parent::script)]")
    lines = (" ".join(str(text).split()) for text in texts[:_LINES_BELOW])
    dates = (next(find_dates(line)) for line in lines if bare_date(line))
    moments = (printed.moment for printed in dates)
    days = {moment.day for moment in moments if moment and moment.precision != "month"}
    return days.pop().isoformat() if len(days) == 1 else None


def _heading(tree: HtmlElement) -> str | None:
    """Return the only main heading, else the title of the window."""
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    full = [h for h in headings if h]
    if len(full) == 1:
        return full[0]
    titles = [" ".join((t.text or "").split()) for t in tree.iter("title")]
    return next((t for t in titles if t), None)


def _without_site(title: str | None, site: str | None) -> str | None:
    """Return the headline without the name of the site behind it ("... | Reuters")."""
    if not title or not site:
        return title
    pattern = rf"\s+[|–—-]\s+{re.escape(site)}\s*$"
    return re.sub(pattern, "", title, flags=re.IGNORECASE) or title
