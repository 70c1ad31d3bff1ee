"""Conjugates Spanish and French verbs from tables: endings by class, changed stems, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.events.tables import SEEDS, read_table

_FRONT = "eéièê"
# How a stem keeps its sound before e and i, and before a and o, by language.
_SOFTEN = {
    "es": (("c", "qu", "ar"), ("g", "gu", "ar"), ("z", "c", "ar")),
    "fr": (),
}
_HARDEN = {
    "es": (("gu", "g", "ir"), ("g", "j", "er"), ("g", "j", "ir"), ("c", "z", "er")),
    "fr": (("g", "ge", "er"), ("c", "ç", "er")),
}
_STRESSED = {("pres", 0), ("pres", 1), ("pres", 3), ("subj", 0), ("subj", 1), ("subj", 3)}
_WEAK = {("past", 1), ("past", 3), ("ger", 0), *(("subjpast", n) for n in range(4))}
_WEAK |= {("subj", n) for n in range(4)}


class Form(NamedTuple):
    """One form of a verb: its tense, and its person: 0 I, 1 he, 2 we, 3 they."""

    text: str
    tense: str
    person: int


@dataclass(frozen=True, slots=True)
class Conjugator:
    """The tables of a language."""

    lang: str
    endings: dict[str, dict[str, list[str]]]
    irregular: dict[str, dict[str, list[str]]]

    def forms(self, lemma: str) -> Iterator[Form]:
        """Yield the forms of a verb; none if its ending is that of no verb."""
        own = self.irregular.get(lemma, {})
        for tense, forms in self._like(lemma, own).items():
            yield from _numbered(tense, forms)
        made = self.endings.get(lemma[-2:])
        if made is None:
            return
        like = self._like(lemma, own)
        for tense, endings in made.items():
            if tense not in like:
                yield from _numbered(tense, self._regular(lemma, tense, endings, own))

    def _like(self, lemma: str, own: dict[str, list[str]]) -> dict[str, list[str]]:
        """Return the forms that the table gives, those of the verb it is like included."""
        given = {t: f for t, f in own.items() if t not in ("like", "stem")}
        if "like" not in own:
            return given
        model = own["like"][0]
        n = _common_end(lemma, model)
        before, cut = lemma[: len(lemma) - n], len(model) - n
        tables = self.irregular.get(model, {})
        out = {
            tense: [f if f == "-" else before + f[cut:] for f in forms]
            for tense, forms in tables.items()
            if tense not in ("like", "stem")
        }
        return {**out, **given}

    def _stem_change(self, own: dict[str, list[str]]) -> str:
        if "stem" in own:
            return own["stem"][0]
        model = own.get("like", [""])[0]
        return self.irregular.get(model, {}).get("stem", ["-"])[0]

    def _regular(
        self, lemma: str, tense: str, endings: list[str], own: dict[str, list[str]]
    ) -> list[str]:
        stem, kind, change = lemma[:-2], lemma[-2:], self._stem_change(own)
        out = []
        for person, ending in enumerate(endings):
            ending = "" if ending == "-" else ending
            base = stem
            if self.lang == "es":
                base = _spanish(stem, kind, change, tense, person, ending)
            elif kind == "er":
                base = _french(stem, ending)
            text = _respell(self.lang, base, kind, ending)
            if self.lang == "fr" and tense == "pres" and person == 1 and text.endswith("tt"):
                text = text[:-1]
            out.append(text)
        return out


def _numbered(tense: str, forms: list[str]) -> Iterator[Form]:
    for person, text in enumerate(forms):
        if text != "-":
            yield Form(text, tense, person)


def _common_end(a: str, b: str) -> int:
    n = 0
    while n < min(len(a), len(b)) and a[-1 - n] == b[-1 - n]:
        n += 1
    return n


def _spanish(stem: str, kind: str, change: str, tense: str, person: int, ending: str) -> str:
    """Change the vowel of the stem, or put -zc-, -y- where the verb asks for it."""
    at = (tense, person)
    if change == "zc":
        return stem[:-1] + "zc" if ending[:1] in "oa" and tense in ("pres", "subj") else stem
    if change == "y":
        if ending[:1] == "i" and at in _WEAK:
            return stem + "y"  # _respell drops the i: destruyó
        return stem + "y" if ending[:1] in ("a", "e", "o") and tense in ("pres", "subj") else stem
    if change in ("ie", "ue", "i") and at in _STRESSED:
        return _vowel(stem, change)
    if change in ("ie", "ue", "i") and kind == "ir" and at in _WEAK:
        return _vowel(stem, "u" if change == "ue" else "i")
    return stem


def _vowel(stem: str, new: str) -> str:
    """Replace the last vowel of a stem: e by ie or i, o by ue or u."""
    old = "o" if new in ("ue", "u") else "e"
    k = stem.rfind(old)
    if k < 0:
        return stem
    if k == 0 and new in ("ie", "ue"):
        new = {"ie": "ye", "ue": "hue"}[new]
    return stem[:k] + new + stem[k + 1 :]


def _french(stem: str, ending: str) -> str:
    """Lever, appeler, céder, employer: the last syllable of the stem before a silent e."""
    silent = ending in ("e", "ent") or (ending.startswith("er") and ending != "er")
    if not silent:
        return stem
    if stem.endswith(("appel", "rappel", "jet")):
        return stem + stem[-1]
    if len(stem) > 2 and stem[-2] == "e" and stem[-1] in "vtmnsc" and stem[-3] not in "aeiou":
        return stem[:-2] + "è" + stem[-1]
    if ending in ("e", "ent") and (k := stem.rfind("é")) > 0 and _one_syllable(stem[k + 1 :]):
        return stem[:k] + "è" + stem[k + 1 :]
    if stem.endswith(("oy", "uy")):
        return stem[:-1] + "i"
    return stem


def _one_syllable(tail: str) -> bool:
    return 0 < len(tail) < 4 and not set(tail) & set("aiouyâîô") and not tail.startswith("e")


def _respell(lang: str, stem: str, kind: str, ending: str) -> str:
    """Keep the sound of the last consonant: atacar, ataque; exiger, exigeait."""
    if lang == "es" and stem.endswith("y") and ending[:1] == "i":
        return stem + ending[1:]
    if ending[:1] and ending[0] in _FRONT:
        for old, new, of in _SOFTEN[lang]:
            if kind == of and stem.endswith(old):
                return stem[: -len(old)] + new + ending
        return stem + ending
    if ending[:1] and ending[0] in "aoâ":
        for old, new, of in _HARDEN[lang]:
            if kind == of and stem.endswith(old) and not stem.endswith("z" + old):
                return stem[: -len(old)] + new + ending
    return stem + ending


@cache
def load_conjugator(lang: str) -> Conjugator:
    """Return the conjugation of a language, read once a process."""
    folder = SEEDS / "lexicon" / lang
    endings: dict[str, dict[str, list[str]]] = {}
    for row in read_table(folder / "conjugation.csv"):
        endings.setdefault(row["class"], {})[row["tense"]] = row["endings"].split()
    irregular: dict[str, dict[str, list[str]]] = {}
    for row in read_table(folder / "irregular_verbs.csv"):
        irregular.setdefault(row["lemma"], {})[row["tense"]] = row["forms"].split()
    return Conjugator(lang, endings, irregular)
