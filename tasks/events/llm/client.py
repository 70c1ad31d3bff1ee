"""Asks an OpenAI-compatible endpoint, once a question."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

import httpx
import orjson

from tasks.errors import UserError
from tasks.events.llm.options import LlmOptions, prompt_digest
from tasks.events.llm.prompt import question
from tasks.events.llm.store import Store

TRIES = 4
_WAIT = 0.5  # seconds before the second try; doubled for each more
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST = 4 << 20  # bytes of an answer


@cache
def _store(path: str) -> Store:
    return Store(path)


def ask(options: LlmOptions, sentences: Sequence[str]) -> str:
    """Return what the model says of the sentences, from the cache where it was asked before.

    Raises:
        UserError: if the endpoint cannot be used, or the calls of the run are spent. Answers so
            far are kept.
    """
    store, key = _store(options.cache), _key(options, sentences)
    known = store.get(key)
    if known is not None:
        return known
    if not store.count_call(options.run, options.max_calls):
        raise UserError(
            f"the model was asked llm_max_calls = {options.max_calls} times in this run",
            "Its answers are kept: run again to go on, or raise llm_max_calls.",
        )
    answer = _content(_post(options, question(options, sentences)), options)
    store.put(key, options.model, answer)
    return answer


def _key(options: LlmOptions, sentences: Sequence[str]) -> str:
    parts = [prompt_digest(), options.model, *sentences]
    return blake2b(orjson.dumps(parts), digest_size=16).hexdigest()


def _post(options: LlmOptions, body: dict[str, Any]) -> httpx.Response:
    address = f"{options.endpoint}/chat/completions"
    headers = {"authorization": f"Bearer {options.key}"} if options.key else {}
    said = ""
    for n in range(TRIES):
        if n:
            time.sleep(_WAIT * 2 ** (n - 1))
        try:
            answer = httpx.post(address, json=body, headers=headers, timeout=options.seconds)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise _unusable(options, str(error)) from error
        except httpx.HTTPError as error:
            said = str(error) or type(error).__name__
            continue
        if answer.is_success:
            return answer
        said = f"{answer.status_code} {answer.reason_phrase}: {answer.text[:200]}"
        if answer.status_code not in _BUSY:
            break
    raise _unusable(options, said)


def _unusable(options: LlmOptions, said: str) -> UserError:
    return UserError(
        f"{options.endpoint}: the model does not answer: {said}",
        'Check llm_endpoint, llm_model and DEMARCHE_LLM_KEY, or set coder = "rules".',
    )


def _content(answer: httpx.Response, options: LlmOptions) -> str:
    if len(answer.content) > _LONGEST:
        raise _unusable(options, f"an answer of {len(answer.content):,} bytes")
    try:
        return str(orjson.loads(answer.content)["choices"][0]["message"]["content"] or "")
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise _unusable(options, f"no chat completion: {answer.text[:200]}") from error
