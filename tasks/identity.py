"""Ids that depend on content alone, equal on every machine and in every run."""

from __future__ import annotations

from hashlib import blake2b

_SEPARATOR = b"\x1f"


def digest128(*parts: str) -> str:
    """Return 32 hex digits (BLAKE2b, 128 bit) of the parts, in their order.

    Parts are joined by the unit separator, which no clean text holds, so ("ab", "c") and
    ("a", "bc") differ.
    """
    data = _SEPARATOR.join(p.encode("utf-8", "surrogatepass") for p in parts)
    return blake2b(data, digest_size=16).hexdigest()


def article_id(source_uri: str, content_hash: str) -> str:
    """Return the id of an article: the same source and content give the same id."""
    return digest128("article", source_uri, content_hash)


def content_hash(title: str | None, body: str) -> str:
    """Return the hash of an article's clean text."""
    return digest128("content", title or "", body)
