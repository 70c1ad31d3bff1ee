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

from tasks.ingest.dates import find_dates, is_date, stated
from tasks.ingest.notices import not_an_article
from tasks.ingest.pagemeta import PageMeta, meta_of
from tasks.ingest.pagetext import is_layout, tidy
from tasks.ingest.shown import at_headline, in_byline, is_of_others, without_footer
from tasks.ingest.stamps import Shown

# What they remark about single pages is in the rejects; a flow's log is for people.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# resiliparse takes quadratic time in the depth of nesting (real pages stay below 100), and in the
# number of elements of some kinds (real pages stay below 10,000).
MAX_DEPTH = 400
MAX_TAGS = 40_000
# Less text than this is no article: the main content was not found.
_MIN_TEXT = 200

_TEXTS_OF_YEAR = "//text()[contains(., $year)][not(parent::script or parent::style)]"

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
        published: Date of publication that its metadata gives, as written.
        published_field: Where it stands there.
        shown: Day that the page shows (YYYY-MM-DD), or the figures that leave it open.
        instead: What the page is, if it is no article.
    """

    text: str
    meta: PageMeta
    published: str | None
    published_field: str
    shown: str | None
    instead: str | None = None


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
    shown = None if meta.is_list else at_headline(tree, meta.title)
    field, published = _published(meta, shown)
    day = _written(shown, tree) if shown else None
    if not shown and not is_date(published) and not meta.is_list:
        day = _shown_elsewhere(tree, meta, url)
    text = _fast_text(html) if library == "resiliparse" else _best_text(html, tree)
    if len(text) < _MIN_TEXT:
        text = max(text, meta.body or "", _last_resort(tree), key=len)
    source = trafilatura.load_html(html)  # the library has taken the other tree apart
    if source is None:
        return Page(text, meta, published, field, day)
    text = tidy(text, source)
    is_dated = bool(shown) or is_date(published) or meta.is_article
    return Page(
        text,
        meta,
        published,
        field,
        day,
        not_an_article(source, text, meta.title, is_dated=is_dated),
    )


def _best_text(html: str, tree: HtmlElement) -> str:
    found = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, with_metadata=False
    )
    text = str(getattr(found, "text", None) or "")
    other = _fast_text(html)
    is_lost = 2 * len(text) < len(other) or (is_layout(text) and 2 * len(other) > len(text))
    return other if is_lost else text


def _last_resort(tree: HtmlElement) -> str:
    """Return the text of all paragraphs, or what the page's scripts hold as its article."""
    return str(trafilatura.baseline(tree)[1] or "")


def _fast_text(html: str) -> str:
    if html.count("<") > MAX_TAGS or _too_deep(html):
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


def _published(meta: PageMeta, shown: Shown | None) -> tuple[str, str | None]:
    """Return the field and value of the metadata's date of publication.

    Where several differ, the one that is shown at the headline counts, unless it is the day of the
    last change; else the most reliable.
    """
    for field, value in meta.dates if shown else ():
        moment = stated(value)
        if moment and shown and shown.days == {moment.day} and moment.day not in meta.modified:
            return field, value
    readable = (each for each in meta.dates if is_date(each[1]))
    return next(readable, meta.dates[0] if meta.dates else ("", None))


def _written(shown: Shown, tree: HtmlElement) -> str:
    """Return the day as YYYY-MM-DD; as printed if figures leave it open and nothing else tells."""
    if len(shown.days) == 1:
        return min(shown.days).isoformat()
    certain = [day for day in sorted(shown.days) if _in_figures(day, tree) is None]
    return certain[0].isoformat() if len(certain) == 1 else shown.text


def _shown_elsewhere(tree: HtmlElement, meta: PageMeta, url: str | None) -> str | None:
    """Return the date in the article's byline wherever it stands, else the one htmldate finds.

    htmldate completes a month without a day to its first, which says nothing about the day; its
    extensive search mostly adds wrong dates. Figures it reads day first, whoever wrote them.
    """
    shown = in_byline(tree)
    if shown is not None:
        return _written(shown, tree)
    try:
        tree = without_footer(tree)
        found = find_date(tree, extensive_search=False, original_date=True, url=url)
    except (ValueError, TypeError, etree.LxmlError):
        return None
    if (
        found is None
        or stated(found) is None
        or found in map(str, meta.modified)
        or _is_month_first(found, tree)
    ):
        return None
    if found.endswith("-01") and not _is_own(date.fromisoformat(found), tree):
        return None
    return _in_figures(date.fromisoformat(found), tree) or str(found)


def _is_own(day: date, tree: HtmlElement) -> bool:
    """Return True if the page has the day, not only its month, and not only as that of others."""
    values = (value for element in tree.iter("time", "meta") for value in element.values())
    if any(day.isoformat() in value for value in values):
        return True
    texts = tree.xpath(_TEXTS_OF_YEAR, year=str(day.year))
    printed = [text for text in texts if _prints(str(text), day)]
    return any(not is_of_others(text.getparent()) for text in printed)


def _prints(line: str, day: date) -> bool:
    for printed in find_dates(line):
        if printed.figures and day in printed.figures.days:
            return True
        if printed.moment and printed.moment.day == day and printed.moment.precision != "month":
            return True
    return False


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
    if not title or not site or site.casefold() not in title.casefold():
        return title
    pattern = rf"\s+[|–—-]\s+{re.escape(site)}\s*$"
    return re.sub(pattern, "", title, flags=re.IGNORECASE) or title
