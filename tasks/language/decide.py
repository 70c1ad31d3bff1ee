"""The rule that decides a language: script, then two fast detectors in agreement, then the third.

The order and its thresholds are those that tied the best weighted ensemble when both were
measured on the same texts: docs/accuracy-language.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.language.clean import clean, sample
from tasks.language.confidence import confidence
from tasks.language.markers import evidence, groups
from tasks.language.profiles import profiles
from tasks.language.scripts import Scripts, count_scripts, language_of_script, only_words_in
from tasks.language.spelling import is_sakha
from tasks.language.standards import LEAD, settle
from tasks.language.tables import can_write
from tasks.language.voters import Vote, ask_cld2, ask_langid, langid_knows

_FEWEST_LETTERS = 3
_FEWEST_OF_SCRIPT = 2
_FAST_LETTERS = 80
_FAST_SHARE = 0.70
# Below this, half of an article may be in another language: its main part is asked about alone.
_ONE_SCRIPT = 0.8
_LANGDETECT_CHARS = 300
_LANGID_CHARS = 800
# Below this, py3langid loses to a reliable pycld2 that saw nearly all of the text in one language.
_SURE = 0.6
_WHOLE = 0.9
_CERTAIN = 0.9
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
    """

    lang: str
    script: str
    confidence: float
    method: str


def decide(text: str) -> Verdict:
    """Return the language of a text; the same text gives the same answer, whatever came before."""
    return decide_clean(sample(clean(text)))


def decide_clean(text: str) -> Verdict:
    """Return the language of a text that was cleaned and sampled."""
    scripts = count_scripts(text)
    if scripts.n_letters == 0:
        return Verdict("zxx", scripts.main, confidence("no-letters", 0), "no-letters")
    if scripts.n_letters >= _FEWEST_OF_SCRIPT:
        by_script = _decide_by_script(text, scripts)
        if by_script is not None:
            return by_script
    if scripts.n_letters < _FEWEST_LETTERS:
        return Verdict("und", scripts.main, confidence("too-short", scripts.n_letters), "too-short")
    return _decide_by_votes(text, scripts)


def _decide_by_script(text: str, scripts: Scripts) -> Verdict | None:
    main = scripts.main
    if main == "Hani" and scripts.counts.get("Kana", 0) > 0.05 * scripts.counts["Hani"]:
        main = "Kana"
    lang = language_of_script(main)
    if main == "Cyrl" and is_sakha(text):
        lang = "sah"
    if not lang:
        return None
    rule, lang, shown = settle("script", lang, text, scripts)
    method = f"{rule} {shown}".rstrip()
    return Verdict(lang, main, confidence(rule, scripts.n_letters), method)


def _decide_by_votes(text: str, scripts: Scripts) -> Verdict:
    if scripts.share(scripts.main) < _ONE_SCRIPT:
        text = only_words_in(text, scripts.main)
    cld2 = ask_cld2(text)
    rule, lang, votes = _fast(text, scripts, cld2)
    if not rule:
        third = ask_langid(text[:_LANGID_CHARS])
        votes += f" py3langid={third.lang or '-'}:{third.share:.2f}"
        main = scripts.main
        rule, lang = _third_opinion(text, _in_script(cld2, main), _in_script(third, main))
    rule, lang, shown = settle(rule, lang, text, scripts)
    method = " ".join(x for x in (rule, shown, votes) if x)
    return Verdict(lang, scripts.main, confidence(rule, scripts.n_letters), method)


def _fast(text: str, scripts: Scripts, cld2: Vote) -> tuple[str, str, str]:
    """Return rule and language where the two fast detectors agree, else none; and their votes."""
    votes = f"cld2={cld2.lang or '-'}:{cld2.share:.0%}{'' if cld2.reliable else '?'}"
    if not cld2.reliable or cld2.share < _FAST_SHARE or scripts.n_letters < _FAST_LETTERS:
        return "", "", votes
    own = profiles().best(text[:_LANGDETECT_CHARS])
    votes += f" langdetect={own or '-'}"
    agree = scripts.main in _ALPHABETS and _agree(own, cld2.lang, text)
    return ("fast", cld2.lang, votes) if agree else ("", "", votes)


def _agree(own: str, cld2: str, text: str) -> bool:
    """Tell whether langdetect's and pycld2's languages are one, or standards of one.

    langdetect knows Croatian and Indonesian, but none of the standards beside them: there the
    words that tell them apart must have spoken.
    """
    if own == "id" and groups().get(cld2) == "malay":
        found = evidence("malay", text)
        return abs(found["id"] - found["ms"]) >= LEAD
    return own == cld2 or groups().get(own) == "bcms" == groups().get(cld2)


def _in_script(vote: Vote, script: str) -> Vote:
    """Return the vote, or no answer where the script does not write its language."""
    return vote if can_write(script, vote.lang) else Vote("", 0.0)


def _third_opinion(text: str, cld2: Vote, third: Vote) -> tuple[str, str]:
    """Return the rule that decides when the fast detectors do not agree, and its language."""
    if third.lang == cld2.lang and third.lang:
        return "two-agree", third.lang
    if cld2.reliable and cld2.lang and not langid_knows(cld2.lang):
        if third.share >= _CERTAIN and profiles().best(text[:_LANGDETECT_CHARS]) == third.lang:
            return "two-agree", third.lang
        return "cld2-alone", cld2.lang
    if third.lang and third.share >= _SURE:
        return "py3langid", third.lang
    if cld2.reliable and cld2.lang and (cld2.share >= _WHOLE or third.share < _LOST):
        return "cld2-reliable", cld2.lang
    if not third.lang or third.share < _LOST:
        return "none", "und"
    return "py3langid-weak", third.lang
