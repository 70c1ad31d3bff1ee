"""HTML inside of fields that should be text, as feeds and interfaces deliver it."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from tasks.ingest.guard import Failed
from tasks.ingest.limits import Limits

_BLOCKS = frozenset(
    [
        *("p", "div", "br", "li", "tr", "ul", "ol", "table", "pre", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "figure", "figcaption"),
    ]
)
_MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|li|ul|h\d|blockquote)>|<br\s*/?>|<p>", re.IGNORECASE
)
# A tag with its quoted values, in which ">" does not end it; a script may hold what looks like one.
_TAG = re.compile(
    rb"<[A-Za-z][^\s>]*+(?:[^>=\"']++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']*+)|[\"'])*+"
)
_LONG_TAG = 1000  # shorter ones cannot hold many attributes
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_WORD = re.compile(rb"[^\s/=\"']++(?:\s*+=\s*+[^\s>]*+)?")
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{3,20})", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page or XML file declares in its first bytes."""
    match = _XML_ENCODING.search(data[:200]) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def overload_of(data: bytes, limits: Limits) -> str | None:
    """Return which limit of structure a page or fragment exceeds, or None.

    Attributes are about the words of a tag, quoted values aside; short tags are passed over.
    """
    if data.count(b"<") > 2 * limits.elements:
        return f"more than elements = {limits.elements}"
    if _most_words(data) > limits.attributes < _most_words(_SCRIPT.sub(b"", data)):
        return f"an element of more than attributes = {limits.attributes}"
    return None


def _most_words(data: bytes) -> int:
    tags = (m[0] for m in _TAG.finditer(data) if m.end() - m.start() > _LONG_TAG)
    return max((len(_WORD.findall(_QUOTED.sub(b'""', tag))) for tag in tags), default=0)


def has_markup(text: str) -> bool:
    """Return True if a field that should be text holds HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def markup_to_text(fragment: str, limits: Limits) -> str:
    """Return the text of a fragment of HTML, blocks on lines of their own.

    Scripts and styles are left out; what cannot be parsed is returned as it is.

    Raises:
        Failed: if it has more elements or attributes than the limits allow.
    """
    overload = overload_of(fragment.encode("utf-8", "replace"), limits)
    if overload is not None:
        raise Failed("too_large", overload)
    try:
        tree = lxml_html.fragment_fromstring(fragment.replace("\x00", ""), create_parent="div")
    except (etree.LxmlError, ValueError):
        return fragment
    etree.strip_elements(tree, "script", "style", "noscript", etree.Comment, with_tail=False)
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    return str(tree.text_content()).strip()
