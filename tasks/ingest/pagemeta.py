"""What a web page says about itself: JSON-LD, meta elements, canonical link.

Everything is taken as written; what it means is decided where a record becomes an article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from lxml.html import HtmlElement, fromstring

from tasks.ingest.dates import parse_value

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|NewsItem|Review)$")
# Names of meta elements that say that they hold the date of publication, the most reliable first.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "article.published",
    "og:article:published_time",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "og:pubdate",
    "publication_date",
    "publicationdate",
    "publish-date",
    "publishdate",
    "publish_date",
    "published",
    "pubdate",
    "pub_date",
    "originalpublicationdate",
    "article_date_original",
    "dcterms.issued",
    "dc.date.issued",
)
# Names that leave open which date it is: of printing, of the last change, of an export.
_VAGUE = (
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "dcterms.date",
    "dc.date",
    "date",
)
VAGUE_FIELDS = frozenset(f"meta {name}" for name in _VAGUE)
_DATE_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_TYPE_IN_JSON = re.compile(r'"@type"\s*:\s*\[?\s*"\w*(?:Article|BlogPosting|Report|NewsItem)"')
_MODIFIED = re.compile(r"modif|updated|last-?mod|revised")
# An element marked up as a date may hold a whole byline; that is no date.
_DATE_CHARS = 60
_SCRIPT_BYTES = 1 << 20


class Update(NamedTuple):
    """An entry of a live blog, as its page describes it: text, date, headline, address."""

    text: str
    published: str
    title: str | None
    url: str | None


@dataclass(slots=True)
class PageMeta:
    """Metadata of a page.

    Attributes:
        dates: Dates of publication with where they stand, such as `json-ld datePublished`; the most
            reliable first.
        modified: Days on which it was last changed, by its metadata.
        title: Headline.
        author: Names of the authors.
        site: Name of the site or publisher.
        url: Canonical address.
        lang: Language that the page declares.
        tags: Keywords and sections.
        body: Text of the article as JSON-LD gives it.
        updates: The entries of a live blog.
        is_list: True if JSON-LD describes several articles and none of them is the page's own.
        is_article: True if it describes itself as an article.
        meta: Content of its meta elements by name.
    """

    dates: list[tuple[str, str]] = field(default_factory=list)
    modified: set[date] = field(default_factory=set)
    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()
    body: str | None = None
    updates: tuple[Update, ...] = ()
    is_list: bool = False
    is_article: bool = False
    meta: dict[str, str] = field(default_factory=dict)


def meta_of(tree: HtmlElement) -> PageMeta:
    """Return what the page says about itself."""
    page = PageMeta(meta=_meta_elements(tree))
    page.url = _link(tree) or page.meta.get("og:url")
    page.title = page.meta.get("og:title") or page.meta.get("twitter:title")
    page.site = page.meta.get("og:site_name")
    page.author = page.meta.get("author") or page.meta.get("article:author")
    page.lang = tree.get("lang") or page.meta.get("og:locale")
    keywords = page.meta.get("news_keywords") or page.meta.get("keywords") or ""
    page.tags = tuple(k.strip() for k in keywords.split(",") if k.strip())
    page.is_article = (page.meta.get("og:type") or "").lower() in ("article", "news", "newsarticle")
    _add_json_ld(page, tree)
    _add_meta_dates(page, tree)
    page.modified |= _days(v for name, v in page.meta.items() if _MODIFIED.search(name))
    if page.author and page.author.startswith(("http://", "https://")):
        page.author = None
    return page


def _meta_elements(tree: HtmlElement) -> dict[str, str]:
    """Return the content of meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _link(tree: HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip() or None
    return None


def _add_meta_dates(page: PageMeta, tree: HtmlElement) -> None:
    """Add the dates of meta elements and, where there are none, of what is marked up as such."""
    _add_named(page, _PUBLISHED)
    if not page.dates:
        _add_marked_up(page, tree)
    if not page.dates:
        _add_named(page, _VAGUE)


def _days(values: Iterable[str | None]) -> set[date]:
    moments = (parse_value(value) for value in values)
    return {moment.day for moment in moments if moment}


def _add_named(page: PageMeta, names: tuple[str, ...]) -> None:
    page.dates.extend((f"meta {name}", page.meta[name]) for name in names if name in page.meta)


def _add_marked_up(page: PageMeta, tree: HtmlElement) -> None:
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        is_date = "datePublished" in (element.get("itemprop") or "") or (
            element.tag == "time" and element.get("pubdate") is not None
        )
        value = element.get("datetime") or element.get("content") or element.get("title")
        value = value or (" ".join(element.text_content().split()) if is_date else None)
        if is_date and value and len(value) <= _DATE_CHARS:
            page.dates.append(("itemprop datePublished", value))
            return


def _add_json_ld(page: PageMeta, tree: HtmlElement) -> None:
    """Take over what the JSON-LD of the page's own article says."""
    articles = list(_articles(tree))
    page.updates = _updates_of(articles)
    article = _own_article(articles, page)
    if article is None:
        page.is_list = len(articles) > 1
        return
    page.modified = _days([_text(article.get("dateModified"))])
    published = _text(article.get("datePublished")) or _text(article.get("dateCreated"))
    if published:
        page.dates.append(("json-ld datePublished", published))
    page.title = _text(article.get("headline")) or page.title
    page.author = _names(article.get("author")) or page.author
    page.site = page.site or _names(article.get("publisher"))
    page.body = _text(article.get("articleBody"))
    keywords = article.get("keywords")
    if not page.tags and keywords:
        words = keywords.split(",") if isinstance(keywords, str) else keywords
        page.tags = tuple(w.strip() for w in words if isinstance(w, str) and w.strip())


def _updates_of(articles: Iterable[Mapping[str, Any]]) -> tuple[Update, ...]:
    """Return the entries of a live blog that have a text and a date, in the order of the page."""
    found: dict[Update, None] = {}
    for article in articles:
        entries = article.get("liveBlogUpdate")
        for entry in entries if isinstance(entries, list) else [entries]:
            if not isinstance(entry, dict):
                continue
            text = _plain(_text(entry.get("articleBody")) or _text(entry.get("text")) or "")
            published = _text(entry.get("datePublished")) or _text(entry.get("dateCreated"))
            if text and published:
                title = _text(entry.get("headline")) or _text(entry.get("name"))
                url = _text(entry.get("url")) or _text(entry.get("@id"))
                found[Update(text, published, title, url)] = None
    return tuple(found)


def _plain(text: str) -> str:
    """Return the text without the tags that some entries hold, a paragraph a line."""
    if "<" in text and (tree := fromstring(f"<div>{text}</div>")) is not None:
        lines = (" ".join(line.split()) for line in tree.itertext())
        return "\n".join(line for line in lines if line)
    return text


def _own_article(articles: list[Mapping[str, Any]], page: PageMeta) -> Mapping[str, Any] | None:
    """Return the article that the page is about: by its address, its headline, else the only one."""
    if page.url:
        for article in articles:
            if page.url in (_text(article.get("url")), _address(article.get("mainEntityOfPage"))):
                return article
    for article in articles:
        headline = _text(article.get("headline"))
        if headline and page.title and headline[:40] == page.title[:40]:
            return article
    dates = {_text(a.get("datePublished")) for a in articles}
    return articles[0] if articles and len(dates) == 1 else None


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content().strip()
        if not 2 <= len(text) <= _SCRIPT_BYTES:
            continue
        value = _lenient_json(text)
        yield from _articles_in(value, 0) if value is not None else _salvaged(text)


def _lenient_json(text: str) -> Any:
    """Return the JSON; line breaks inside of strings and HTML comments around it are borne."""
    text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|^\s*<!--|(?://)?\s*\]\]>\s*$|-->\s*$", "", text)
    try:
        return json.loads(text.rstrip("; \n"), strict=False)
    except (ValueError, RecursionError):
        return None


def _salvaged(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the date of an article whose JSON is broken, if the script has no other."""
    dates = set(_DATE_IN_JSON.findall(text))
    if len(dates) == 1 and _TYPE_IN_JSON.search(text):
        yield {"datePublished": dates.pop()}


def _articles_in(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of an article type; lists of other articles are not entered."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles_in(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles_in(value.get(key), depth + 1)


def _address(value: Any) -> str | None:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _names(value: Any) -> str | None:
    """Return names from a name, an object or a list of them."""
    if isinstance(value, list):
        names = [name for name in map(_names, value) if name]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        return _names(value.get("name"))
    return _text(value)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
