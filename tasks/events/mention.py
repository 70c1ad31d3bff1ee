"""An event mention, and its row in the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.annotate.types import PlaceMention, Quantity
from tasks.events.ontology import lookup
from tasks.events.parties import Party
from tasks.events.when import When
from tasks.identity import digest128


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: words, actor code, verb, whether in quotation marks; offsets of the words."""

    text: str
    actor: str
    verb: str
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One event mention in one sentence; see MENTIONS in tasks/schemas.py for the fields."""

    article_id: str
    published: date | None
    lang: str
    sentence_index: int
    start: int
    end: int
    sentence: str
    source: Party | None
    target: Party | None
    trigger_start: int
    trigger_end: int
    plover: str
    mode: str
    contexts: tuple[str, ...]
    cameo: str
    status: str
    is_reciprocal: bool
    attribution: Attribution | None
    when: When
    place: PlaceMention | None
    place_basis: str
    quantities: tuple[Quantity, ...]
    rule: str
    confidence: float

    @property
    def mention_id(self) -> str:
        """128-bit hex of the article, the span and the coding."""
        parts = [str(x) for x in (self.start, self.end, self.trigger_start)]
        for side in (self.source, self.target):
            parts += [side.code, str(side.start), str(side.end)] if side else ["", "", ""]
        return digest128("mention", self.article_id, *parts, self.cameo, self.status)

    def row(self) -> dict[str, object]:
        """Return the mention as a row of MENTIONS."""
        code = lookup(self.cameo)
        return {
            "mention_id": self.mention_id,
            "article_id": self.article_id,
            "published_date": self.published,
            "lang": self.lang,
            "sentence_index": self.sentence_index,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            **_side("source", self.source),
            **_side("target", self.target),
            "trigger_start": self.trigger_start,
            "trigger_end": self.trigger_end,
            "plover": self.plover or None,
            "mode": self.mode or None,
            "contexts": list(self.contexts),
            "cameo": self.cameo,
            "quad_class": code.quad_class,
            "goldstein": code.goldstein,
            "status": self.status,
            "is_reciprocal": self.is_reciprocal,
            "attribution": _attribution(self.attribution),
            **_when(self.when),
            **_place(self.place, self.place_basis),
            "quantities": [_quantity(q) for q in self.quantities],
            "rule": self.rule,
            "confidence": self.confidence,
        }


def _side(side: str, party: Party | None) -> dict[str, object]:
    if party is None:
        return {}
    return {
        f"{side}_actor": party.code or None,
        f"{side}_country": party.country or None,
        f"{side}_role": party.role or None,
        f"{side}_text": party.text,
        f"{side}_start": party.start,
        f"{side}_end": party.end,
        f"{side}_entity": party.entity or None,
    }


def _attribution(a: Attribution | None) -> dict[str, object] | None:
    if a is None:
        return None
    return {
        "text": a.text,
        "actor": a.actor or None,
        "verb": a.verb or None,
        "quoted": a.quoted,
        "start": a.start if a.start >= 0 else None,
        "end": a.end if a.start >= 0 else None,
    }


def _when(w: When) -> dict[str, object]:
    stated = w.start >= 0
    return {
        "date_start": w.first,
        "date_end": w.last,
        "date_precision": w.precision,
        "date_basis": w.basis,
        "date_text_start": w.start if stated else None,
        "date_text_end": w.end if stated else None,
    }


def _place(p: PlaceMention | None, basis: str) -> dict[str, object]:
    if p is None:
        return {"place_basis": "none"}
    return {
        "place_name": p.name,
        "place_country": p.country or None,
        "admin1": p.admin1 or None,
        "lat": p.lat,
        "lon": p.lon,
        "geoname_id": p.geoname_id,
        "place_basis": basis,
        "place_text_start": p.start if basis == "stated" else None,
        "place_text_end": p.end if basis == "stated" else None,
    }


def _quantity(q: Quantity) -> dict[str, object]:
    return {
        "kind": q.kind,
        "low": q.low,
        "high": q.high,
        "unit": q.unit,
        "start": q.start,
        "end": q.end,
    }
