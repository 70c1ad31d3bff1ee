"""When and where an event took place, from what the sentence and the article state.

A date counts for an event when it stands in the event's own clause; else the nearest date of the
sentence counts; else, for what is told as having happened, the day of publication (basis
`published`). What is planned or supposed gets no date that is not stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.annotate.places import PEOPLE
from tasks.annotate.time_days import KNOWN_BY_NAME
from tasks.annotate.types import Annotation, DateMention, PlaceMention
from tasks.events.clauses import Clauses

_DEICTIC = ("this morning", "this afternoon", "this evening", "today", "tonight", "this noon")
_LOCAL = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "on", "to", "from", "across"}
)
_NEAR_DAYS = 3
_BEFORE_NOUNS = frozenset({"compound", "nummod", "amod", "nmod"})
_NEWS_DAYS = ("weekday", "relday", "weekend")


@dataclass(frozen=True, slots=True)
class When:
    """Days on which an event may have happened, and how that is known."""

    first: date | None
    last: date | None
    precision: str
    basis: str
    start: int = -1
    end: int = -1


UNKNOWN = When(None, None, "none", "none")


def distance(c: Clauses, a: int, b: int) -> int:
    """Return the number of arcs between two words of the tree."""
    up = {a: 0}
    up |= {x: n for n, x in enumerate(c.ancestors(a), 1)}
    if b in up:
        return up[b]
    for n, x in enumerate(c.ancestors(b), 1):
        if x in up:
            return n + up[x]
    return len(c.tokens)


def _in_another_clause(c: Clauses, i: int, anchors: list[int]) -> bool:
    """Say whether the date stands in a relative clause that tells something else."""
    inside = {x for a in anchors for x in (a, *c.ancestors(a))}
    for node in (i, *c.ancestors(i)):
        if node in inside:
            return False
        if c.labels[node] == "acl:relcl":
            return True
    return False


def _names_another(c: Clauses, i: int, date: DateMention, anchors: list[int]) -> bool:
    """Say whether the date is part of a noun's name: "condemned the 2016 coup".

    A weekday in that place is the day of the news ("a Friday night raid"), and what the subject
    names took place when it did ("the 2016 coup killed 300").
    """
    name = i
    if i < c.heads[i] and c.base(i) in _BEFORE_NOUNS and not date.rule.startswith(_NEWS_DAYS):
        name = c.heads[i]
    elif date.rule != KNOWN_BY_NAME:
        return False
    if name in anchors or any(a in c.within(date.start, date.end) for a in anchors):
        return False
    return not (c.base(name) == "nsubj" and c.heads[name] in anchors)


def word_at(c: Clauses, start: int, end: int) -> int:
    """Return the top word of a span: the one whose head stands outside; -1 if there is none."""
    inside = c.within(start, end)
    for i in inside:
        if c.heads[i] not in inside:
            return i
    return -1


def writers_day(annotation: Annotation) -> date | None:
    """Return the day on which the text says that it was written, where it was published later.

    "This Sunday, the 20th" in a text of the 22nd: today and this afternoon are the 20th.
    """
    published = annotation.published
    if published is None:
        return None
    for d in annotation.dates:
        low = d.text.lower()
        if not low.startswith("this ") or low in _DEICTIC or d.precision != "day" or not d.first:
            continue
        if timedelta(0) < published - d.first <= timedelta(days=_NEAR_DAYS):
            return d.first
    return None


def date_of(
    c: Clauses, anchors: list[int], dates: list[DateMention], status: str, annotation: Annotation
) -> When:
    """Return when the event at `anchors` (trigger first) happened."""
    best: tuple[int, int, DateMention] | None = None
    for d in dates:
        i = word_at(c, d.start, d.end)
        if i < 0 or not _may_date(d, status, annotation.published):
            continue
        if _in_another_clause(c, i, anchors) or _names_another(c, i, d, anchors):
            continue
        rank = (min(distance(c, i, a) for a in anchors), d.start, d)
        if best is None or rank[:2] < best[:2]:
            best = rank
    if best is not None:
        return _stated(best[2], annotation)
    told = status in ("actual", "denied", "negated") and not _is_pluperfect(c, anchors)
    if annotation.published is None or not told:
        return UNKNOWN
    day = writers_day(annotation) or annotation.published
    return When(day, day, "day", "published")


def lies_ahead(
    c: Clauses, anchors: list[int], dates: list[DateMention], published: date | None
) -> bool:
    """Say whether the nearest date lies ahead and no past tense contradicts it."""
    if published is None or not dates or c.tags[anchors[-1]] not in ("VB", "VBZ", "VBP"):
        return False
    ranked = [
        (min(distance(c, i, a) for a in anchors), d.start, d)
        for d in dates
        if (i := word_at(c, d.start, d.end)) >= 0 and d.first is not None
    ]
    if not ranked:
        return False
    nearest = min(ranked, key=lambda r: r[:2])[2]
    first, last = nearest.first, nearest.last
    return first is not None and (first > published or (last is None and first == published))


def _may_date(d: DateMention, status: str, published: date | None) -> bool:
    """What has happened lies not ahead of the day of publication, what is planned not behind."""
    if d.first is None and d.last is None:
        return False
    if published is None:
        return True
    if status == "planned":
        return d.last is None or d.last >= published
    if status == "hypothetical":
        return True
    ahead = d.first is not None and d.first > published
    return not ahead and not (d.last is None and d.first == published)


def _stated(d: DateMention, annotation: Annotation) -> When:
    first, last = d.first, d.last
    if d.text.lower() in _DEICTIC and (day := writers_day(annotation)) is not None:
        first = last = day
    return When(first, last, d.precision, d.basis, d.start, d.end)


def _is_pluperfect(c: Clauses, anchors: list[int]) -> bool:
    return any(c.low[k] == "had" and c.base(k) == "aux" for a in anchors for k in c.children[a])


def place_of(
    c: Clauses, anchors: list[int], places: list[PlaceMention], taken: set[int]
) -> PlaceMention | None:
    """Return the nearest place that a local preposition gives to the event or its parties.

    `anchors` are the trigger, its operators and the words of the parties: "in Ukraine" in "the
    crisis in Ukraine" hangs on none of them.
    """
    best: tuple[int, int, PlaceMention] | None = None
    for p in places:
        i = word_at(c, p.start, p.end)
        if i < 0 or p.level == PEOPLE or c.preposition(i) not in _LOCAL or p.start in taken:
            continue
        near = min(distance(c, i, a) for a in anchors)
        if near > 1:
            continue
        rank = (near, p.start, p)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else None
