"""English inflection: the forms of a lemma, and the lemma of a form, by rule and a short table."""

from __future__ import annotations

import re
from collections.abc import Mapping

Irregular = Mapping[str, tuple[str, ...]]
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


def verb_forms(lemma: str, irregular: Irregular) -> set[str]:
    """Return all forms of a verb; `irregular` gives past and participle where not regular."""
    base = {lemma, _s_form(lemma), _ing_form(lemma)}
    return base | set(irregular.get(lemma, (_ed_form(lemma),)))


def noun_forms(lemma: str, irregular: Irregular) -> set[str]:
    """Return singular and plural of a noun."""
    return {lemma, *irregular.get(lemma, (_s_form(lemma),))}


def _s_form(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) and not lemma.endswith("oo"):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _ed_form(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ed"


def _ing_form(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"


_STRESSED_LAST = frozenset(
    [
        "admit",
        "commit",
        "permit",
        "submit",
        "omit",
        "expel",
        "compel",
        "repel",
        "propel",
        "rebel",
        "refer",
        "defer",
        "deter",
        "occur",
        "recur",
        "incur",
        "concur",
        "prefer",
        "transfer",
        "regret",
        "control",
        "patrol",
        "acquit",
        "abet",
        "outwit",
    ]
)


def _doubles(lemma: str) -> bool:
    return bool(_DOUBLED.match(lemma)) or lemma in _STRESSED_LAST


def guess_verb(form: str) -> str:
    """Return a likely lemma of a verb form that no table knows."""
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            if stem[-1] == stem[-2:-1] and stem[-1] in "bdgkmnprt":
                return stem[:-1]
            if stem.endswith("i") and ending == "ed":
                return stem[:-1] + "y"
            if re.search(r"(?:[^aeiou]|[aeiou]{1})[cgsuvz]$|at$|[^aeiou]l$|[aeiou]r$|ut$", stem):
                return stem + "e"
            return stem
    return guess_noun(form)


def guess_noun(form: str) -> str:
    """Return a likely singular of a noun form that no table knows."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        return form[:-1]
    return form
