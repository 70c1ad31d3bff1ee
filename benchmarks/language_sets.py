"""The texts and the systems that benchmarks/language.py compares, and how an answer is scored."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.language import decide
from tasks.language.clean import clean, sample
from tasks.language.tables import to_bcp47
from tasks.language.voters import ask_cld2

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
# Set, and which origins of which file are in it.
SETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "news documents": ("lang_news_docs", ()),
    "headlines": ("lang_headlines", ()),
    "news sentences": ("lang_sentences", ("ud_sent",)),
    "look-alike sentences": ("lang_sentences", ("dsl_sent",)),
    "messy": ("lang_messy", ()),
    "without language": ("lang_messy", ("messy_nolang",)),
}
# Bokmål and Nynorsk count as Norwegian, Filipino as Tagalog, "no words" as undetermined.
_SAME = {"nb": "no", "nn": "no", "fil": "tl", "zxx": "und", "": "und"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its true language and other labels that are also right."""

    text: str
    lang: str
    accept: frozenset[str]

    def is_right(self, answer: str) -> bool:
        """Tell whether an answer is right."""
        return plain(answer) in self.accept


def plain(lang: str) -> str:
    """Return the language that is compared."""
    primary = lang.split("-")[0]
    return _SAME.get(primary, primary)


def read_set(folder: Path, name: str) -> list[Text]:
    """Return the texts of a set."""
    file, origins = SETS[name]
    with gzip.open(folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        Text(r["text"], r["lang"], frozenset(map(plain, [r["lang"], *(r.get("accept") or ())])))
        for r in records
        if not origins or r["origin"] in origins
    ]


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95% confidence interval of a share, in per cent (Wilson 1927)."""
    share, spread = right / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)


def systems() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Give each system that is installed: its name, and its answer to a text."""
    yield "demarche", lambda text: decide(text).lang
    yield "pycld2", lambda text: ask_cld2(text).lang
    yield "py3langid", _py3langid()
    yield "langdetect", _langdetect()
    lingua = _lingua()
    if lingua is None:
        print("lingua is not installed (pip install lingua-language-detector): left out")
    else:
        yield "lingua", lingua


def cleaned(text: str) -> str:
    """Return the text as every system is given it in the second column."""
    return sample(clean(text))


def _py3langid() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return lambda text: to_bcp47(model.classify(text)[0])


def _langdetect() -> Callable[[str], str]:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def answer(text: str) -> str:
        try:
            return to_bcp47(detect(text))
        except LangDetectException:
            return "und"

    return answer


def _lingua() -> Callable[[str], str] | None:
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        return None
    detector = LanguageDetectorBuilder.from_all_languages().build()

    def answer(text: str) -> str:
        found = detector.detect_language_of(text)
        return to_bcp47(found.iso_code_639_1.name.lower()) if found else "und"

    return answer
