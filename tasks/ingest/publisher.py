"""Who published an article: the registrable domain of its URL, else the name as given."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import urlsplit

from tld import get_fld

from tasks.ingest.clean import clean_line

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}", re.UNICODE)


def publisher_of(url: str | None, name: str | None) -> str | None:
    """Return the publisher in lower case, or None.

    The registrable domain follows the public suffix list as bundled with `tld`: bbc.co.uk, not
    co.uk; foo.github.io, since each of its subdomains is someone else's.

    Args:
        url: Address of the article.
        name: Publisher as the record gives it: a domain or a name.
    """
    domain = registrable_domain(url) if url else None
    if domain:
        return domain
    given = clean_line(name)
    if given is None:
        return None
    low = given.lower()
    if _DOMAIN.fullmatch(low) or "://" in low:
        return registrable_domain(low) or low
    return low


@lru_cache(maxsize=65536)
def _domain_of_host(host: str) -> str | None:
    fld = get_fld(f"http://{host}", fail_silently=True)
    if fld:
        return str(fld)
    if host.replace(".", "").isdigit():
        return None
    # The list's own default rule: a top-level domain that it does not name is a public suffix.
    return ".".join(host.split(".")[-2:])


def registrable_domain(url: str) -> str | None:
    """Return the registrable domain of a URL or host name, or None if it has none."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    with suppress(UnicodeError):
        host = host.encode("ascii").decode("idna")
    return _domain_of_host(host.strip("."))


def web_address(url: str | None) -> str | None:
    """Return a URL if it is one of http or https, without blanks around it; else None."""
    text = clean_line(url)
    if text is None or " " in text:
        return None
    if text.startswith("//"):
        text = f"https:{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme.lower() in ("http", "https") and parts.netloc else None
