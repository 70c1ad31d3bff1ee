"""Makes cldr_words.csv and cldr_patterns.csv from CLDR, for every language that has the data.

Usage: npm pack cldr-dates-full && tar xzf cldr-dates-full-*.tgz
       python seeds/lexicon/common/bake.py package 2026-11-21
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.annotate.shapes import TOKEN

HERE = Path(__file__).parent
HEADER = """# {what}
# Made by bake.py from cldr-dates-full {version}.
# source: Unicode Common Locale Data Repository
# licence: Unicode-3.0
# date: {date}
"""
# Written without spaces between words: tokens are no words there.
NO_SPACES = {"zh", "ja", "th", "km", "lo", "my", "yue", "bo", "dz", "ii"}
DAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
UNITS = ("day", "week", "month", "year")
Row = tuple[str, ...]


def main(package: Path, date: str) -> None:
    """Write both tables."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    words: list[Row] = []
    patterns: list[Row] = []
    for folder in sorted((package / "main").iterdir()):
        lang = folder.name
        if lang != "und" and "-" not in lang and lang not in NO_SPACES:
            _read(folder, lang, words, patterns)
    head = HEADER.format(what="Names of months and days.", version=version, date=date)
    _write("cldr_words.csv", head, "lang,class,value,case,forms", words)
    head = HEADER.format(what="Relative days, weeks, months and years.", version=version, date=date)
    _write("cldr_patterns.csv", head, "lang,rule,args,pattern", patterns)


def _read(folder: Path, lang: str, words: list[Row], patterns: list[Row]) -> None:
    dates = json.loads((folder / "ca-gregorian.json").read_text(encoding="utf-8"))
    fields = json.loads((folder / "dateFields.json").read_text(encoding="utf-8"))
    calendar = dates["main"][lang]["dates"]["calendars"]["gregorian"]
    named = calendar["months"]["format"]["wide"]
    if named["1"] in ("M01", "1") or calendar["days"]["format"]["wide"]["sun"] == "Sun":
        return  # the language has no data of its own
    for rule, cls, value, name in [*_months(calendar), *_weekdays(calendar)]:
        tokens = TOKEN.findall(name.lower().rstrip("."))
        if len(tokens) == 1 and len(tokens[0]) > 1:
            words.append((lang, cls, str(value), "any", tokens[0]))
        elif len(tokens) > 1 and cls != "MONTH":
            patterns.append((lang, rule, f"{cls.lower()}={value}", _pattern(name)))
    patterns += [(lang, *row) for row in _relative(fields["main"][lang]["dates"]["fields"])]


def _months(calendar: dict[str, Any]) -> Iterator[tuple[str, str, int, str]]:
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in calendar["months"][form][width].items():
                if len(name.rstrip(".")) >= 3 and not name[0].isdigit():
                    yield "month", "MONTH", int(number), name


def _weekdays(calendar: dict[str, Any]) -> Iterator[tuple[str, str, int, str]]:
    for form in ("format", "stand-alone"):
        for day, name in calendar["days"][form]["wide"].items():
            yield "weekday", "WEEKDAY", DAYS[day], name


def _relative(fields: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for unit in UNITS:
        for key, name in fields[unit].items():
            if found := re.fullmatch(r"relative-type-(-?\d)", key):
                args = f"offset={found[1]}" if unit == "day" else f"period={unit} shift={found[1]}"
                yield "relday" if unit == "day" else "period", args, _pattern(name)
            elif key.startswith("relativeTime-type"):
                rule = "ago" if key.endswith("past") else "hence"
                for phrase in dict.fromkeys(name.values()):
                    if "{0}" in phrase:
                        yield rule, f"unit={unit}", _pattern(phrase)
    for day, number in DAYS.items():
        for step in (-1, 1):
            if name := fields[day].get(f"relative-type-{step}"):
                yield "weekday", f"weekday={number} shift={step}", _pattern(name)


def _pattern(phrase: str) -> str:
    tokens = TOKEN.findall(phrase.lower().replace("{0}", " 0 ").rstrip("."))
    return " ".join("NUMBER" if t == "0" else t for t in tokens)


def _write(name: str, head: str, columns: str, rows: list[Row]) -> None:
    plain = {r for r in rows if not any(re.search(r'[\[\]()|~!+$,"]', cell) for cell in r)}
    lines = [",".join(row) for row in sorted(plain)]
    (HERE / name).write_text(head + columns + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
