"""Cuts a tagged sentence into chunks: noun groups, verb groups, predicates, and small words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_MODIFIER = frozenset(
    {"DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "$", "#", "AFX"}
)
_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
_OPENS = frozenset({"DT", "PDT", "PRP$"})
_RELATIVE = frozenset({"who", "whom", "which"})
_ALONE = frozenset({"PRP", "EX", "WP"})
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get"})
_GET = frozenset({"get", "gets", "got", "getting"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "'d"})
_DO = frozenset({"do", "does", "did"})
_LINKING = BE - {"get"} | {"become", "becomes", "became", "remain", "remains", "remained"}


class Kind(Enum):
    """What a chunk is."""

    NOUN = "noun group"
    VERB = "verb group"
    PREDICATE = "adjective"
    PREPOSITION = "preposition"
    MARK = "subordinator"
    RELATIVE = "relative pronoun"
    AND = "conjunction"
    COMMA = "mark"
    ADVERB = "adverb"


@dataclass(slots=True)
class Chunk:
    """Words `start` to `end` (behind the last) with their head.

    Attributes:
        finite: Of a verb group: whether it has a tense or a modal.
        to: Whether it is an infinitive with "to".
        passive: Whether be or get and a participle.
        linking: Whether its verb is "be" or the like, and wants a predicate.
    """

    kind: Kind
    start: int
    end: int
    head: int
    finite: bool = False
    to: bool = False
    passive: bool = False
    linking: bool = False


def chunks(low: list[str], tags: list[str]) -> list[Chunk]:
    """Return the chunks of a sentence, in order; every word is in one."""
    out: list[Chunk] = []
    i = 0
    while i < len(tags):
        chunk = _verb(low, tags, i) or _noun(low, tags, i) or _small(low, tags, i)
        out.append(chunk)
        i = chunk.end
    return out


def _verb(low: list[str], tags: list[str], i: int) -> Chunk | None:
    """Read "has not been killed", "will meet", "to attack"."""
    start, to = i, tags[i] == "TO" or (low[i] == "to" and tags[i] == "IN")
    if to:
        i += 1
        while i < len(tags) and tags[i] == "RB":
            i += 1
        if i == len(tags) or tags[i] != "VB":
            return None
    if not (tags[i] == "MD" or tags[i][:2] == "VB"):
        return None
    verbs = [i]
    while (after := _next_verb(low, tags, verbs[-1])) > 0:
        verbs.append(after)
    head, first = verbs[-1], tags[verbs[0]]
    passive = len(verbs) > 1 and low[verbs[-2]] in BE | _GET and tags[head] == "VBN"
    finite = not to and first in ("MD", "VBD", "VBZ", "VBP")
    linking = low[head] in _LINKING
    return Chunk(Kind.VERB, start, head + 1, head, finite, to, passive, linking)


def _next_verb(low: list[str], tags: list[str], i: int) -> int:
    """Return the verb that belongs to the auxiliary `i`, or -1."""
    k = i + 1
    while k < len(tags) and tags[k] in ("RB", "RBR"):
        k += 1
    if k == len(tags):
        return -1
    word, tag = low[i], tags[k]
    if tags[i] == "MD":
        fits = tag in ("VB", "VBP")
    elif word in BE or (word in _GET and tag == "VBN"):
        fits = tag in ("VBN", "VBG", "VBD")
    elif word in HAVE:
        fits = tag in ("VBN", "VBD")
    else:
        fits = word in _DO and tag in ("VB", "VBP")
    return k if fits else -1


def _noun(low: list[str], tags: list[str], i: int) -> Chunk | None:
    """Read "the two Russian soldiers", "Ukraine's president", "he"."""
    if tags[i] in _ALONE and low[i] not in _RELATIVE:
        return Chunk(Kind.NOUN, i, i + 1, i)
    end, head = i, -1
    while end < len(tags) and _goes_on(tags, i, end, head):
        if tags[end] in _NOUN:
            head = end
        elif tags[end] == "POS":
            head = -1
        end += 1
    if end == i:
        return None
    while end > i + 1 and tags[end - 1] in ("RB", "CC", "HYPH", ","):
        end -= 1
    if head < 0:
        numbers = [k for k in range(i, end) if tags[k] == "CD" or tags[k] in ("NN", "DT", "PRP$")]
        if not numbers or (tags[end - 1][:2] == "JJ" and tags[i] not in _OPENS):
            return Chunk(Kind.PREDICATE, i, end, end - 1)
        head = end - 1
    return Chunk(Kind.NOUN, i, end, head)


def _goes_on(tags: list[str], start: int, k: int, head: int) -> bool:
    tag, after = tags[k], tags[k + 1] if k + 1 < len(tags) else ""
    if tag in _OPENS:
        return k == start or (tags[k - 1] in ("PDT", "POS") or (tags[start:k] == ["DT"]))
    if tag in _MODIFIER:
        return not (tag[:2] == "JJ" and head >= 0 and after not in _NOUN)
    inner = k > start
    if tag == "POS":
        return inner
    if tag in ("VBN", "VBG"):
        return head < 0 and after in _NOUN and (inner or tag == "VBN")
    if tag == "HYPH":
        return inner and after in _MODIFIER | {"VBN", "VBG"}
    if tag == "RB":
        return head < 0 and after in ("JJ", "CD", "VBN", "JJR")
    return tag == "CC" and head < 0 and inner and tags[k - 1] == "JJ" and after == "JJ"


def _small(low: list[str], tags: list[str], i: int) -> Chunk:
    tag, word = tags[i], low[i]
    kind = Kind.ADVERB
    if tag == "CC":
        kind = Kind.AND
    elif tag in ("WDT", "WP$") or word in _RELATIVE:
        kind = Kind.RELATIVE
    elif tag == "WRB" or (tag == "IN" and word in _MARKS):
        kind = Kind.MARK
    elif tag in ("IN", "TO") or (tag == "RP" and word in ("into", "upon")):
        kind = Kind.PREPOSITION
    elif not word[0].isalnum():
        kind = Kind.COMMA
    return Chunk(kind, i, i + 1, i)


_MARKS = frozenset(
    {
        "that",
        "if",
        "because",
        "although",
        "though",
        "while",
        "unless",
        "whether",
        "since",
        "so",
        "whereas",
        "once",
        "until",
        "lest",
    }
)
