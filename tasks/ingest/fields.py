"""Field names of records: news-please, NewsAPI, feeds and plain usage, mapped to one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tasks.ingest.dates import is_date
from tasks.ingest.guard import Failed, guarded
from tasks.ingest.limits import Limits
from tasks.ingest.markup import has_markup, markup_to_text
from tasks.ingest.record import Record, Refusal, refuse

# In each line the first name that is present and not empty wins; names are compared in lower
# case with "-" and " " read as "_".
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "maintext",
        "text",
        "body",
        "body_text",
        "content",
        "article_text",
        "full_text",
        "fulltext",
        "article",
        "raw_text",
        "bodies",
        "body_html",
        "body_xhtml",
        "content_html",
        "description",
        "description_text",
        "summary",
    ),
    "title": ("title", "headline", "headlines", "head", "header"),
    "published": (
        "date_publish",
        "published_at",
        "publishedat",
        "published",
        "date_published",
        "publish_date",
        "publication_date",
        "published_date",
        "pub_date",
        "pubdate",
        "datepublished",
        "versioncreated",
        "firstcreated",
        "datetime",
        "timestamp",
        "date",
    ),
    "url": ("url", "link", "canonical_url", "article_url", "source_url"),
    "identity": ("id", "uri", "guid", "article_id", "doc_id", "document_id", "_id"),
    "publisher": (
        "source_domain",
        "publisher",
        "source",
        "source_name",
        "outlet",
        "media",
        "domain",
        "provider",
        "newspaper",
        "infosource",
        "infosources",
    ),
    "author": ("author", "authors", "byline", "creator", "by"),
    "lang": ("lang", "language"),
    "tags": ("tags", "keywords", "categories", "category", "section", "subject", "subjects"),
}
# Short fields that NewsAPI and feeds cut off: used only when there is no longer text.
_LONG = 20_000  # markup of fewer characters cannot take long
_TEASERS = ("description", "description_text", "summary")


def record_of(
    data: Mapping[str, Any],
    uri: str,
    number: int,
    n_bytes: int,
    limits: Limits,
    *,
    mapping: Mapping[str, str] | None = None,
) -> Record | Refusal:
    """Return the record that a mapping of field names to values holds.

    Args:
        data: Fields as read.
        uri: File it was read from.
        number: Line or row, from 1.
        n_bytes: Its size in bytes.
        limits: Most elements and attributes of markup in it; time and memory to undo that.
        mapping: The user's own names, from our field (`text`, `title`, ...) to theirs.
    """
    try:
        return _record_of(Fields(data, mapping or {}), data, uri, number, n_bytes, limits)
    except Failed as failed:
        return refuse(uri, number, failed.reason, failed.detail, n_bytes=n_bytes)
    except Exception as error:  # of one record: the next ones are read
        detail = f"{type(error).__name__}: {error}"
        return refuse(uri, number, "malformed", detail, n_bytes=n_bytes)


def _record_of(
    fields: Fields, data: Mapping[str, Any], uri: str, number: int, n_bytes: int, limits: Limits
) -> Record | Refusal:
    text = fields.text("text")
    if text is None:
        names = ", ".join(sorted(str(k) for k in data))[:200]
        return refuse(uri, number, "no_text", f"fields: {names or 'none'}", n_bytes=n_bytes)
    if has_markup(text):
        if len(text) > _LONG:
            text = guarded(limits, markup_to_text, text, limits)
        else:
            text = markup_to_text(text, limits)
    published_field, published = fields.published()
    return Record(
        uri=uri,
        number=number,
        n_bytes=n_bytes,
        text=text,
        title=fields.text("title"),
        url=fields.text("url"),
        identity=fields.text("identity"),
        publisher=fields.text("publisher"),
        author=fields.text("author"),
        published=plain_value(published),
        published_field=published_field,
        lang=fields.text("lang"),
        tags=tuple(fields.texts("tags")),
    )


class Fields:
    """Looks fields up by the names that they go by."""

    def __init__(self, data: Mapping[str, Any], mapping: Mapping[str, str]) -> None:
        self._data = {_key(name): value for name, value in data.items()}
        self._mapping = mapping

    def first(self, field: str) -> tuple[str, Any]:
        """Return the name and value of the first name of a field that is not empty."""
        own = self._mapping.get(field)
        for name in (_key(own),) if own else NAMES[field]:
            value = self._data.get(name)
            if value is not None and value == value and value not in ("", [], {}):  # NaN is none
                return name, value
        return "", None

    def published(self) -> tuple[str, Any]:
        """Return the name and value of the first field of publication that states a date."""
        own = self._mapping.get("published")
        for name in (_key(own),) if own else NAMES["published"]:
            if is_date(plain_value(self._data.get(name))):
                return name, self._data[name]
        return self.first("published")

    def text(self, field: str) -> str | None:
        """Return a field as text: a number as written, the name of an object, lists joined."""
        if field == "text":
            return self._longest_text()
        return _as_text(self.first(field)[1])

    def texts(self, field: str) -> list[str]:
        """Return a field as a list of texts; one text is split at commas and semicolons."""
        value = self.first(field)[1]
        if isinstance(value, str):
            return [
                part for part in (p.strip() for p in value.replace(";", ",").split(",")) if part
            ]
        if isinstance(value, Sequence):
            return [text for text in map(_as_text, value) if text]
        return []

    def _longest_text(self) -> str | None:
        """Return the text: the first full field, or the longer of two teasers."""
        own = self._mapping.get("text")
        names = (_key(own),) if own else NAMES["text"]
        values = {name: _as_text(_longest_value(self._data.get(name))) for name in names}
        full = next((v for n, v in values.items() if v and n not in _TEASERS), None)
        teasers = [v for n, v in values.items() if v and n in _TEASERS]
        if full is None or (full.rstrip().endswith("chars]") and teasers):
            return max([*teasers, *([full] if full else [])], key=len, default=None)
        return full


def plain_value(value: Any) -> object:
    """Return a date field as text, number, date or datetime; None for anything else."""
    if isinstance(value, str | int | float | date | datetime):
        return value
    if isinstance(value, Mapping):
        return plain_value(value.get("$date") or value.get("date"))
    return None


def _key(name: object) -> str:
    return str(name).strip().lower().replace("-", "_").replace(" ", "_")


def _longest_value(value: Any) -> Any:
    """Return the longest text of a list of variants, as ninjs has them: {"value": ...}."""
    if not isinstance(value, list) or not all(
        isinstance(v, Mapping) and "value" in v for v in value
    ):
        return value
    return max((str(v["value"]) for v in value), key=lambda text: (len(text), text), default=None)


def _as_text(value: Any) -> str | None:
    if isinstance(value, str):
        return (value.strip() and value) or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value) if value == value else None
    if isinstance(value, Mapping):
        return _as_text(
            value.get("name") or value.get("domain") or value.get("id") or value.get("value")
        )
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        parts = [part for part in map(_as_text, value) if part]
        return ", ".join(parts) or None
    return None
