"""Tells the language of every article: script first, then detectors that must agree."""

from tasks.language.decide import Verdict, decide
from tasks.language.detect import detect_languages
from tasks.language.spans import LangSpan, find_spans

__all__ = ["LangSpan", "Verdict", "decide", "detect_languages", "find_spans"]
