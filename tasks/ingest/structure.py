"""Plain text to title, body and what stands around them: header, captions, tail.

Gentle by design: only lines that are recognised are taken out, all others stay in the body; what
is taken out is kept in `set_aside`, so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tasks.ingest import lines as ln
from tasks.ingest.dateline import dateline_of
from tasks.ingest.dates import Moment, Printed, find_dates
from tasks.ingest.published import UNDATED, Published, Window, first_known, from_print
from tasks.ingest.seeds import day_first_phrases
from tasks.ingest.unwrap import paragraphs_of

_MAX_TITLE = 250
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u9fff]")
_CLOSERS = "\"'”’»)*_ "
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\.\.\.$|…$")
_ENGLISH = frozenset(("the", "of", "and", "to", "that", "was"))
# A publication label is best. When a page was updated does not say when it was published.
_RANK = ("date_published", "bare", "dateline", "date_created")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date that may be that of publication, with the paragraph that it stands in."""

    role: str
    printed: Printed
    text: str
    index: int


@dataclass(slots=True)
class Structure:
    """A text taken apart.

    Attributes:
        title: Headline, if one was given or found.
        body: Paragraphs, joined by an empty line.
        author: Name in the byline.
        url: Web address that stands on a line of its own in the header.
        tags: Keywords and categories.
        set_aside: Lines taken out, in the order of the text.
        published: The date that header, tail or dateline give.
        unwrapped: Line breaks that were undone.
    """

    title: str | None
    body: str
    author: str | None = None
    url: str | None = None
    tags: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    published: Published = UNDATED
    unwrapped: int = 0


def take_apart(text: str, title: str | None, window: Window) -> Structure:
    """Tell the title and body of a clean text from the lines around them.

    Args:
        text: Clean text, as made by `clean.clean`.
        title: Headline if it is known already; a line that repeats it is taken out.
        window: Days that are possible as publication date.
    """
    paragraphs, unwrapped = paragraphs_of(text)
    sorter = _Sorter(paragraphs, title)
    sorter.run()
    result = sorter.result
    result.unwrapped = unwrapped
    result.body = "\n\n".join(sorter.body)
    result.published = _choose(sorter.best_dates(), paragraphs, window)
    return result


def _choose(dates: Sequence[_Dated], paragraphs: Sequence[str], window: Window) -> Published:
    """Pick the best kind of date; dates of one kind that differ say nothing (a list of links)."""
    found = []
    for role in _RANK:
        same = [d for d in dates if d.role == role]
        days = [read for d in same if (read := _days(d.printed))]
        if same and (not days or set.intersection(*days)):
            chosen = next((d for d in same if d.printed.moment), same[0])
            basis = "dateline" if role == "dateline" else "header"
            printed = _settle(chosen, paragraphs)
            found.append(from_print(printed, basis, chosen.text, window))
    return first_known(*found)


def _days(printed: Printed) -> set[date]:
    """Return the days that a date can be read as."""
    if printed.moment:
        return {printed.moment.day}
    return printed.figures.days if printed.figures else set()


def _settle(dated: _Dated, paragraphs: Iterable[str]) -> Printed:
    """Read an ambiguous 02/05/2022 as its label's language or the text's other dates show."""
    printed = dated.printed
    figures = printed.figures
    if printed.moment is not None or figures is None or len(figures.days) != 2:
        return printed
    orders = {p.orders for line in paragraphs for p in find_dates(line) if len(p.orders) == 1}
    if dated.text.casefold().startswith(tuple(day_first_phrases())) or _is_not_english(paragraphs):
        orders = {("DMY",)}
    if len(orders) != 1:
        return printed
    day = figures.day_first if orders == {("DMY",)} else figures.month_first
    return replace(printed, moment=Moment(day, None, "day")) if day else printed


def _is_not_english(paragraphs: Iterable[str]) -> bool:
    """Return True for a text that is surely not English: there the day always comes first."""
    words = " ".join(paragraphs)[:4000].casefold().split()
    return len(words) >= 40 and 50 * sum(w in _ENGLISH for w in words) < len(words)


class _Sorter:
    """Walks over the paragraphs once and puts each where it belongs."""

    def __init__(self, paragraphs: list[str], title: str | None) -> None:
        self.rest = paragraphs
        self.result = Structure(title=title, body="")
        self.body: list[str] = []
        self.dates: list[_Dated] = []
        self.known_title = title.casefold() if title else None
        prose = [i for i, p in enumerate(paragraphs) if ln.is_prose(p) and not ln.is_note(p)]
        self.first_prose = prose[0] if prose else len(paragraphs)
        self.last_prose = prose[-1] if prose else -1
        self.index = 0
        self.headline_due = title is None

    def run(self) -> None:
        while self.index < len(self.rest):
            line = self.rest[self.index]
            if not (self._at_edge() and self._take_edge(line)) and not self._take_anywhere(line):
                self._keep(line)
            self.index += 1

    def best_dates(self) -> list[_Dated]:
        """Return the dates found; of bare ones only the nearest to the first prose.

        A date alone on a line is that of the article if the text follows at once; further above
        it is the day on which the page was fetched, as many site headers show it. Two that differ
        say nothing.
        """
        near = [
            d
            for d in self.dates
            if d.role == "bare" and self.first_prose - d.index <= (3 if ":" in d.text else 2)
        ]
        above = [d for d in near if d.index <= self.first_prose]
        days = {d.printed.moment for d in above}
        chosen = (above[-1:] if len(days) == 1 else []) if above else near[:1]
        return [*chosen, *(d for d in self.dates if d.role != "bare")]

    def _note_date(self, role: str, printed: Printed, text: str) -> None:
        self.dates.append(_Dated(role, printed, text, self.index))

    def _at_edge(self) -> bool:
        return self.index <= self.first_prose + 1 or self.index > self.last_prose

    def _in_head(self) -> bool:
        return self.index <= self.first_prose + 1 and len(self.body) <= 3

    def _take_edge(self, line: str) -> bool:
        if self.known_title and line.casefold().strip("# *_") == self.known_title:
            self.known_title = None
            return self._aside(line)
        label = ln.label_of(line)
        if label is not None:
            return self._take_label(label, line)
        if ln.is_note(line):
            return self._aside(line)
        if self._in_head() and (url := ln.address_of(line)):
            self.result.url = self.result.url or url
            return self._aside(line)
        if ln.bare_date(line):
            if self._in_head():
                self._note_date("bare", next(find_dates(line)), line)
            return self._aside(line)
        return False

    def _take_label(self, label: ln.Label, line: str) -> bool:
        if label.role == "author":
            self.result.author = self.result.author or label.value.strip(" .*_")
        elif label.role == "tags":
            self._take_tags(label.value)
        else:
            return self._take_date(label, line)
        self.result.set_aside.append(line)
        self.result.set_aside += self.rest[self.index + 1 : self._skip(label)]
        return True

    def _skip(self, label: ln.Label) -> int:
        """Move to the last item of a tag list; return the index behind it."""
        if label.role == "tags" and not label.value:
            self.index += len(self._items())
        return self.index + 1

    def _items(self) -> list[str]:
        """Return the lines of the list below a tag label: items, or short lines in the tail."""
        items: list[str] = []
        is_tail = self.index > self.last_prose
        for line in self.rest[self.index + 1 :]:
            if ln.item_of(line) is None:
                plain = is_tail or not items
                if ln.label_of(line) or ln.is_drop(line) or ln.bare_date(line) or not plain:
                    break
                if line.count(" ") > 5 or ln.ends_sentence(line) or ln.is_credit(line):
                    break
            items.append(line)
        return items

    def _take_tags(self, value: str) -> None:
        values = re.split(r"\s*[,;|]\s*", value) if value else self._items()
        for text in values:
            tag = (ln.item_of(text) or text).strip(" #*_.")
            if tag and tag not in self.result.tags:
                self.result.tags.append(tag)

    def _take_date(self, label: ln.Label, line: str) -> bool:
        value, start, taken = label.value, label.start, line
        if not value:
            value = self.rest[self.index + 1] if self.index + 1 < len(self.rest) else ""
            if not ln.bare_date(value):
                return False
            self.index += 1
            taken, start = f"{line} {value}", len(line) + 1
            self.result.set_aside.append(line)
        first = next(find_dates(value), None)
        if first is None:
            return False
        end = start + first.end
        self._note_date(label.role, first, taken[:end].strip())
        behind = taken[end:].lstrip(" ,|–-")
        if behind.count(" ") >= 5:
            self.rest[self.index] = behind
            self.index -= 1
            return self._aside(taken[:end])
        return self._aside(value if taken != line else line)

    def _take_anywhere(self, line: str) -> bool:
        is_aside = ln.is_drop(line) or ln.is_caption(line) or ln.is_credit(line)
        return is_aside and self._aside(line)

    def _aside(self, line: str) -> bool:
        self.result.set_aside.append(line.strip())
        return True

    def _keep(self, line: str) -> None:
        if self.headline_due and not self.body and self._is_headline(line):
            self.result.title = line.removeprefix("-- ").strip("# *_").strip()
            self.headline_due = False
            return
        if len(self.body) < 3 and (dateline := dateline_of(line)):
            if dateline.printed:
                self._note_date("dateline", dateline.printed, dateline.text)
            self._aside(line[: dateline.end])
            line = line[dateline.end :].lstrip("*_ ") or line
        self.body.append(line)

    def _is_headline(self, line: str) -> bool:
        """Return True for a short line without a full stop above the first prose."""
        if not _WORD.search(line) or len(line) > _MAX_TITLE or self.index >= len(self.rest) - 1:
            return False
        if line.lstrip("-# *_\"“‘'«„(")[:1].islower() or dateline_of(line):
            return False
        if line.startswith("#"):
            return True
        plain = line.rstrip(_CLOSERS)
        return not plain.endswith((".", "。", "।", ":", ";", ",")) or bool(
            _ABBREVIATION.search(plain)
        )
