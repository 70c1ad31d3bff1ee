"""What a model is asked, and the form that its answer must have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson

from tasks.events.llm.options import PROMPT, LlmOptions
from tasks.events.ontology import cameo_codes

STATUSES = ("actual", "planned", "hypothetical", "negated", "denied")
MAX_TOKENS = 4_096  # of an answer: some forty events


def _text(*, null: bool) -> dict[str, Any]:
    return {"type": ["string", "null"]} if null else {"type": "string"}


_FIELDS: dict[str, Any] = {
    "sentence": {"type": "integer"},
    "trigger": _text(null=False),
    "source": _text(null=True),
    "target": _text(null=True),
    "cameo": {"type": "string", "enum": sorted(cameo_codes())},
    "status": {"type": "string", "enum": list(STATUSES)},
    "mutual": {"type": "boolean"},
    "date": _text(null=True),
    "place": _text(null=True),
    "said_by": _text(null=True),
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _FIELDS,
                "required": list(_FIELDS),
                "additionalProperties": False,
            },
        }
    },
    "required": ["events"],
    "additionalProperties": False,
}
SCHEMA_TEXT = orjson.dumps(SCHEMA, option=orjson.OPT_SORT_KEYS).decode()


@cache
def system_prompt() -> str:
    """Return the instructions, with the code list of seeds/ontology/cameo.csv."""
    codes = "\n".join(f"{code} {c.label}" for code, c in sorted(cameo_codes().items()))
    return PROMPT.read_text(encoding="utf-8").replace("{codes}", codes)


def question(options: LlmOptions, sentences: Sequence[str]) -> dict[str, Any]:
    """Return the body of a chat completion request about sentences, numbered from 0."""
    numbered = "\n".join(f"[{n}] {' '.join(s.split())}" for n, s in enumerate(sentences))
    return {
        "model": options.model,
        "temperature": 0,
        "seed": 0,
        "max_tokens": MAX_TOKENS,
        "messages": [
            {"role": "system", "content": system_prompt()},
            {"role": "user", "content": numbered},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "events", "strict": True, "schema": SCHEMA},
        },
    }
