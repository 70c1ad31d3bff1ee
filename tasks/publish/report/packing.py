"""Ways to put data into a page so that no text in it can ever act as HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib

from markupsafe import Markup

# The default of zlib: level 9 takes three times as long and saves a hundredth.
LEVEL = 6


def pack(text: bytes) -> str:
    """Return the bytes deflated (RFC 1950), in base64."""
    return base64.b64encode(zlib.compress(text, LEVEL)).decode("ascii")


def embed_json(value: object) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))


def embed_script(code: str) -> Markup:
    """Return code that cannot end its element, with the line ends that a browser hashes."""
    plain = re.sub(r"<(/script|!--)", r"<\\\1", code.replace("\r\n", "\n"), flags=re.IGNORECASE)
    return Markup(plain)
