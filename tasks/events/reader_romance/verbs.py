"""Verb groups: negation, pronouns before the verb, auxiliaries, modals, and the verb itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.events.reader_romance.morphology import FINITE
from tasks.events.reader_romance.words import APOSTROPHE, Words
from tasks.events.tables import SEEDS, read_table

_CLITICS = frozenset(
    [
        "se",
        "le",
        "les",
        "la",
        "lo",
        "los",
        "las",
        "nos",
        "me",
        "l",
        "s",
        "m",
        "te",
        "y",
        "en",
        "lui",
        "leur",
        "nous",
    ]
)
_FORM = {"part": ("VBN",), "inf": ("VB",), "ger": ("VBG",)}
_SUBJECTS = frozenset({"il", "elle", "ils", "elles", "on", "je", "nous", "t"})


@dataclass(slots=True)
class Group:
    """One verb with its auxiliaries.

    Attributes:
        head: The full verb.
        end: Behind the last word.
        finite: The word that carries the tense: the first auxiliary, else the verb.
        passive: The participle stands after be.
        reflexive: The word se, or -1.
        objects: Pronouns before the verb other than se.
        is_infinite: No finite verb in it.
    """

    head: int
    end: int
    finite: int
    passive: bool = False
    reflexive: int = -1
    is_infinite: bool = False
    objects: list[int] = field(default_factory=list)


class Auxiliaries:
    """The table of auxiliaries of a language."""

    def __init__(self, lang: str, unaccusative: frozenset[str]) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {}
        for row in read_table(SEEDS / "lexicon" / lang / "auxiliaries.csv"):
            self._rows.setdefault(row["verb"], []).append(row)
        self._unaccusative = unaccusative

    def group(self, w: Words, i: int) -> Group | None:
        """Return the verb group that begins at word `i`, its arcs made, or None."""
        j, before = self._leading(w, i)
        if j >= len(w.low) or not w.tags[j].startswith("VB") or (w.tags[j] == "VBN" and before):
            return None
        chain, end = [j], j + 1
        kinds: list[dict[str, str]] = []
        while (step := self._step(w, chain[-1], end)) is not None:
            row, following, end = step
            kinds.append(row)
            chain.append(following)
        g = Group(chain[-1], end, chain[0], is_infinite=w.tags[chain[0]] not in FINITE)
        self._arcs(w, g, chain, kinds, before)
        return g

    def _leading(self, w: Words, i: int) -> tuple[int, list[int]]:
        """Skip negation and pronouns before a verb; return where the verb must stand."""
        before: list[int] = []
        j = i
        while j < len(w.low):
            negation = w.tags[j] == "RB" and (w.names[j] == "not" or w.low[j] in ("ne", "n"))
            clitic = w.tags[j] == "PRP" and w.low[j] in _CLITICS
            if not (negation or clitic or (w.low[j] == APOSTROPHE and before)):
                break
            before.append(j)
            j += 1
        return j, before

    def _step(self, w: Words, i: int, end: int) -> tuple[dict[str, str], int, int] | None:
        """Return the auxiliary's row, the verb that follows it, and where the group then ends."""
        for row in self._rows.get(w.lemmas[i], ()):
            k = end
            while k < len(w.low) and self._may_stand_between(w, k):
                k += 1
            link = k
            if row["link"]:
                if k >= len(w.low) or w.low[k] not in (row["link"], row["link"][:1]):
                    continue
                k += 1
                while k < len(w.low) and (w.low[k] == APOSTROPHE or w.low[k] in _CLITICS):
                    k += 1
            if k < len(w.low) and w.tags[k] in _FORM[row["follows"]]:
                if row["link"]:
                    w.attach(link, i, "fixed")
                    w.tags[link], w.names[link] = "FW", ""
                return row, k, k + 1
        return None

    def _may_stand_between(self, w: Words, k: int) -> bool:
        if w.tags[k] == "RB" or w.low[k] in (APOSTROPHE, "-"):
            return True
        if w.tags[k] == "PDT" or w.low[k] in _SUBJECTS:
            return k > 0 and w.low[k - 1] == "-"
        return w.tags[k] == "PRP" and w.low[k] in _CLITICS

    def _arcs(
        self, w: Words, g: Group, chain: list[int], rows: list[dict[str, str]], before: list[int]
    ) -> None:
        for word, row in zip(chain, rows, strict=False):
            self._auxiliary(w, g, word, row)
        inside = range(before[0] if before else chain[0], g.end)
        denied = any(w.low[k] in ("ne", "n") and w.tags[k] == "RB" for k in before)
        for k in (*inside, *_negators(w, g.end, denied)):
            self._particle(w, g, k, denied)

    def _auxiliary(self, w: Words, g: Group, word: int, row: dict[str, str]) -> None:
        kind, tag = row["kind"], w.tags[word]
        perfect = kind == "passive" and (w.lemmas[g.head] in self._unaccusative or _has_se(w, word))
        passive = kind == "passive" and not perfect and w.tags[g.head] == "VBN"
        w.names[word] = _name(row, tag, perfect)
        if kind == "modal" or tag in ("VBF", "VBC"):
            w.tags[word] = "MD"
        g.passive = g.passive or passive
        w.attach(word, g.head, "aux:pass" if passive else "aux")

    def _particle(self, w: Words, g: Group, k: int, denied: bool) -> None:
        if k == g.head or w.heads[k] >= 0:
            return
        if w.tags[k] == "RB":
            if denied and w.low[k] in ("pas", "plus", "jamais", "point"):
                w.names[k] = "not"
            w.attach(k, g.head, "advmod")
        elif w.names[k] == "se":
            g.reflexive = k
            w.attach(k, g.head, "expl")
        elif w.tags[k] == "PRP" and w.low[k] in _CLITICS:
            g.objects.append(k)
        elif w.low[k] in _SUBJECTS:
            w.attach(k, g.head, "nsubj" if w.low[k] != "t" else "punct")
        else:
            w.attach(k, g.head, "punct")


def _negators(w: Words, end: int, denied: bool) -> list[int]:
    """Return the "pas" behind a simple verb: "ne participera pas"."""
    if not denied or end >= len(w.low):
        return []
    return [end] if w.low[end] in ("pas", "plus", "jamais", "point") else []


def _has_se(w: Words, word: int) -> bool:
    k = word - 1
    while k >= 0 and (w.low[k] == APOSTROPHE or w.tags[k] == "RB"):
        k -= 1
    return k >= 0 and w.names[k] == "se"


def _name(row: dict[str, str], tag: str, perfect: bool) -> str:
    """Return what the rules call an auxiliary in its tense."""
    if tag == "VBC":
        return row["conditional"]
    if tag == "VBF":
        return "will"
    if perfect:
        return "had" if tag == "VBD" else "has"
    return row["past"] if tag == "VBD" else row["name"]
