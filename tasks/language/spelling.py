"""Look-alike languages that no library here separates, told apart by how they are spelled.

Each rule rests on a difference of the written standards, not on a word list of one corpus.
"""

from __future__ import annotations

import re

# Sakha writes its diphthongs as two vowels, and has letters that no neighbour uses.
_SAKHA_LETTERS = re.compile("[ҔҕҤҥ]")
_SAKHA_DIPHTHONGS = re.compile("уо|үө|иэ|ыа|УО|ҮӨ|ИЭ|ЫА")
_SAKHA_VOWELS = re.compile("[өүһӨҮҺ]")
_TATAR_SCHWA = re.compile("[әӘ]")

# Tigrinya writes the glottal alef with long a (ኣ) where Amharic writes አ.
_TIGRINYA = re.compile("ኣ|[ቐ-ቝ]|[ኸ-ዅ]|እዩ|ናይ")
_AMHARIC = re.compile("አ|ነው|የ")

# Rundi has vy and c where Kinyarwanda has by and cy.
_RUNDI = re.compile(r"vy[aeiou]|\b(?:canke|ico|ica|caho|cane|abanyagihugu|umukuru)\b|\bc[aeou]")
_KINYARWANDA = re.compile(r"by[aeiou]|cy[aeiou]|\b(?:cyangwa|cyane|icyo)\b")

_PIDGIN = re.compile(
    r"\b(?:dey|wey|wetin|una|abeg|sabi|pikin|dem don|im don|e don|go dey|no be|na im|na so|"
    r"don (?:tok|die|come|go|start|win|arrest|kill|sign|chop)|tok|oga|wahala|sey|dis|dat kain)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")


def is_sakha(text: str) -> bool:
    """Tell whether a Cyrillic text is Sakha (Yakut)."""
    if _SAKHA_LETTERS.search(text):
        return True
    if not _SAKHA_VOWELS.search(text) or _TATAR_SCHWA.search(text):
        return False
    return len(_SAKHA_DIPHTHONGS.findall(text)) * 60 >= len(text)


def amharic_or_tigrinya(text: str) -> str:
    """Return am or ti for a text in Ethiopic script."""
    return "ti" if len(_TIGRINYA.findall(text)) > len(_AMHARIC.findall(text)) else "am"


def is_pidgin(text: str) -> bool:
    """Tell whether an English-looking text is Nigerian Pidgin: its particles recur."""
    found = {m.lower() for m in _PIDGIN.findall(text)}
    n_words = len(_WORDS.findall(text))
    return len(found) >= 2 and len(_PIDGIN.findall(text)) * 40 >= n_words


def settle(rule: str, lang: str, text: str) -> tuple[str, str]:
    """Return the rule and language after the look-alikes that only spelling tells apart."""
    if lang in ("rw", "rn"):
        is_rundi = len(_RUNDI.findall(text)) > len(_KINYARWANDA.findall(text))
        return "spelling", "rn" if is_rundi else "rw"
    if lang in ("en", "pcm"):
        return ("spelling", "pcm") if is_pidgin(text) else (rule, lang)
    return rule, lang
