"""Pages that are no article: lists of links, and notices that an article cannot be read.

What a page says is never enough, since there is news of captchas and of pages that are gone: the page
has to be built so as well, and to lack what articles have.
"""

from __future__ import annotations

import re
from functools import cache

from lxml.html import HtmlElement

from tasks.ingest.lines import is_prose
from tasks.ingest.seeds import read_seed

# Longer texts are no notice, even where one stands beside them.
_NOTICE, _PLAIN_NOTICE, _TEASER = 1200, 500, 400
# A list of links has so many of them, in headline length, and little text besides.
_LINKS, _HEADLINE, _LINKED = 5, 20, 0.5

_MARKS = {
    "missing": re.compile(r"(?<![a-z0-9])(?:error|page|not)?[-_]?(?:404|410|not-?_?found)(?![a-z0-9])", re.I),
    "captcha": re.compile(r"captcha|turnstile|challenge|cf-browser|datadome|perimeterx|px-block", re.I),
    "consent": re.compile(r"consent|cookie|gdpr|onetrust|didomi|sp_message|usercentrics|(?<![a-z])cmp", re.I),
    "paywall": re.compile(r"pay-?_?wall|reg-?_?wall|subscri|abonn|premium|meter(?:ed|ing)|piano|regwall|members?-only", re.I),
}  # fmt: skip
_WHAT = {
    "missing": "a page that says that there is none",
    "captcha": "a page that asks readers to prove that they are human",
    "consent": "a page that asks for consent",
    "paywall": "a page behind a paywall, with no more than a teaser",
}
_NUMBERS = re.compile(
    r"(?<!\d)(?:404|410|error|fehler|erreur|errore|erro|ошибка|помилка)(?!\d)", re.I
)
_LONGEST_HEADING = 500  # no notice is longer
_EDGE = re.compile(r"[\W_]+")


def not_an_article(
    tree: HtmlElement, text: str, title: str | None, *, is_dated: bool
) -> str | None:
    """Return what the page is, if it is no article; else None.

    Args:
        tree: The page.
        text: Its text as taken for the article's, a paragraph a line.
        title: Its headline.
        is_dated: True if the page gives a day of publication.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if not is_dated and _is_list(tree, lines):
        return "a list of links"
    if len(text) > _NOTICE:
        return None
    headings = _headings(tree, title)
    for kind, what in _WHAT.items():
        if kind == "paywall":
            is_one = _is_paywall(tree, lines)
        else:
            is_one = not is_dated and _is_notice(kind, tree, lines, headings)
        if is_one:
            return what
    return None


def _is_notice(kind: str, tree: HtmlElement, lines: list[str], headings: list[str]) -> bool:
    """Return True if the page's heading or most lines are a notice, and its build is one's."""
    saying = [line for line in lines if _says(line, kind)]
    is_headed = any(_is_only(heading, kind) for heading in headings)
    if not is_headed and 2 * len(saying) < len(lines):
        return False
    if not saying and not is_headed:
        return False
    if _is_marked(tree, kind):
        return True
    is_bare = sum(map(len, lines)) <= _PLAIN_NOTICE and not list(tree.iter("article"))
    return kind == "missing" and is_headed and is_bare and _leads_elsewhere(tree)


def _is_paywall(tree: HtmlElement, lines: list[str]) -> bool:
    """Return True if a text ends in an offer, or breaks off, where the page has a place for one."""
    if not _is_marked(tree, "paywall") and not _is_closed(tree):
        return False
    tail = [line for line in lines[-4:] if _says(line, "paywall") and len(line) < 200]
    rest = [line for line in lines if line not in tail]
    if sum(map(len, rest)) > _TEASER:
        return False
    breaks_off = bool(rest) and rest[-1].rstrip().endswith(("...", "…"))
    shown = " ".join(_texts(tree))
    return bool(tail) or (breaks_off and _says(shown, "paywall"))


def _is_list(tree: HtmlElement, lines: list[str]) -> bool:
    """Return True if most of the text is links to other pages, or teasers below such links."""
    heads = {_plain(h.text_content()) for h in tree.iter("h1")}
    links = {t for a in tree.iter("a") if len(t := _plain(a.text_content())) >= _HEADLINE} - heads
    linked = [line for line in lines if _plain(line) in links]
    size = sum(map(len, lines))
    prose = [line for line in lines if is_prose(line) and _plain(line) not in links]
    if len(linked) < _LINKS:
        return False
    return sum(map(len, linked)) >= _LINKED * size or len(prose) <= len(linked)


def _headings(tree: HtmlElement, title: str | None) -> list[str]:
    found = [title or ""]
    for tag in ("title", "h1", "h2"):
        found += [" ".join(str(e.text_content()).split()) for e in tree.iter(tag)]
    return [heading for heading in found if 0 < len(heading) <= _LONGEST_HEADING]


def _is_only(heading: str, kind: str) -> bool:
    """Return True for a heading that is a notice and little more: a number, the site's name."""
    for part in (heading, *re.split(r"\s[|–—:-]\s|:\s", heading)):
        plain = _EDGE.sub(" ", _NUMBERS.sub(" ", part.casefold())).strip()
        if not plain and _NUMBERS.search(part) and kind == "missing":
            return True
        found = next((p for p in _phrases(kind) if _EDGE.sub(" ", p) in plain), None)
        if found is not None and len(plain) <= 2 * len(found) + 12:
            return True
    return False


def _says(line: str, kind: str) -> bool:
    text = line.casefold().replace("’", "'")
    return any(phrase in text for phrase in _phrases(kind))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    rows = read_seed("notices.csv", ("kind", "phrases"))
    found = {
        p.casefold().replace("’", "'") for k, names in rows if k == kind for p in names.split("|")
    }
    return tuple(sorted(found, key=lambda p: (-len(p), p)))


def _is_marked(tree: HtmlElement, kind: str) -> bool:
    """Return True if a class, an id or the address of a script tells the kind of page."""
    mark = _MARKS[kind]
    return any(
        mark.search(element.get(name) or "")
        for element in tree.iter("html", "body", "div", "section", "main", "form", "iframe", "script", "p", "h1", "input", "aside", "button")
        for name in ("class", "id", "src", "action", "name")
    )  # fmt: skip


def _is_closed(tree: HtmlElement) -> bool:
    """Return True if the page says to programs that it is not free to read."""
    scripts = (str(s.text or "") for s in tree.iter("script") if "json" in (s.get("type") or ""))
    return any(re.search(r'isAccessibleForFree"\s*:\s*"?false', s, re.IGNORECASE) for s in scripts)


def _leads_elsewhere(tree: HtmlElement) -> bool:
    """Return True for a page that offers its front page, or a search."""
    if any((a.get("href") or "").rstrip("/").count("/") in (0, 2) for a in tree.iter("a")):
        return True
    return any((i.get("type") or "").lower() == "search" for i in tree.iter("input"))


def _texts(tree: HtmlElement) -> list[str]:
    return [str(e.text_content()) for e in tree.iter("p", "div", "button", "a") if len(e) < 3]


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()
