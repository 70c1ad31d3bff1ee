"""E-mail: newsletters and wire copy as single messages (eml) or mailboxes (mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import MIMEPart

from tasks.ingest.decode import decode
from tasks.ingest.limits import Limits
from tasks.ingest.markup import markup_to_text
from tasks.ingest.readers.base import Format, Item, Options, lines_of, read_guarded
from tasks.ingest.record import Record, refuse
from tasks.ingest.source import Source

_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE
)  # fmt: skip
# The line before each message of a mailbox: sender or "-", then the time as C's asctime gives it.
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_SEPARATOR = re.compile(rb"From \S.*\b\d\d:\d\d\b.*\b\d{4}\b")
# Parsing a header takes quadratic time in its length, and a part of a message a millisecond.
_MAX_HEADER = 1 << 16
_MAX_PARTS = 1_000
_NEEDED = (b"\nfrom:", b"\nsubject:", b"\ndate:")


def recognise(head: bytes, suffix: str) -> bool:
    """Return True for the header of a message, or the line that opens one in a mailbox."""
    plain = head.replace(b"\r\n", b"\n")
    if _SEPARATOR.match(plain):
        plain = plain.split(b"\n", 1)[-1]
    match = _HEADER.match(plain)
    if match is None:
        return False
    header = b"\n" + match[0].lower()
    return all(name in header for name in _NEEDED)


def read(source: Source, limits: Limits, options: Options) -> Iterator[Item]:
    """Yield a record or a refusal for each message, counted from 1."""
    is_mailbox = _SEPARATOR.match(source.head) is not None
    for number, data in enumerate(_messages(source, limits), 1):
        if len(data) > limits.record_bytes:
            detail = f"more than record_bytes = {limits.record_bytes}"
            yield refuse(source.uri, number, "too_large", detail, n_bytes=len(data), raw=data[:800])
        else:
            number = number if is_mailbox else 0
            overload = _overload_of(data)
            if overload is not None:
                yield refuse(
                    source.uri, number, "too_large", overload, n_bytes=len(data), raw=data[:800]
                )
                continue
            yield from read_guarded(limits, _read_message, data, source.uri, number, limits)


def _overload_of(data: bytes) -> str | None:
    """Return what a message has too much of, or None."""
    match = _END_OF_HEADER.search(data)
    if (match.start() if match else len(data)) > _MAX_HEADER:
        return f"a header of more than {_MAX_HEADER} bytes"
    if data.count(b"\n--") > 2 * _MAX_PARTS and data.lower().count(b"boundary"):
        return f"more than {_MAX_PARTS} parts"
    return None


def _messages(source: Source, limits: Limits) -> Iterator[bytes]:
    """Yield the bytes of each message; of one that is too large only the beginning."""
    held: list[bytes] = []
    size = 0
    with source.open() as stream:
        for line in lines_of(stream, limits.record_bytes):
            if _SEPARATOR.match(line.data):
                if held:
                    yield b"\n".join(held)
                held, size = [], 0
            elif size <= limits.record_bytes:
                held.append(line.data)
                size += len(line.data) + 1
    if held:
        yield b"\n".join(held)


def _read_message(data: bytes, uri: str, number: int, limits: Limits) -> Iterator[Item]:
    try:
        message = message_from_bytes(data, policy=policy.default)
        part = message.get_body(preferencelist=("plain", "html"))
        content, repairs = _content(part) if part is not None else ("", {})
        is_html = part is not None and part.get_content_subtype() == "html"
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, KeyError) as error:
        detail = f"{type(error).__name__}: {error}"
        yield refuse(uri, number, "malformed", detail, n_bytes=len(data), raw=data[:800])
        return
    text = markup_to_text(content, limits) if is_html else content
    if not text.strip():
        yield refuse(uri, number, "no_text", "a message without text", n_bytes=len(data), raw=data[:800])  # fmt: skip
        return
    sender = str(message.get("From", ""))
    address = re.search(r"@([\w.-]+)", sender)
    yield Record(
        uri=uri,
        number=number,
        n_bytes=len(data),
        text=text,
        title=str(message.get("Subject", "")) or None,
        identity=str(message.get("Message-ID", "")).strip(" <>") or None,
        publisher=address[1] if address else sender or None,
        author=sender.split("<")[0].strip(' "') or None,
        published=str(message.get("Date", "")) or None,
        published_field="Date",
        repairs=repairs,
    )


def _content(part: MIMEPart) -> tuple[str, dict[str, int]]:
    """Return the text of a part, and what decoding it repaired."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_content()), {}
    return decode(data, part.get_content_charset())


FORMAT = Format("e-mail", recognise, read)
