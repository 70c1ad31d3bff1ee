"""Cuts a tagged sentence into noun groups, verb groups, marks: the pieces that are then attached."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.events.reader_romance.verbs import Auxiliaries, Group
from tasks.events.reader_romance.words import APOSTROPHE, Words

_PRE = frozenset({"DT", "PDT", "PRP$", "CD", "JJ"})
_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_MARKS = frozenset({"as", "if", "when", "so", "where"})
_PUNCT = {",": "comma", "``": "quote", ".": "stop", ":": "colon"}
_LABEL = {"DT": "det", "PDT": "det:predet", "PRP$": "nmod:poss", "CD": "nummod", "JJ": "amod"}


@dataclass(slots=True)
class Chunk:
    """One piece of a sentence.

    Attributes:
        kind: np, vp, adj, that, rel, mark, cc, rb, comma, quote, colon, stop or other.
        head: Its chief word; start, end: its words, the end not included.
        case: The preposition before it, or -1.
        group: What makes up a verb group.
    """

    kind: str
    head: int
    start: int
    end: int
    case: int = -1
    group: Group | None = None


class Chunker:
    """Makes chunks, and the arcs inside them."""

    def __init__(self, auxiliaries: Auxiliaries, times: frozenset[str]) -> None:
        self.auxiliaries = auxiliaries
        self._times = times

    def chunks(self, w: Words) -> list[Chunk]:
        """Return the chunks of a sentence, in order."""
        out: list[Chunk] = []
        i = 0
        while i < len(w.low):
            chunk = self._at(w, i)
            out.append(chunk)
            i = max(chunk.end, i + 1)
        return out

    def _at(self, w: Words, i: int) -> Chunk:
        tag, name = w.tags[i], w.names[i]
        if tag in ("FW", "HYPH") or w.low[i] == APOSTROPHE:
            return Chunk("other", i, i, i + 1)
        if tag in _PUNCT:
            return Chunk(_PUNCT[tag], i, i, i + 1)
        if tag == "CC":
            return Chunk("cc", i, i, i + 1)
        if tag in ("WP", "WDT", "WRB"):
            return Chunk("rel", i, i, i + 1)
        if tag == "IN" and name == "that":
            return Chunk("that", i, i, i + 1)
        if tag == "IN" and (name in _MARKS or _ends_in_that(w, i)):
            return Chunk("mark", i, i, _behind(w, i))
        if tag == "IN":
            return self._with_preposition(w, i)
        if tag == "JJ" and i and w.tags[i - 1] == "," and _has_complement(w, i):
            return Chunk("adj", i, i, i + 1)
        return self._verb(w, i) or self._noun(w, i) or Chunk("rb", i, i, i + 1)

    def _with_preposition(self, w: Words, i: int) -> Chunk:
        at = _behind(w, i)
        found = None
        if at < len(w.low):
            found = self._verb(w, at)
            if found is not None and w.tags[found.head] not in ("VB", "VBG"):
                finite = found.group is None or not found.group.is_infinite
                found = None if finite else found
            found = found or self._noun(w, at)
        if found is None:
            return Chunk("rb", i, i, at)
        found.case, found.start = i, i
        w.attach(i, found.head, "mark" if found.kind == "vp" else "case")
        return found

    def _verb(self, w: Words, i: int) -> Chunk | None:
        group = self.auxiliaries.group(w, i)
        return None if group is None else Chunk("vp", group.head, i, group.end, group=group)

    def _noun(self, w: Words, i: int) -> Chunk | None:
        before, j = [], i
        while j < len(w.low) and (_opens(w, j) or w.low[j] == APOSTROPHE):
            before.append(j)
            j += 1
        if j < len(w.low) and w.tags[j] == "``" and before and j + 1 < len(w.low):
            j += w.tags[j + 1] in _NOUN  # the "special operation"
        head = j if j < len(w.low) and w.tags[j] in _NOUN else self._nominalised(w, before, j)
        if head < 0:
            return None
        for k in before:
            if k != head:
                w.attach(k, head, _LABEL.get(w.tags[k], "punct"))
        return Chunk("np", head, i, self._after(w, head, max(j, head + 1)))

    def _nominalised(self, w: Words, before: list[int], j: int) -> int:
        """Read "los rusos", "tres heridos", "los dos": what stands for a noun that is not said."""
        participle = j < len(w.low) and w.tags[j] == "VBN" and before
        if participle:
            w.tags[j] = "NNS" if w.low[j].endswith("s") else "NN"
            return j
        for wanted in ("JJ", "CD"):
            for k in reversed(before):
                if w.tags[k] == wanted:
                    if wanted == "JJ":
                        w.tags[k] = "NNS" if w.low[k].endswith("s") else "NN"
                    return k
        return before[-1] if before and w.tags[before[-1]] in ("PDT", "DT") else -1

    def _after(self, w: Words, head: int, at: int) -> int:
        """Attach what follows a noun inside its group; return where the group ends."""
        if w.tags[head] == "PRP":
            return head + 1
        k, first = max(at, head + 1), -1
        while k < len(w.low):
            tag = w.tags[k]
            if tag in ("NNP", "NNPS"):
                w.attach(k, head, "flat")
            elif tag == "HYPH" and k + 1 < len(w.low) and w.tags[k + 1] in _NOUN | {"JJ"}:
                w.attach(k, head, "punct")
            elif tag in ("NN", "NNS"):
                if w.lemmas[k] in self._times:
                    break  # "avec Vladimir Poutine vendredi"
                w.attach(k, head, "flat" if w.low[k - 1] == "-" else "compound")
            elif tag == "JJ" or (tag == "VBN" and not _has_complement(w, k)):
                w.attach(k, head, "amod")
                first = k if first < 0 else first
            elif tag == "CD":
                if k + 1 < len(w.low) and w.tags[k + 1] in ("NN", "NNS", "CD"):
                    break  # it counts what follows: "a Ucrania dos baterías"
                w.attach(k, head, "nummod")
            elif tag == "FW" and w.low[k] == ".":
                pass
            elif tag == "CC" and first == k - 1 and _is_adjective(w, k + 1):
                w.attach(k, k + 1, "cc")
                w.attach(k + 1, first, "conj")
                k += 1
            else:
                break
            k += 1
        return k


def _opens(w: Words, j: int) -> bool:
    if w.tags[j] == "RB":
        return j + 1 < len(w.low) and w.tags[j + 1] == "CD"
    if w.tags[j] == "FW":
        return j > 0 and w.tags[j - 1] == "RB"
    return w.tags[j] in _PRE


def _behind(w: Words, i: int) -> int:
    """Return the word behind a phrase of grammar and its apostrophe."""
    k = i + 1
    while k < len(w.low) and (w.tags[k] == "FW" or w.low[k] == APOSTROPHE):
        k += 1
    return k


def _ends_in_that(w: Words, i: int) -> bool:
    end = _behind(w, i)
    return any(w.low[k] in ("que", "qu") for k in range(i + 1, end))


def _has_complement(w: Words, k: int) -> bool:
    return k + 1 < len(w.low) and w.tags[k + 1] in ("IN", "FW")


def _is_adjective(w: Words, k: int) -> bool:
    following = w.tags[k + 1] if k + 1 < len(w.low) else ""
    return k < len(w.low) and w.tags[k] == "JJ" and not following.startswith("NN")
