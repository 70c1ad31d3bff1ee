"""Reads sentences with a spaCy pipeline that the user has installed.

Pipelines for English label in the ClearNLP manner (Choi and Palmer, 2012), where a preposition
heads its noun and "be" its predicate; here they are turned into Universal Dependencies, which all
rules ask for. Pipelines of other languages have these already. The pipeline gets our words, so
that nothing need be aligned: offsets stay those of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from tasks.errors import UserError
from tasks.events.inflections import ROMANCE
from tasks.events.parser import Parse
from tasks.events.reader_romance.grammar import load_grammar

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "prt": "compound:prt",
    "npadvmod": "obl",
    "nn": "compound",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "oprd": "xcomp",
    "attr": "xcomp",
    "acomp": "xcomp",
    "pobj": "obl",
    "pcomp": "advcl",
    "prep": "advmod",
    "agent": "obl:agent",
    "quantmod": "advmod",
    "intj": "discourse",
    "meta": "dep",
    "": "dep",
}
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m"})
# Tags of pipelines that have none of the Penn Treebank's: part of speech of Universal Dependencies.
_PENN = {
    "NOUN": "NN",
    "PROPN": "NNP",
    "ADJ": "JJ",
    "ADV": "RB",
    "ADP": "IN",
    "DET": "DT",
    "NUM": "CD",
    "PRON": "PRP",
    "CCONJ": "CC",
    "SCONJ": "IN",
    "PART": "RP",
    "INTJ": "UH",
    "PUNCT": ".",
}


class SpacyReader:
    """A spaCy pipeline as a reader.

    Attributes:
        lang: Language of its texts.
        version: Version of the pipeline, as it says itself.
    """

    def __init__(self, pipeline: Any) -> None:
        from spacy.tokens import Doc

        self._doc: Any = Doc
        self._pipeline = pipeline
        self.lang = str(pipeline.lang)
        self.version = str(pipeline.meta.get("version", ""))

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """Return the parse of each sentence."""
        vocab = self._pipeline.vocab
        docs = [self._doc(vocab, words=list(s)) for s in sentences]
        return [self._read(d) for d in self._pipeline.pipe(docs)]

    def _read(self, doc: Iterable[Any]) -> Parse:
        words = list(doc)
        heads = [-1 if t.head.i == t.i else int(t.head.i) for t in words]
        labels = [str(t.dep_) for t in words]
        low = [str(t.text).lower() for t in words]
        to_universal(low, [t.tag_[:2] for t in words], heads, labels)
        _one_root(heads, labels)
        tags = tuple(_penn(t, self.lang) for t in words)
        if self.lang not in ROMANCE:
            return Parse(tags, tuple(heads), tuple(labels))
        grammar = load_grammar(self.lang)
        lemmas = tuple(str(t.lemma_) or x for t, x in zip(words, low, strict=True))
        names = tuple(grammar.glosses.get(x, (x,))[0] for x in low)
        senses = tuple(grammar.senses.get(x, x) for x in lemmas)
        return Parse(tags, tuple(heads), tuple(labels), names, lemmas, senses)


def to_universal(low: list[str], tags: list[str], heads: list[int], labels: list[str]) -> None:
    """Turn ClearNLP relations into Universal Dependencies, in place; others stay as they are.

    Args:
        low: Words in lower case.
        tags: First two letters of their Penn Treebank tags.
        heads: Head of each word, -1 for a root.
        labels: Relation of each word to its head.
    """
    for i in sorted(range(len(heads)), key=lambda i: -_depth(heads, i)):
        if labels[i] in ("prep", "agent", "dative"):
            _lower_preposition(tags, heads, labels, i)
    for i, word in enumerate(low):
        if word in _BE:
            _lower_copula(heads, labels, i)
    for i, label in enumerate(labels):
        labels[i] = _RENAMED.get(label, "root" if heads[i] < 0 else label)


def _depth(heads: list[int], i: int) -> int:
    n = 0
    while heads[i] >= 0 and n < len(heads):
        i, n = heads[i], n + 1
    return n


def _lower_preposition(tags: list[str], heads: list[int], labels: list[str], i: int) -> None:
    """Make the noun behind the preposition `i` the head of the two."""
    below = [k for k, h in enumerate(heads) if h == i]
    noun = next((k for k in below if labels[k] in ("pobj", "pcomp", "obl", "nmod")), -1)
    if noun < 0:
        return
    above = heads[i]
    nominal = above >= 0 and tags[above] in ("NN", "PR", "CD", "DT")
    clause = labels[noun] == "pcomp" and tags[noun] == "VB"
    plain = ("acl" if clause else "nmod") if nominal else ("advcl" if clause else "obl")
    labels[noun] = "obl:agent" if labels[i] == "agent" and not clause else plain
    heads[noun] = above
    heads[i], labels[i] = noun, "mark" if clause else "case"
    for k in below:
        if k != noun:
            heads[k] = noun


def _lower_copula(heads: list[int], labels: list[str], i: int) -> None:
    """Make the predicate behind "be" the head of the two."""
    below = [k for k, h in enumerate(heads) if h == i]
    what = next((k for k in below if labels[k] in ("attr", "acomp") and k > i), -1)
    if what < 0:
        return
    heads[what], labels[what] = heads[i], labels[i]
    for k in below:
        if k != what:
            heads[k] = what
    heads[i], labels[i] = what, "cop"


def _one_root(heads: list[int], labels: list[str]) -> None:
    """Where the pipeline sees several sentences, the later ones hang on the first."""
    roots = [i for i, h in enumerate(heads) if h < 0]
    for i in roots[1:]:
        heads[i], labels[i] = roots[0], "parataxis"
    for i in roots[:1]:
        labels[i] = "root"


def _penn(t: Any, lang: str) -> str:
    """Return the Penn Treebank tag of a token."""
    if lang == "en":
        return str(t.tag_)
    if t.pos_ in ("VERB", "AUX"):
        form, tense = t.morph.get("VerbForm"), t.morph.get("Tense")
        if "Part" in form:
            return "VBN"
        if "Fin" in form:
            return "VBD" if "Past" in tense or "Imp" in tense else "VBZ"
        return "VBG" if "Ger" in form else "VB"
    tag = _PENN.get(t.pos_, "SYM")
    return tag + "S" if tag in ("NN", "NNP") and "Plur" in t.morph.get("Number") else tag


@cache
def load_pipeline(name: str) -> SpacyReader:
    """Return an installed pipeline as a reader.

    Raises:
        UserError: if spaCy or the pipeline is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise UserError(
            f'parser = "spacy:{name}": spaCy is not installed', "pip install spacy"
        ) from error
    try:
        return SpacyReader(spacy.load(name))
    except OSError as error:
        raise UserError(
            f'parser = "spacy:{name}": there is no such pipeline',
            f"python -m spacy download {name}, or set parser to network.",
        ) from error
