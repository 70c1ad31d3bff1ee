"""Codes a text by asking a model about its sentences.

The model says which words tell an event, who and whom, and its code. Who the actors are, which
days and which places are meant is looked up where the annotator found them, as for the rules.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tasks.annotate import annotate
from tasks.annotate.tables import OwnTable
from tasks.annotate.types import ActorMention, Annotation, DateMention, PlaceMention, Sentence
from tasks.events.llm.answers import Answer, Span, read_answer
from tasks.events.llm.client import ask
from tasks.events.llm.options import LlmOptions
from tasks.events.mention import Attribution, Mention
from tasks.events.ontology import lookup
from tasks.events.parties import Party
from tasks.events.when import UNKNOWN, When

LOG = logging.getLogger(__name__)
PER_CALL = 12  # sentences of one question: a paragraph or three
MAX_SENTENCE = 1_500  # characters; a longer "sentence" is a table or a list
CONFIDENCE = 0.5  # not calibrated: nobody knows which model it is
Found = TypeVar("Found", ActorMention, DateMention, PlaceMention)


def ask_about(
    options: LlmOptions,
    text: str,
    *,
    published: date | None = None,
    lang: str = "en",
    article_id: str = "",
    overlay: OwnTable | None = None,
) -> list[Mention]:
    """Return the event mentions that the model finds in a text, in any language, in order.

    Raises:
        UserError: if the endpoint cannot be used, or the calls of the run are spent.
    """
    annotation = annotate(text, published=published, lang=lang, overlay=overlay)
    composer = _Composer(annotation, article_id, f"llm:{options.model}")
    mentions: list[Mention] = []
    for part in _parts(annotation.sentences):
        sentences = [text[s.start : s.end] for s in part]
        answers, refused = read_answer(ask(options, sentences), sentences)
        for reason in refused:
            LOG.warning(
                "article %s: an answer of %s is left out: %s", article_id, options.model, reason
            )
        mentions += [composer.mention(part[a.sentence], a) for a in answers]
    unique = {m.mention_id: m for m in mentions}
    return sorted(unique.values(), key=lambda m: (m.start, m.trigger_start, m.mention_id))


def _parts(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    fit = [s for s in sentences if s.end - s.start <= MAX_SENTENCE]
    for n in range(0, len(fit), PER_CALL):
        yield fit[n : n + PER_CALL]


@dataclass(frozen=True, slots=True)
class _Composer:
    """Makes mentions of answers."""

    annotation: Annotation
    article_id: str
    rule: str

    def mention(self, s: Sentence, answer: Answer) -> Mention:
        a, code = self.annotation, lookup(answer.cameo)
        source, target = self.party(s, answer.source), self.party(s, answer.target)
        place = _at(a.places, _moved(s, answer.place))
        start, end = _moved(s, answer.trigger) or (s.start, s.end)
        return Mention(
            article_id=self.article_id,
            published=a.published,
            lang=a.lang,
            sentence_index=s.index,
            start=s.start,
            end=s.end,
            sentence=a.text[s.start : s.end],
            source=source,
            target=target,
            trigger_start=start,
            trigger_end=end,
            plover=code.plover,
            mode=code.mode,
            contexts=code.contexts,
            cameo=answer.cameo,
            status=answer.status,
            is_reciprocal=answer.mutual and source is not None and target is not None,
            attribution=self.attribution(s, answer.said_by),
            when=self.when(s, answer),
            place=place,
            place_basis="stated" if place else "none",
            quantities=(),
            rule=self.rule,
            confidence=CONFIDENCE,
        )

    def party(self, s: Sentence, span: Span | None) -> Party | None:
        """Return who the words stand for: the actor that the annotator found there, if any."""
        where = _moved(s, span)
        if where is None:
            return None
        words = self.annotation.text[where[0] : where[1]]
        a = _at([x for x in self.annotation.actors if x.code], where)
        if a is None:
            return Party(words, *where, "", "", "", "", "name")
        return Party(words, *where, a.code, a.country, a.role, a.entity, a.kind)

    def attribution(self, s: Sentence, span: Span | None) -> Attribution | None:
        who = self.party(s, span)
        if who is None:
            return None
        quoted = any(
            q.direct and q.start >= s.start and q.end <= s.end for q in self.annotation.quotes
        )
        return Attribution(who.text, who.code, "", quoted, who.start, who.end)

    def when(self, s: Sentence, answer: Answer) -> When:
        """Return the days that the words mean; without words, those of what is told as done."""
        published, stated = self.annotation.published, _moved(s, answer.date)
        found = _at(self.annotation.dates, stated)
        if found is not None:
            return When(
                found.first, found.last, found.precision, found.basis, found.start, found.end
            )
        if stated is None and published is not None and answer.status == "actual":
            return When(published, published, "day", "published")
        return UNKNOWN


def _moved(s: Sentence, span: Span | None) -> Span | None:
    """Return the span of the sentence as one of the text."""
    return None if span is None else (s.start + span[0], s.start + span[1])


def _at(found: Sequence[Found], span: Span | None) -> Found | None:
    """Return what shares most letters with the span; the first of equals."""
    if span is None:
        return None
    shared = [(min(f.end, span[1]) - max(f.start, span[0]), f) for f in found]
    best = max(shared, key=lambda x: x[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None
