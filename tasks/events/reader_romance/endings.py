"""What the ending of an unknown word says: a verb's tense, an adverb, else a noun."""

from __future__ import annotations

from functools import lru_cache

from tasks.events.reader_romance.morphology import Reading

# ending, tag, number, what replaces it in the lemma; the first that fits decides.
_ENDINGS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "es": (
        ("mente", "RB", "", "mente"),
        ("ándose", "VBG", "", "ar"),
        ("éndose", "VBG", "", "er"),
        ("ando", "VBG", "", "ar"),
        ("iendo", "VBG", "", "er"),
        ("yendo", "VBG", "", "ir"),
        ("arse", "VB", "", "ar"),
        ("erse", "VB", "", "er"),
        ("irse", "VB", "", "ir"),
        ("aron", "VBD", "p", "ar"),
        ("ieron", "VBD", "p", "er"),
        ("ió", "VBD", "s", "er"),
        ("ó", "VBD", "s", "ar"),
        ("aban", "VBD", "p", "ar"),
        ("arán", "VBF", "p", "ar"),
        ("erán", "VBF", "p", "er"),
        ("irán", "VBF", "p", "ir"),
        ("ará", "VBF", "s", "ar"),
        ("erá", "VBF", "s", "er"),
        ("irá", "VBF", "s", "ir"),
        ("arían", "VBC", "p", "ar"),
        ("erían", "VBC", "p", "er"),
        ("ados", "VBN", "p", "ar"),
        ("adas", "VBN", "p", "ar"),
        ("idos", "VBN", "p", "er"),
        ("idas", "VBN", "p", "er"),
        ("ado", "VBN", "s", "ar"),
        ("ada", "VBN", "s", "ar"),
        ("ido", "VBN", "s", "er"),
        ("ida", "VBN", "s", "er"),
        ("ar", "VB", "", "ar"),
        ("er", "VB", "", "er"),
        ("ir", "VB", "", "ir"),
    ),
    "fr": (
        ("ements", "NNS", "p", "ement"),
        ("ement", "RB", "", "ement"),
        ("amment", "RB", "", "amment"),
        ("emment", "RB", "", "emment"),
        ("èrent", "VBD", "p", "er"),
        ("aient", "VBD", "p", "er"),
        ("eront", "VBF", "p", "er"),
        ("iront", "VBF", "p", "ir"),
        ("era", "VBF", "s", "er"),
        ("erait", "VBC", "s", "er"),
        ("ées", "VBN", "p", "er"),
        ("ée", "VBN", "s", "er"),
        ("és", "VBN", "p", "er"),
        ("é", "VBN", "s", "er"),
        ("ant", "VBG", "", "er"),
        ("er", "VB", "", "er"),
        ("ir", "VB", "", "ir"),
    ),
}
# Nouns that end like verbs.
_NOUN_ENDINGS = {
    "es": ("lugar", "mujer", "poder", "militar", "hogar", "líder", "nivel", "civil", "cuartel"),
    "fr": (
        "ité",
        "ités",
        "ière",
        "ier",
        "iers",
        "mer",
        "hiver",
        "fer",
        "événement",
        "gouvernement",
    ),
}
_SHORTEST = 3


@lru_cache(maxsize=100_000)
def guess(low: str, lang: str) -> tuple[Reading, ...]:
    """Return what an unknown lower-case word may be; a noun where its ending says nothing."""
    noun = Reading("NN", low, "s")
    if low.endswith(_NOUN_ENDINGS[lang]):
        return (noun,)
    for ending, tag, number, lemma in _ENDINGS[lang]:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST:
            found = Reading(tag, low[: -len(ending)] + lemma, number)
            return (found,) if tag == "RB" else (found, noun)
    return (noun,)
