"""Settles which of two or three look-alike standards a text is in, after the detectors answered.

Croatian, Bosnian and Serbian in Latin script are one language with three standards. The words of
a whole article tell them apart; on a sentence without such a word nobody can. So the choice is
marked: `bcms-guess` where words spoke, `bcms-default` where none did.
"""

from __future__ import annotations

from tasks.language.markers import evidence, groups
from tasks.language.scripts import Scripts

# Most Latin-script text first: what a text without evidence is most likely to be.
BCMS = ("hr", "sr", "bs")
# A lead of one weak word does not overrule a detector.
LEAD = 2
# Pidgin writes its particles in every other line; English quotes one here and there.
_PIDGIN_SCORE = 3
_PIDGIN_WORDS = 15


def settle(rule: str, lang: str, text: str, scripts: Scripts) -> tuple[str, str, str]:
    """Return rule, language and what spoke for it, after the look-alikes of `lang` were weighed."""
    group = groups().get(lang, "")
    if not group or (group == "bcms" and scripts.main != "Latn"):
        return rule, lang, ""
    found = evidence(group, text)
    shown = " ".join(f"{name}={value}" for name, value in found.items())
    if group == "bcms":
        return *_guess(found), shown
    if group == "english":
        return *_english(rule, lang, found, text), shown
    best = max(found, key=lambda name: (found[name], name == lang, name))
    if best != lang and found[best] - found[lang] >= LEAD:
        return "markers", best, shown
    return rule, lang, shown


def _guess(found: dict[str, int]) -> tuple[str, str]:
    best = max(found.values())
    leaders = [lang for lang in BCMS if found[lang] == best]
    return ("bcms-guess" if len(leaders) == 1 else "bcms-default"), leaders[0]


def _english(rule: str, lang: str, found: dict[str, int], text: str) -> tuple[str, str]:
    score = found["pcm"]
    recurs = score >= _PIDGIN_SCORE and score * _PIDGIN_WORDS >= len(text.split())
    if recurs and score > found["en"]:
        return "markers", "pcm"
    if lang == "pcm" and not score:
        return "markers", "en"
    return rule, lang
