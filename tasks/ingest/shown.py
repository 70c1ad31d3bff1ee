"""The date of publication that a page shows at its headline, for readers rather than for programs.

Around the headline stands what readers are told of the article: who wrote it, and when. A date
counts there if it is set off from any sentence: by itself on its line, beside a name or a section
("Ann Lee, 1 December 2021"), behind a label. Dates of updates, of other articles and of events do
not count; nor do several different ones.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from tasks.ingest.lines import is_prose
from tasks.ingest.stamps import Shown, only_day, stamps

# Author, section and pictures may stand between the headline and its date.
_LINES_BELOW = 12
_LINES_ABOVE = 4
# A page with more bylines is a list of articles.
_MAX_BYLINES = 50
# A summary may stand there too, but what stands below a second paragraph is of the text.
_PROSE_BELOW = 2

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "form",
        "select",
        "button",
        "svg",
        "iframe",
    ]
)
# So many lines below may be headings that belong to the headline; a later one is of another text.
_SUBTITLES = 4
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
# What a class or id says of dates that are not the article's.
_OTHERS = re.compile(
    r"(?<![a-z])(?:comment|related|teaser|sidebar|widget|recommend|event|veranstaltung|termin|calendar"
    r"|kalender|archive|breadcrumb|copyright|carousel|slider|ticker|most-?read|popular)",
    re.IGNORECASE,
)
# What it says of the publication's own: entry-date, post-meta, published, articleDate.
_OWN = re.compile(
    r"(?<![a-z])(?:entry|post|article|news|story|page|single|doc)[-_]*(?:item[-_]*)?"
    r"(?:pub(?:lish(?:ed)?)?[-_]*)?(?:date|time(?:stamp|data)?|metadata|meta|info|data)(?![a-z])"
    r"|(?<![a-z])(?:publish(?:ed)?|publication|pub|posted|release)(?:[-_]*(?:date|time|on|at))?(?![a-z])"
    r"|(?<![a-z])(?:date[-_]?(?:published|posted|author|line)|byline|timestamp)(?![a-z])",
    re.IGNORECASE,
)

# Names of a site's footer, and of one that is an article's although no element says so.
_FOOTERS = frozenset(
    ["footer", "site-footer", "page-footer", "main-footer", "global-footer", "colophon"]
)
_OWN_FOOTER = re.compile(r"(?<![a-z])(?:entry|post|article|story)")

Line = list[tuple[HtmlElement, str]]


def at_headline(tree: HtmlElement, title: str | None) -> Shown | None:
    """Return the date shown around the headline, if it is only one.

    Args:
        tree: The page.
        title: Its headline as far as known; tells the heading of the article from the site's.
    """
    heading = _heading(tree, title)
    if heading is None:
        return None
    for lines in (_below(heading), _above(heading)):
        chosen = only_day([s for line in lines for s in stamps([text for _, text in line])])
        if chosen is not None:
            return chosen
    return None


def in_byline(tree: HtmlElement) -> Shown | None:
    """Return the date in the elements whose class says that they hold the article's, if only one."""
    found: list[Shown] = []
    n_bylines = 0
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        is_hidden = _is_hidden(element)
        is_own = not is_hidden and _OWN.search(_names(element)) is not None
        for line in _lines(_texts(element)) if is_own else ():
            found.extend(stamps([text for _, text in line], in_byline=True))
        if is_hidden or is_own:
            walk.skip_subtree()
        n_bylines += is_own
        if n_bylines > _MAX_BYLINES:
            return None
    return only_day(found)


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """Return the heading that is the page's title, else its only main heading."""
    window = next((" ".join((t.text or "").split()) for t in tree.iter("title")), "")
    titles = [t.casefold() for t in (title, window) if t]
    first: list[HtmlElement] = []
    for level in ("h1", "h2", "h3"):
        for heading in tree.iter(level):
            text = " ".join(str(heading.text_content()).split()).casefold()
            if len(text) >= 10 and any(t in text or text in t for t in titles if len(t) >= 10):
                return heading
            if text and level == "h1":
                first.append(heading)
    return first[0] if len(first) == 1 else None


def _below(heading: HtmlElement) -> Iterator[Line]:
    """Yield the lines below the headline, up to the text of the article or the next headline."""
    prose = 0
    for number, line in enumerate(islice(_lines(_following(heading)), _LINES_BELOW)):
        if number >= _SUBTITLES and any(_is_in_heading(element) for element, _ in line):
            return
        yield line
        prose += is_prose(" ".join(piece for _, piece in line))
        if prose == _PROSE_BELOW:
            return


def _is_in_heading(element: HtmlElement) -> bool:
    parent = element.getparent()
    return element.tag in _HEADINGS or (parent is not None and parent.tag in _HEADINGS)


def _above(heading: HtmlElement) -> Iterable[Line]:
    """Return the lines above the headline in the block that holds it, or in the one around."""
    holder = heading
    for _ in range(2):
        parent = holder.getparent()
        if parent is None or parent.tag in ("body", "main", "html"):
            break
        holder = parent
    return deque(_lines(_texts(holder, until=heading)), _LINES_ABOVE)


_Piece = tuple[HtmlElement, str | None]


def _following(element: HtmlElement) -> Iterator[_Piece]:
    """Yield what comes after an element, block by block up to the whole page."""
    node: HtmlElement | None = element
    while node is not None:
        parent = node.getparent()
        if parent is None:
            return
        yield parent, None
        if node.tail:
            yield parent, node.tail
        for sibling in node.itersiblings():
            yield from _texts(sibling)
            if sibling.tail:
                yield parent, sibling.tail
        node = parent


def _texts(top: HtmlElement, until: HtmlElement | None = None) -> Iterator[_Piece]:
    """Yield texts with the element that holds them; None for the end of a line."""
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if element is until:
            return
        plain = isinstance(element.tag, str)
        if not plain or element.tag not in _INLINE:
            yield element, None
        if event == "start" and (not plain or _is_hidden(element)):
            walk.skip_subtree()
        elif event == "start":
            yield element, element.text or ""
        if event == "end" and element is not top and element.tail:
            yield element.getparent(), element.tail


def _lines(pieces: Iterable[_Piece]) -> Iterator[Line]:
    """Yield what stands on one line each, from pieces of text and ends of lines."""
    line: Line = []
    for element, text in pieces:
        if text is None:
            if line:
                yield line
            line = []
        elif text.strip():
            line.append((element, " ".join(text.split())))
    if line:
        yield line


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _is_hidden(element: HtmlElement) -> bool:
    return element.tag in _HIDDEN or _OTHERS.search(_names(element)) is not None


def without_footer(tree: HtmlElement) -> HtmlElement:
    """Return the page without the site's own footer: what it says of dates is not of the article."""
    copied = deepcopy(tree)
    for element in [e for e in copied.iter() if isinstance(e.tag, str) and _is_footer(e)]:
        if element.getparent() is not None:
            element.drop_tree()
    return copied


def _is_footer(element: HtmlElement) -> bool:
    names = _names(element).lower()
    if element.tag != "footer" and _FOOTERS.isdisjoint(names.split()):
        return False
    within = [a.tag for a in element.iterancestors()]
    return "article" not in within and "main" not in within and not _OWN_FOOTER.search(names)


def is_of_others(element: HtmlElement) -> bool:
    """Return True for an element of other articles, of comments, events or the site itself."""
    return any(_is_hidden(e) for e in (element, *element.iterancestors()))
