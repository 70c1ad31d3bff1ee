"""Web pages to the text of their article.

trafilatura in its fast mode gives the best text of the libraries measured (`benchmarks/ingest.py`);
where it returns less than half of what resiliparse takes for the main content, it has lost the
article, and resiliparse's is taken. resiliparse alone is nine times as fast and less exact.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import trafilatura
from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from tasks.ingest.pagemeta import PageMeta, meta_of

# What they remark about single pages is in the rejects; a flow's log is for people.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# resiliparse takes quadratic time in the depth of nesting; real pages stay below 100.
MAX_DEPTH = 400
# Less text than this is no article: the main content was not found.
_MIN_TEXT = 200

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
    """Return the date that the page shows. The extensive search mostly adds wrong ones."""
    try:
        return find_date(tree, extensive_search=False, original_date=True, url=url)
    except (ValueError, TypeError, etree.LxmlError):
        return None


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
