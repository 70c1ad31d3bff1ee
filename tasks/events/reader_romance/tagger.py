"""Tags the words of a Spanish or French sentence: words of grammar, forms known, endings, context."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.events.lexicon import Lexicon
from tasks.events.reader_romance.endings import guess
from tasks.events.reader_romance.grammar import Grammar, number_words
from tasks.events.reader_romance.morphology import FINITE, Morphology, Reading, plain
from tasks.events.reader_romance.words import APOSTROPHE, Words

_MARKS = {",": ",", ".": ".", "!": ".", "?": ".", "-": "HYPH", "(": "-LRB-", ")": "-RRB-"}
_QUOTES = frozenset("\"“”«»'‘’")
_BEFORE_NOUN = frozenset({"DT", "PDT", "PRP$", "CD", "IN", "JJ"})
_CONTRACTED = frozenset({"del", "al", "du", "au", "aux", "des"})
_OF_VERBS = frozenset({"inverting", "unaccusative"})  # classes of verbs
_ENCLITICS = ("los", "las", "les", "nos", "lo", "la", "le", "se")
_OPENERS = frozenset(
    {"that", "if", "so", "as", "when", "before", "after", "without", "who", "which"}
)
_TITLES = frozenset({"M", "MM", "Sr", "Sra", "Dra", "Gral", "Mons"})
_PARTICIPLES = ("u", "ue", "us", "ues", "i", "ie", "is", "ies", "it", "ite", "its", "ites")
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD"})


class Tagger:
    """Knows the forms of a language."""

    def __init__(self, grammar: Grammar, morphology: Morphology, lexicon: Lexicon) -> None:
        self.grammar = grammar
        self.lang = morphology.lang
        self._morphology = morphology
        verbs = {k[1] for k in (*lexicon.frames, *lexicon.operators) if k[0] == "v"}
        nouns = {k[1] for k in (*lexicon.frames, *lexicon.operators) if k[0] == "n"}
        nouns |= {w for c, words in lexicon.classes.items() if c not in _OF_VERBS for w in words}
        nouns |= {w for w in _named_in_frames(lexicon) if w not in verbs}
        verbs |= set(morphology.irregular())
        self._numbers = number_words(morphology.lang)
        self._compounds = _compounds(nouns)
        verbs |= {w for w in grammar.senses if morphology.is_infinitive(w) and w not in nouns}
        self._verbs = _index(p for v in sorted(verbs) for p in morphology.readings(v))
        self._nouns = _index(p for n in sorted(nouns) for p in morphology.noun_readings(n))
        adjectives = {k[1] for k in lexicon.operators if k[0] == "a"}
        self._adjectives = _index(
            p for a in sorted(adjectives) for p in morphology.adjective_readings(a)
        )

    def tag(self, w: Words) -> None:
        """Fill tags, names, lemmas and numbers."""
        shouting = sum(t.isupper() for t in w.text) * 2 > len(w.text)
        options = [self._options(w, i, shouting) for i in range(len(w.low))]
        i = 0
        while i < len(w.low):
            n = _title(w, i) or self._phrase(w, i) or self._compound(w, i)
            if n:
                i += n
                continue
            self._set(w, i, self._choose(w, i, options))
            i += 1

    def _phrase(self, w: Words, i: int) -> int:
        """Tag the longest phrase of grammar that begins here; return how many words it has."""
        for parts in self.grammar.phrases.get(w.low[i], ()):
            n = len(parts)
            if tuple(w.low[i : i + n]) == parts:
                key = " ".join(parts)
                w.tags[i], w.names[i] = self.grammar.tags[key][0], self.grammar.glosses[key][0]
                for k in range(i + 1, i + n):
                    w.tags[k], w.names[k] = "FW", ""
                    w.attach(k, i, "dep")
                return n
        return 0

    def _compound(self, w: Words, i: int) -> int:
        """Tag a noun written with hyphens (cessez-le-feu) as one word; return how many it has."""
        for lemma in self._compounds.get(w.low[i], ()):
            parts = _parts(lemma)
            n = len(parts)
            if tuple(w.low[i : i + n]) == parts:
                w.tags[i], w.names[i], w.lemmas[i], w.numbers[i] = "NN", lemma, lemma, "s"
                for k in range(i + 1, i + n):
                    w.tags[k], w.names[k] = "FW", ""
                    w.attach(k, i, "dep")
                return n
        return 0

    def _options(self, w: Words, i: int, shouting: bool) -> list[Reading]:
        """Return the readings of a word by itself, the likeliest first."""
        low, text = w.low[i], w.text[i]
        if not any(c.isalnum() for c in low):
            return [Reading(_mark(low), low, "")]
        if low[0].isdigit() or low in self._numbers:
            return [Reading("CD", low, "p")]
        tags = self.grammar.tags.get(low)
        verbs = self._known(self._verbs, low)
        nouns = self._known(self._nouns, low) + self._known(self._adjectives, low)
        if tags is not None and not (text.isupper() and len(text) > 1 and not shouting):
            known = [Reading(t, low, "") for t in tags]
            return known + [v for v in verbs if v.tag == "VBN" and tags[0] == "JJ"]
        capital = text[:1].isupper() and not shouting and not _starts(w, i)
        if capital:
            return nouns or [Reading("NNP", low, "")]
        found = [*nouns, *verbs]
        if found:
            return found
        if text[:1].isupper() and not shouting and not guess(low, self.lang)[0].tag.startswith("V"):
            return [Reading("NNP", low, "")]
        return self._guessed(low)

    def _guessed(self, low: str) -> list[Reading]:
        found = list(guess(low, self.lang))
        if found[0].tag in ("NN", "JJ"):
            singulars = self._morphology.singulars(low)
            if singulars:
                return [Reading("NNS", singulars[0], "p")]
        return found

    def _known(self, table: dict[str, list[Reading]], low: str) -> list[Reading]:
        """Return what a table says of a form; without accents only if no table has it with them."""
        found = table.get(low) or self._without_pronoun(table, low)
        if found is None and not any(low in t for t in (self._verbs, self._nouns)):
            found = table.get("~" + plain(low))
        return found or []

    def _without_pronoun(self, table: dict[str, list[Reading]], low: str) -> list[Reading] | None:
        """Read "liberarlos": Spanish writes pronouns behind an infinitive as one word with it."""
        if self.lang != "es" or table is not self._verbs:
            return None
        stem = next((low[: -len(e)] for e in _ENCLITICS if low.endswith(e)), "")
        found = [r for r in table.get(stem, ()) if r.tag == "VB"]
        return found or None

    def _set(self, w: Words, i: int, r: Reading) -> None:
        w.tags[i], w.lemmas[i], w.numbers[i] = r.tag, r.lemma, r.number
        names = self.grammar.glosses.get(w.low[i])
        if names and r.tag in (*self.grammar.tags[w.low[i]], "SOME"):
            w.names[i] = names[0]
            w.lemmas[i] = names[0]
        if r.tag == "SOME":  # "des soldats", "de nouvelles sanctions": an article
            w.tags[i], w.names[i] = "DT", "some"

    def _choose(self, w: Words, i: int, options: list[list[Reading]]) -> Reading:
        mine = options[i]
        if self.lang == "fr" and w.low[i] in ("des", "du", "de", "d"):
            return self._partitive(w, i, options)
        if mine[0].tag == "DT" and len(mine) > 1 and mine[1].tag == "PRP":
            return self._article(w, i, options)
        if w.low[i] == "en" and self.lang == "fr" and len(mine) > 1:
            after = _next(w, i)
            finite = after >= 0 and all(r.tag in FINITE for r in options[after])
            return mine[1] if finite else mine[0]
        before = _previous(w, i)
        lone = self.lang == "fr" and all(r.tag == "NN" for r in mine)
        if lone and w.low[i].endswith(_PARTICIPLES) and self._after_auxiliary(w, i):
            return Reading("VBN", w.low[i], "")  # a participle that no table knows
        if before >= 0 and w.tags[before] == "DT" and all(r.tag in FINITE for r in mine):
            return Reading("NN", w.low[i], "s")  # only a noun follows an article
        if all(r.tag == "VBP" for r in mine) and _OPENERS.isdisjoint(w.names[:i]):
            return Reading("NN", w.low[i], "s")  # no subjunctive without que: "largo alcance"
        if len(mine) == 1:
            return self._adapted(w, i, mine[0])
        return self._in_context(w, i, mine, options)

    def _article(self, w: Words, i: int, options: list[list[Reading]]) -> Reading:
        """Read "la" as the, or as her before a verb that can be nothing else."""
        before, after = _previous(w, i), _next(w, i)
        infinitive = after >= 0 and all(r.tag == "VB" for r in options[after])
        governed = before >= 0 and (
            (w.tags[before] == "IN" and w.names[before] != "that") or w.tags[before][:2] == "VB"
        )
        if after < 0 or (governed and not infinitive):
            return options[i][0]
        verbal = ("VB", *FINITE) if self.lang == "fr" else tuple(FINITE)
        if all(r.tag in verbal for r in options[after]):
            return options[i][1]
        return options[i][0]

    def _partitive(self, w: Words, i: int, options: list[list[Reading]]) -> Reading:
        """Read "des", "du", "de" as an article where nothing stands before that it could qualify."""
        before = _previous(w, i)
        tag = w.tags[before] if before >= 0 else ""
        some = Reading("SOME", w.low[i], "p")
        opening = before < 0 or tag in ("", ",", "CC", ":", "``", "IN") or tag.startswith("VB")
        if tag == "IN" and w.names[before] in ("according to", "about", "in_favour"):
            opening = False
        if w.low[i] in ("des", "du"):
            return some if opening else options[i][0]
        after = _next(w, i)
        counted = after >= 0 and options[after][0].tag == "JJ"  # "de nouvelles sanctions"
        return some if counted and opening else options[i][0]

    def _adapted(self, w: Words, i: int, r: Reading) -> Reading:
        """What follows a noun directly and is no name qualifies it: an adjective."""
        before = _previous(w, i)
        if before < 0 or r.tag not in ("NN", "NNS") or w.tags[before] not in ("NN", "NNS", "NNP"):
            return r
        known = w.low[i] in self._nouns or "~" + plain(w.low[i]) in self._nouns
        return r if known or w.text[i][:1].isupper() else Reading("JJ", r.lemma, r.number)

    def _in_context(
        self, w: Words, i: int, mine: list[Reading], options: list[list[Reading]]
    ) -> Reading:
        before = _previous(w, i)
        tag = w.tags[before] if before >= 0 else ""
        finite = [r for r in mine if r.tag in FINITE and not r.speaker]
        infinitive = [r for r in mine if r.tag == "VB"]
        participle = [r for r in mine if r.tag == "VBN"]
        nominal = [r for r in mine if r.tag in _NOMINAL]
        if participle and self._after_auxiliary(w, i):
            return participle[0]
        if before >= 0 and (tag == "PRP" or w.names[before] in ("not", "that", "who", "se")):
            return (finite or infinitive or mine)[0]
        after = _next(w, i)
        if infinitive and after >= 0 and any(r.tag == "VBN" for r in options[after]):
            return infinitive[0]  # "démenti avoir bombardé": the auxiliary, not the belongings
        if tag in _BEFORE_NOUN and nominal:
            return (infinitive if tag == "IN" and infinitive else nominal)[0]
        if tag in ("IN", "MD") and infinitive:
            return infinitive[0]
        if finite and nominal and participle == []:
            return finite[0] if self._is_predicate(w, i, finite[0], options) else nominal[0]
        if participle and nominal and tag in ("NN", "NNS", "NNP", ","):
            return participle[0]
        if nominal:
            return nominal[0]
        return (finite or participle or mine)[0]

    def _after_auxiliary(self, w: Words, i: int) -> bool:
        k = i - 1
        while k >= 0 and (w.tags[k] in ("RB", "PRP") or w.low[k] in (APOSTROPHE, "-")):
            k -= 1
        return k >= 0 and w.lemmas[k] in (
            "haber",
            "ser",
            "estar",
            "avoir",
            "être",
            "quedar",
            "resultar",
        )

    def _is_predicate(self, w: Words, i: int, verb: Reading, options: list[list[Reading]]) -> bool:
        """Say whether a word that may be noun or verb is the verb that the clause still lacks."""
        before, after = _previous(w, i), _next(w, i)
        if before < 0 or w.tags[before] not in ("NN", "NNS", "NNP", "JJ", ",", "RB"):
            return False
        if verb.tag in ("VBD", "VBF", "VBC"):
            return True
        rest = (options[k] for k in range(i + 1, len(options)))
        if any(all(r.tag in FINITE for r in o) for o in rest):
            return False
        if any(w.is_finite(k) for k in range(i)):
            return False
        follows = {r.tag for r in options[after]} if after >= 0 else {"."}
        return not follows.isdisjoint({"DT", "IN", "PDT", "PRP$", "CD", "NNP", "RB", "WDT"})


def _title(w: Words, i: int) -> int:
    """Tag "M." and "Sr." before a name as part of it; return how many words that are."""
    if w.text[i] not in _TITLES or i + 2 >= len(w.text) or w.low[i + 1] != ".":
        return 0
    if not w.text[i + 2][:1].isupper():
        return 0
    w.tags[i], w.tags[i + 1], w.names[i + 1] = "NNP", "FW", ""
    w.attach(i + 1, i, "dep")
    return 2


def _named_in_frames(lexicon: Lexicon) -> set[str]:
    """Return the nouns that frames ask for in the slots of their trigger."""
    conditions = (x for f in lexicon.rows for x in f.where if not {"mod", "adv"} & set(x.slots))
    return {v for x in conditions for v in x.values if v[0] not in "@~*"}


def _parts(lemma: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+|-", lemma))


def _compounds(nouns: Iterable[str]) -> dict[str, list[str]]:
    """Return first part -> nouns written with hyphens."""
    out: dict[str, list[str]] = {}
    for noun in sorted(n for n in nouns if "-" in n):
        out.setdefault(_parts(noun)[0], []).append(noun)
    return out


def _mark(low: str) -> str:
    if low in _QUOTES:
        return "``"
    return _MARKS.get(low, ":")


def _starts(w: Words, i: int) -> bool:
    k = i - 1
    while k >= 0 and not any(c.isalnum() for c in w.low[k]) and w.low[k] != ",":
        k -= 1
    return k < 0 or (i > 0 and w.low[i - 1] in ("“", "«", '"', ".", "¿", "¡"))


def _previous(w: Words, i: int) -> int:
    """Return the word before `i`; adverbs, quotation marks and apostrophes are passed over."""
    k = i - 1
    while k >= 0 and (w.tags[k] in ("RB", "``") or w.low[k] == APOSTROPHE):
        if w.names[k] == "not":
            return k
        k -= 1
    return k


def _next(w: Words, i: int) -> int:
    k = i + 1
    while k < len(w.low) and w.low[k] in (APOSTROPHE, '"', "«", "“"):
        k += 1
    return k if k < len(w.low) else -1


def _index(pairs: Iterable[tuple[str, Reading]]) -> dict[str, list[Reading]]:
    """Return form -> readings; under "~form" those of the form without accents."""
    out: dict[str, list[Reading]] = {}
    for form, reading in pairs:
        for key in (form, "~" + plain(form)):
            known = out.setdefault(key, [])
            if reading not in known:
                known.append(reading)
    for readings in out.values():
        # "fue" is was far more often than went.
        readings.sort(key=lambda r: (r.speaker, r.tag == "VBP", r.lemma == "ir"))
    return out
