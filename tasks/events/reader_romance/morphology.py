"""Forms of Spanish and French words: those of a lemma, and the readings of a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tasks.events.reader_romance.conjugation import Conjugator, Form, load_conjugator

_TAG = {
    "inf": "VB",
    "ger": "VBG",
    "part": "VBN",
    "pres": "VBZ",
    "past": "VBD",
    "impf": "VBD",
    "fut": "VBF",  # tags of our own: the future and the conditional, which English says in two words
    "cond": "VBC",
    "subj": "VBP",
    "subjpast": "VBP",
}
FINITE = frozenset({"VBZ", "VBD", "VBF", "VBC", "VBP"})


class Reading(NamedTuple):
    """One reading of a form: its tag, lemma, number (s, p or nothing); whether it says I or we."""

    tag: str
    lemma: str
    number: str
    speaker: bool = False


def plain(word: str) -> str:
    """Return the word without accents: texts in capitals, and many wires, have none."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


def bare(lemma: str) -> str:
    """Return a verb without its reflexive pronoun: reunirse, se_rendre."""
    if lemma.endswith("rse"):
        return lemma[:-2]
    return lemma[3:] if lemma.startswith("se_") else lemma


class Morphology:
    """The inflection of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._conjugator: Conjugator = load_conjugator(lang)

    def conjugated(self, lemma: str) -> list[Form]:
        """Return all forms of a verb, pronouns left out."""
        return list(self._conjugator.forms(bare(lemma)))

    def readings(self, lemma: str) -> list[tuple[str, Reading]]:
        """Return the forms of a verb with what they say."""
        out = []
        for text, tense, person in self.conjugated(lemma):
            tag = _TAG[tense]
            finite = tag in FINITE
            number = ("p" if person > 1 else "s") if finite or tag == "VBN" else ""
            out.append((text, Reading(tag, bare(lemma), number, finite and person in (0, 2))))
        if self.lang == "es" and lemma.endswith("rse"):
            out.append((lemma, Reading("VB", lemma, "")))
        return out

    def verb_forms(self, lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Return all forms of a verb, also without accents; with its pronoun where it is reflexive."""
        forms = {f.text for f in self.conjugated(lemma)} | set(irregular.get(lemma, ()))
        if self.lang == "es":
            forms |= {f + "se" for f in forms if f.endswith(("ar", "er", "ir", "ír"))}
            forms |= {f[:-3] + e for f in forms if f.endswith("ndo") for e in ("ándose", "éndose")}
        forms |= {plain(f) for f in forms}
        return forms or {lemma}

    def noun_forms(self, lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Return singular and plural of a noun, also without accents."""
        forms = {lemma, *irregular.get(lemma, (self._plural(lemma),))}
        return forms | {plain(f) for f in forms}

    def irregular(self) -> list[str]:
        """Return the verbs that have rows of their own."""
        return sorted(self._conjugator.irregular)

    def is_infinitive(self, word: str) -> bool:
        """Say whether a word looks like an infinitive."""
        endings = ("ar", "er", "ir", "ír") if self.lang == "es" else ("er", "ir", "re")
        return bare(word).endswith(endings)

    def noun_readings(self, lemma: str) -> list[tuple[str, Reading]]:
        """Return singular and plural of a noun with what they say."""
        many = self._plural(lemma)
        return [(lemma, Reading("NN", lemma, "s")), (many, Reading("NNS", lemma, "p"))]

    def adjective_readings(self, lemma: str) -> list[tuple[str, Reading]]:
        """Return the forms of an adjective with what they say."""
        forms = [(lemma, "s"), (self._plural(lemma), "p")]
        if self.lang == "es" and lemma.endswith("o"):
            forms += [(lemma[:-1] + "a", "s"), (lemma[:-1] + "as", "p")]
        if self.lang == "fr":
            forms += [(lemma + "e", "s"), (lemma + "es", "p")]
        return [(form, Reading("JJ", lemma, number)) for form, number in forms]

    def _plural(self, lemma: str) -> str:
        return _spanish_plural(lemma) if self.lang == "es" else _french_plural(lemma)

    def singulars(self, form: str) -> list[str]:
        """Return what the singular of a plural form may be, the likeliest first."""
        if self.lang == "es":
            return _spanish_singulars(form)
        if form.endswith("aux"):
            return [form[:-3] + "al", form[:-1]]
        return [form[:-1]] if form.endswith(("s", "x")) and len(form) > 3 else []


def _spanish_plural(lemma: str) -> str:
    if lemma.endswith("z"):
        return lemma[:-1] + "ces"
    if lemma.endswith(("ón", "án", "és", "én", "ín", "ún")):
        return plain(lemma) + "es"
    if lemma[-1:] in "aeiouáéó":
        return lemma + "s"
    return lemma if lemma.endswith("s") else lemma + "es"


def _french_plural(lemma: str) -> str:
    if lemma.endswith(("al",)):
        return lemma[:-2] + "aux"
    if lemma.endswith(("eau", "eu")):
        return lemma + "x"
    return lemma if lemma.endswith(("s", "x", "z")) else lemma + "s"


def _spanish_singulars(form: str) -> list[str]:
    if form.endswith("ces"):
        return [form[:-3] + "z", form[:-1]]
    if form.endswith("ones"):
        return [form[:-4] + "ón", form[:-2], form[:-1]]
    if form.endswith("es"):
        return [form[:-2], form[:-1]] if form[-3:-2] in "rlndjsy" else [form[:-1], form[:-2]]
    return [form[:-1]] if form.endswith("s") and len(form) > 3 and form[-2] not in "éáíóú" else []


@cache
def load_morphology(lang: str) -> Morphology:
    """Return the inflection of a language, made once a process."""
    return Morphology(lang)
