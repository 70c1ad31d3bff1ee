"""What the annotator finds in a text: spans with exact offsets into it, and what they mean.

All offsets count code points of the text that was handed in; `end` is exclusive. For every span
with a `text`, `text == body[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Return the class as a dataclass that is not to be changed.

    The type checker sees to that; a check at run time would take most of the time in which an
    instance is made, and texts are full of them.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


@record
class Sentence:
    """A sentence, headline, caption or list line."""

    index: int
    start: int
    end: int


@record
class ActorMention:
    """An actor named in the text.

    Attributes:
        code: Composed actor code (RUSGOV); empty if the name is not in the tables.
        country: ISO 3166-1 alpha-3 or organisation code (UNO, IGO, EUR, ...); empty if unknown.
        role: First role code (GOV, MIL, ...); empty for a bare country.
        entity: Id of the row in seeds/actors (such as `person/putin-vladimir`); empty if unknown.
        kind: country, demonym, capital, metonym, person, org, role, pronoun or unknown.
        head: Offset of the head word within the text handed in (-1 if not known).
        rule: Which table rows and rules composed the code.
    """

    start: int
    end: int
    text: str
    code: str
    country: str
    role: str
    entity: str
    kind: str
    head: int = -1
    rule: str = ""


@record
class DateMention:
    """A time expression, resolved to an interval of days.

    Attributes:
        first: First day, or None for an open start.
        last: Last day, or None for an open end.
        precision: day, week, month, year, or none for an open or vague interval.
        basis: stated (names day and year itself) or inferred (resolved against the publication).
        rule: Which rule resolved it.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: str
    basis: str
    rule: str


@record
class PlaceMention:
    """A place named in the text.

    Attributes:
        name: Name in the gazetteer.
        level: country, admin1, city or other.
        country: ISO 3166-1 alpha-3.
        admin1: GeoNames first-level code; empty if unknown.
        lat: Degrees north; None for a whole country.
        lon: Degrees east; None for a whole country.
        geoname_id: GeoNames id; None if unknown.
    """

    start: int
    end: int
    text: str
    name: str
    level: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    geoname_id: int | None


@record
class Quantity:
    """A number with what it counts.

    Attributes:
        kind: killed, wounded, detained, displaced, troops, crowd, duration, money or other.
        low: Lower bound; None if open.
        high: Upper bound; None if open.
        unit: What is counted: persons, minutes, USD, ...
    """

    start: int
    end: int
    text: str
    kind: str
    low: float | None
    high: float | None
    unit: str


@record
class Quote:
    """Direct or indirect speech.

    Attributes:
        start: Offset of the first character of what is said (inside the quotation marks).
        end: Offset behind the last character of it.
        speaker_start: Offset of the speaker's words; -1 if none was found.
        speaker_end: End of the speaker's words; -1 if none.
        cue_start: Offset of the cue (said, according to); -1 if none.
        cue_end: End of the cue; -1 if none.
        direct: True inside quotation marks.
    """

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    cue_start: int
    cue_end: int
    direct: bool


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything found in one text.

    Attributes:
        text: The text as handed in.
        masked: The same length, with markup and links blanked by spaces: match on this.
        lang: BCP 47 language that the text was read in.
        published: Publication date that relative dates were resolved against.
    """

    text: str
    masked: str
    lang: str
    published: date | None
    sentences: list[Sentence] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
