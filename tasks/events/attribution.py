"""Who says that it happened: the speaker of the clause, "according to", or the quotation."""

from __future__ import annotations

from tasks.annotate.types import Quote
from tasks.events.drafts import Draft
from tasks.events.mention import Attribution
from tasks.events.parties import Cast, Party

SAYING = frozenset(
    {
        "say",
        "tell",
        "state",
        "declare",
        "announce",
        "report",
        "claim",
        "add",
        "note",
        "warn",
        "believe",
        "think",
        "insist",
        "maintain",
        "argue",
        "allege",
        "confirm",
        "acknowledge",
        "admit",
        "assert",
        "stress",
        "explain",
        "reveal",
        "write",
        "quote",
        "charge",
        "complain",
        "deny",
        "suggest",
        "accuse",
        "emphasize",
        "estimate",
        "respond",
        "reply",
        "tweet",
        "testify",
    }
)


def attribute(cast: Cast, draft: Draft, quotes: list[Quote]) -> Attribution | None:
    """Return who says what the draft tells, or None if the article itself does."""
    c = cast.clauses
    at = c.tokens[draft.trigger].start
    quote = next((q for q in quotes if q.start <= at < q.end), None)
    quoted = quote is not None and quote.direct
    return _by_clause(cast, draft, quoted) or _according(cast, quoted) or _by_quote(cast, quote)


def _by_clause(cast: Cast, draft: Draft, quoted: bool) -> Attribution | None:
    c = cast.clauses
    node = draft.anchor
    for head in c.ancestors(draft.anchor):
        above = c.base(node) in ("ccomp", "parataxis")
        if above and c.is_verb(head) and c.senses[head] in SAYING:
            return _speaker(cast, head, quoted)
        node = head
    for k in c.kids(draft.anchor, "parataxis"):
        if c.is_verb(k) and c.senses[k] in SAYING:
            return _speaker(cast, k, quoted)
    return None


def _speaker(cast: Cast, verb: int, quoted: bool) -> Attribution | None:
    c = cast.clauses
    subjects = c.slots(verb).get("subj", [])
    party = cast.party(subjects[0]) if subjects else None
    if subjects and party is None:
        start, end = c.span(subjects[0])
        return Attribution(cast.text[start:end], "", c.lemmas[verb], quoted, start, end)
    return _from(party, c.lemmas[verb], quoted)


def _according(cast: Cast, quoted: bool) -> Attribution | None:
    c = cast.clauses
    for i in range(len(c.words)):
        if c.preposition(i) in ("according to", "according"):
            party = cast.party(i)
            if party is not None:
                return _from(party, "according to", quoted)
            start, end = c.span(i)
            return Attribution(cast.text[start:end], "", "according to", quoted, start, end)
    return None


def _by_quote(cast: Cast, quote: Quote | None) -> Attribution | None:
    if quote is None:
        return None
    if quote.speaker_start < 0:
        return Attribution("", "", "", quote.direct, -1, -1) if quote.direct else None
    for i, t in enumerate(cast.clauses.tokens):
        if quote.speaker_start <= t.start < quote.speaker_end:
            party = cast.party(i)
            if party is not None:
                return _from(party, cast.text[quote.cue_start : quote.cue_end], quote.direct)
    a, b = quote.speaker_start, quote.speaker_end
    cue = cast.text[quote.cue_start : quote.cue_end] if quote.cue_start >= 0 else ""
    return Attribution(cast.text[a:b], "", cue, quote.direct, a, b)


def _from(party: Party | None, verb: str, quoted: bool) -> Attribution | None:
    if party is None:
        return None
    return Attribution(party.text, party.code, verb, quoted, party.start, party.end)
