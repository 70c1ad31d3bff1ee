"""The rule that decides a language: script, then two fast detectors in agreement, then the third.

The order and its thresholds are those that tied the best weighted ensemble when both were
measured on the same texts: docs/accuracy-language.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.language import bcms, spelling
from tasks.language.clean import clean, sample
from tasks.language.confidence import confidence
from tasks.language.profiles import profiles
from tasks.language.scripts import Scripts, count_scripts, language_of_script
from tasks.language.tables import group_of
from tasks.language.voters import Vote, ask_cld2, ask_langid, langid_knows

_FAST_LETTERS = 80
_FAST_SHARE = 0.70
_LANGID_CHARS = 800
_SURE = 0.5
_LOST = 0.2
_ALPHABETS = ("Latn", "Cyrl", "Arab")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The language of a text.

    Attributes:
        lang: BCP 47; und when undetermined, zxx when there are no words.
        script: ISO 15924 code of the main script.
        confidence: Calibrated probability that lang is right, 0-1.
        method: The rule that decided, and the votes: `fast cld2=fr:98 langdetect=fr`.
        others: Other languages that pycld2 saw, with their shares.
    """

    lang: str
    script: str
    confidence: float
    method: str
    others: tuple[tuple[str, float], ...] = ()


def decide(text: str) -> Verdict:
    """Return the language of a text; the same text gives the same answer, whatever came before."""
    return decide_clean(sample(clean(text)))


def decide_clean(text: str) -> Verdict:
    """Return the language of a text that was cleaned and sampled."""
    scripts = count_scripts(text)
    if scripts.n_letters == 0:
        return Verdict("zxx", scripts.main, 1.0, "no-letters")
    by_script = _decide_by_script(text, scripts)
    if by_script is not None:
        return by_script
    if scripts.n_letters < 3:
        return Verdict("und", scripts.main, confidence("too-short", scripts.n_letters), "too-short")
    return _decide_by_votes(text, scripts)


def _decide_by_script(text: str, scripts: Scripts) -> Verdict | None:
    main = scripts.main
    if main == "Hani" and scripts.counts.get("Kana", 0) > 0.05 * scripts.counts["Hani"]:
        main = "Kana"
    lang = language_of_script(main)
    if main == "Ethi":
        lang = spelling.amharic_or_tigrinya(text)
    elif main == "Cyrl" and spelling.is_sakha(text):
        lang = "sah"
    if not lang:
        return None
    others = ask_cld2(text).others if len(scripts.counts) > 1 else ()
    return Verdict(lang, main, confidence("script", scripts.n_letters), "script", others)


def _decide_by_votes(text: str, scripts: Scripts) -> Verdict:
    cld2 = ask_cld2(text)
    n = scripts.n_letters
    votes = f"cld2={cld2.lang or '-'}:{cld2.share:.0%}{'' if cld2.reliable else '?'}"
    if cld2.reliable and cld2.share >= _FAST_SHARE and n >= _FAST_LETTERS and _is_plain(cld2.lang):
        own = profiles().best(text)
        votes += f" langdetect={own or '-'}"
        if own == cld2.lang and scripts.main in _ALPHABETS and not spelling.is_pidgin(text):
            return Verdict(own, scripts.main, confidence("fast", n), f"fast {votes}", cld2.others)
    third = ask_langid(text[:_LANGID_CHARS])
    votes += f" py3langid={third.lang or '-'}:{third.share:.2f}"
    rule, lang = _third_opinion(cld2, third)
    if scripts.main == "Latn":
        rule, lang = spelling.settle(rule, lang, text)
    if lang in bcms.LANGS and scripts.main == "Latn":
        rule, lang = "bcms-guess", bcms.guess_standard(text, lang)
    return Verdict(lang, scripts.main, confidence(rule, n), f"{rule} {votes}", cld2.others)


def _is_plain(lang: str) -> bool:
    """Tell whether a language has no look-alike that the fast detectors do not know."""
    return group_of().get(lang) not in _NEEDS_THIRD


# Groups whose members the two fast detectors mix up or know only in part.
_NEEDS_THIRD = {"south-slavic", "malay", "nguni", "sotho", "rwanda-rundi"}


def _third_opinion(cld2: Vote, third: Vote) -> tuple[str, str]:
    """Return the rule that decides when the fast detectors do not agree, and its language."""
    if cld2.reliable and cld2.lang and not langid_knows(cld2.lang):
        return "cld2-alone", cld2.lang
    if third.lang == cld2.lang and third.lang:
        return "two-agree", third.lang
    if third.lang and third.share >= _SURE:
        return "py3langid", third.lang
    if not third.lang or third.share < _LOST:
        return ("cld2-reliable", cld2.lang) if cld2.reliable and cld2.lang else ("none", "und")
    return "py3langid-weak", third.lang
