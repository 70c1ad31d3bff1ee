"""Make the project's gold: choose passages to mark, and turn markers' lines into offsets.

    python benchmarks/gold_marks.py pick OUT                  # packs of passages to read and mark
    python benchmarks/gold_marks.py check PACK MARKS          # what is wrong with a marker's lines
    python benchmarks/gold_marks.py build PACKS MARKS         # benchmarks/marks/<lang>.jsonl
    python benchmarks/gold_marks.py agree PACKS MARKS         # how far two markers agree

A marker reads a pack (`PACK.txt`) and writes a line for each event, fields between bars:

    7 | attacked | ASSAULT/COERCE | RUSMIL=Russian troops | UKR=Kharkiv~UKRCVL | actual | 2025-01-03 | Kharkiv | c

number of the passage · trigger · type and others that could be defended · code=phrase of the source
(`---` alone: none; further right codes behind `~`) · the same of the target · status (others behind
`/`) · day or first..last, or nothing · place or nothing · flags: c core, r reciprocal. A phrase that
stands in the passage more than once is the one nearest to the trigger, or the k-th with `@k` behind
it. A passage without events is `7 | -`. Texts are not part of the project; marks are.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.gold_passages import (  # noqa: E402
    CORPORA,
    MARKS,
    TYPES,
    Passage,
    corpus,
    digest,
)
from tasks.annotate import annotate  # noqa: E402
from tasks.annotate.mask import mask_markup  # noqa: E402
from tasks.annotate.sentences import split_sentences  # noqa: E402
from tasks.events import STATUSES  # noqa: E402

ROLES = {
    "GOV",
    "MIL",
    "COP",
    "SPY",
    "JUD",
    "LEG",
    "REB",
    "UAF",
    "OPP",
    "PTY",
    "PRM",
    "CVL",
    "JRN",
    "LAB",
    "BUS",
    "EDU",
    "REL",
    "REF",
    "CRM",
    "MED",
    "AGR",
    "ELI",
    "SOC",
    "UNK",
    "SEP",
}
BLURBS = {  # how many of a category of Wikipedia's current events
    "Armed conflicts and attacks": 150,
    "International relations": 110,
    "Politics and elections": 90,
    "Law and crime": 80,
    "Disasters and accidents": 60,
    "Business and economy": 30,
    "Sports": 25,
    "Arts and culture": 15,
    "Health and environment": 15,
    "Science and technology": 10,
}
POLITICAL = 0.9  # share of passages with two known actors, where a corpus is mostly of other news
MIXED = ("es", "fr", "de", "pt", "it", "ru")
PACK = 50  # passages of a pack
TWICE = 5  # every fifth passage is marked by a second marker
Event = dict[str, Any]


# --- choosing passages ------------------------------------------------------------------------


def cut(text: str, lang: str, where: float, rng: random.Random) -> tuple[int, int] | None:
    """Return a passage of two to four sentences: the lead at 0, else from that share of the text."""
    sentences = [
        s
        for s in split_sentences(mask_markup(text), lang)
        if len(text[s.start : s.end].split()) > 5
    ]
    n = rng.choice((2, 3, 3, 4))
    first = 0 if not where else max(1, round(where * (len(sentences) - n)))
    chosen = sentences[first : first + n]
    if not chosen or chosen[-1].end - chosen[0].start > 1200:
        return None
    return chosen[0].start, chosen[-1].end


def picked(lang: str) -> Iterator[tuple[str, str, dict[str, Any], tuple[int, int]]]:
    """Yield (source, corpus, article, passage) for a language, in a fixed order without end."""
    rng = random.Random(f"demarche gold {lang}")
    name = f"opennews_{lang}"
    articles = list(corpus(name).values())
    rng.shuffle(articles)
    seen: set[str] = set()

    def whole(kind: str, wanted: int, records: list[dict[str, Any]]) -> Iterator[Any]:
        left = wanted
        for r in records:
            story = r.get("category") if str(r.get("category")).startswith("wikidata") else r["id"]
            if left and story not in seen and 30 < len(r["text"]) < 1500:
                seen.add(str(story))
                left -= 1
                yield kind, name, r, (0, len(r["text"]))

    def political(text: str) -> bool:
        return sum(bool(a.code) for a in annotate(text, lang=lang).actors) > 1

    def parts(kind: str, source: str, wanted: int, records: list[dict[str, Any]]) -> Iterator[Any]:
        left, depth = wanted, 0
        while left and depth < 4:
            for r in records:
                where = rng.uniform(0.15, 0.95) if depth or rng.random() < 0.6 else 0.0
                span = cut(r["text"], lang, where, rng) if left else None
                key = f"{r['id']} {span and span[0]}"
                if span and lang in MIXED and rng.random() < POLITICAL:
                    span = span if political(r["text"][slice(*span)]) else None
                if span and key not in seen and (depth == 0 or len(r["text"]) > 1200):
                    seen.add(key)
                    left -= 1
                    yield kind, source, r, span
            depth += 1

    blurbs = [r for r in articles if r["kind"] == "blurb"]
    longer = [r for r in articles if r["kind"] == "article"]
    if lang == "en":
        for category, n in BLURBS.items():
            yield from whole("blurb", n, [r for r in blurbs if r.get("category") == category])
        yield from whole(
            "blurb", 15, [r for r in blurbs if str(r.get("category")).startswith("wiki")]
        )
        held = set((CORPORA.parent / "gold" / "held_out_polconf.txt").read_text().split())
        press = [r for i, r in sorted(corpus("polconf_en").items()) if i not in held]
        rng.shuffle(press)
        yield from parts("press", "polconf_en", 500, press)
        yield from parts("wikinews", name, 400, longer)
    elif lang == "de":
        yield from whole("blurb", 14, blurbs)
        yield from whole("sentence", 40, [r for r in articles if r["kind"] == "sentence"])
        yield from parts("press", name, 76, longer)
    elif lang == "uk":
        yield from whole("blurb", 60, blurbs)
        slav = [r for _, r in sorted(corpus("slavner").items()) if r["lang"] == "uk"]
        rng.shuffle(slav)
        yield from parts("press", "slavner", 70, slav)
    else:
        n = {"es": 200, "fr": 200}.get(lang, 120)
        taken = list(whole("blurb", n // 3, blurbs))
        yield from taken
        yield from parts("press", name, n - len(taken), longer)


def pick(out: Path) -> None:
    """Write packs: NAME.txt to read, NAME.jsonl with what it was made of."""
    out.mkdir(parents=True, exist_ok=True)
    for lang in ("en", "es", "fr", "de", "pt", "it", "ru", "uk", "ar"):
        records = []
        for kind, source, r, (start, end) in picked(lang):
            text = r["text"][start:end]
            records.append(
                {
                    "id": f"{r['id']}#{start}",
                    "corpus": source,
                    "doc": r["id"],
                    "sha1": digest(text),
                    "start": start,
                    "end": end,
                    "date": str(r.get("date") or r.get("published") or "")[:10] or None,
                    "lang": lang,
                    "source": kind,
                    "category": r.get("category") if kind == "blurb" and lang == "en" else None,
                    "text": text,
                }
            )
        random.Random(f"order {lang}").shuffle(records)
        twice = records[TWICE - 1 :: TWICE]
        for kind, chosen in (("", records), ("-second", twice)):
            for k in range(0, len(chosen), PACK):
                _write_pack(out / f"{lang}{kind}-{k // PACK + 1:02}", chosen[k : k + PACK])


def _write_pack(path: Path, records: list[dict[str, Any]]) -> None:
    with path.with_suffix(".jsonl").open("w", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    lines = [
        f"{n} [{r['date'] or 'undated'}] {' '.join(r['text'].split())}"
        for n, r in enumerate(records, 1)
    ]
    path.with_suffix(".txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


# --- reading marks ----------------------------------------------------------------------------


def _codes() -> tuple[set[str], set[str]]:
    with (ROOT / "seeds/actors/countries.csv").open(encoding="utf-8") as f:
        rows = csv.DictReader(line for line in f if not line.startswith("#"))
        key = next(k for k in rows.fieldnames or () if k in ("code", "iso3", "country"))
        countries = {r[key] for r in rows}
    return countries, ROLES


COUNTRIES, _ = _codes()


def check_code(code: str) -> str | None:
    """Return what is wrong with an actor code, or None."""
    where, rest = code[:3], code[3:]
    if where in ("IGO", "NGO"):
        if rest and rest[:3] not in ROLES:
            rest = rest[3:]
    elif where != "---" and where not in COUNTRIES:
        return f"{code}: {where} is no country"
    bad = [rest[i : i + 3] for i in range(0, len(rest), 3) if rest[i : i + 3] not in ROLES]
    return f"{code}: {bad[0]} is no role" if bad else None


def find(text: str, phrase: str, near: int | None) -> tuple[int, int]:
    """Return where a phrase stands: the k-th for `phrase@k`, else the one nearest to `near`."""
    phrase, _, k = phrase.partition("@") if re.search(r"@\d+$", phrase) else (phrase, "", "")
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    if not pattern:
        raise ValueError("empty phrase")
    for edge in (r"(?<!\w)" + pattern + r"(?!\w)", pattern):
        spans = [m.span() for m in re.finditer(edge, text)]
        if spans:
            break
    else:
        raise ValueError(f"not in the text: {phrase!r}")
    if k:
        if int(k) > len(spans):
            raise ValueError(f"{phrase!r} stands there {len(spans)} times")
        return spans[int(k) - 1]
    if near is None:
        if len(spans) > 1:
            raise ValueError(f"trigger {phrase!r} stands there {len(spans)} times: say {phrase}@k")
        return spans[0]
    return min(spans, key=lambda s: (abs(s[0] - near), s))


def _side(text: str, cell: str, near: int, name: str) -> Event:
    first, *others = (c.strip() for c in cell.split("~"))
    code, _, phrase = first.partition("=")
    code = code.strip() or "---"
    for c in (code, *others):
        if wrong := check_code(c):
            raise ValueError(wrong)
    found = list(find(text, phrase.strip(), near)) if phrase.strip() else None
    if code != "---" and not found:
        raise ValueError(f"{name} {code} without the phrase that names it")
    return {name: code, f"{name}_span": found} | ({f"{name}_also": others} if others else {})


def read_line(text: str, line: str) -> Event:
    """Return the event of a marker's line.

    Raises:
        ValueError: with what is wrong.
    """
    cells = [c.strip() for c in line.split("|")]
    if len(cells) not in (7, 8, 9):
        raise ValueError(f"{len(cells)} fields instead of 9")
    _, trigger, types, source, target, status, day, place, flags = [*cells, "", ""][:9]
    plover, *also = types.split("/")
    state, *states = status.split("/")
    if bad := [t for t in (plover, *also) if t not in TYPES]:
        raise ValueError(f"no type: {bad[0]}")
    if bad := [s for s in (state, *states) if s not in STATUSES]:
        raise ValueError(f"no status: {bad[0]}")
    if set(flags) - set("cr "):
        raise ValueError(f"flags are c and r, not {flags!r}")
    at = find(text, trigger, None)
    days = None
    if day and day != "-":
        first, _, last = day.partition("..")
        days = [first.strip(), (last or first).strip()]
        if date.fromisoformat(days[0]) > date.fromisoformat(days[1]):
            raise ValueError(f"{day}: ends before it begins")
    event: Event = {"trigger": list(at), "plover": plover}
    event |= {"also": also} if also else {}
    event |= _side(text, source, at[0], "source") | _side(text, target, at[0], "target")
    event |= {"status": state} | ({"status_also": states} if states else {})
    event |= {"date": days, "place": list(find(text, place, at[0])) if place.strip("-") else None}
    return event | {"core": "c" in flags} | ({"reciprocal": True} if "r" in flags else {})


def read_marks(pack: Path, marks: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the records of a pack with their events, and what is wrong, a line each."""
    records = [json.loads(line) for line in pack.with_suffix(".jsonl").open(encoding="utf-8")]
    events: dict[int, list[Event]] = {}
    wrong = []
    for number, line in enumerate(marks.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        n, _, rest = line.partition("|")
        try:
            i = int(n)
            record = records[i - 1] if 0 < i <= len(records) else None
            if record is None:
                raise ValueError(f"no passage {i}")
            known = events.setdefault(i, [])
            if rest.strip() != "-":
                event = read_line(record["text"], line)
                if event not in known:
                    known.append(event)
        except ValueError as e:
            wrong.append(f"{marks.name}:{number}: {e}: {line[:100]}")
    wrong += [
        f"{marks.name}: passage {i} is not marked"
        for i in range(1, len(records) + 1)
        if i not in events
    ]
    return [r | {"events": events.get(i, [])} for i, r in enumerate(records, 1)], wrong


def first_marks(packs: Path, marks: Path, second: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the records of all packs that are marked, of the first markers or of the second.

    Raises:
        SystemExit: with all that is wrong in the marks.
    """
    wrong: list[str] = []
    for pack in sorted(packs.glob("*.jsonl")):
        mine = marks / f"{pack.stem}.txt"
        if ("-second-" in pack.stem) == second and mine.exists():
            records, faults = read_marks(pack, mine)
            wrong += faults
            yield from records
    if wrong:
        sys.exit("\n".join(wrong))


def build(packs: Path, marks: Path) -> None:
    """Write benchmarks/marks/<lang>.jsonl, sorted by id, without any text."""
    records = sorted(first_marks(packs, marks), key=lambda r: (r["lang"], r["id"]))
    MARKS.mkdir(exist_ok=True)
    for lang, rows in groupby(records, key=lambda r: r["lang"]):
        with (MARKS / f"{lang}.jsonl").open("w", encoding="utf-8") as f:
            for r in rows:
                kept = {k: v for k, v in r.items() if k != "text" and v is not None}
                f.write(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n")


# --- agreement --------------------------------------------------------------------------------


def agree(packs: Path, marks: Path) -> None:
    """Print how far the second markers agree with the first, as if they were systems."""
    from benchmarks.gold_score import agreement

    first = {r["id"]: r for r in first_marks(packs, marks)}
    second = [r for r in first_marks(packs, marks, second=True) if r["id"] in first]
    by_lang: dict[str, list[tuple[Passage, list[Event]]]] = defaultdict(list)
    for r in second:
        pair = (Passage(first[r["id"]], r["text"]), r["events"])
        by_lang["all"].append(pair)
        by_lang[r["lang"]].append(pair)
    for lang, pairs in by_lang.items():
        print(lang, json.dumps(agreement(pairs)))


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("pick", "check", "build", "agree"))
    parser.add_argument("paths", nargs="+", type=Path)
    a = parser.parse_args()
    if a.command == "pick":
        return pick(a.paths[0])
    if a.command == "check":
        records, wrong = read_marks(*a.paths)
        n = Counter(bool(r["events"]) for r in records)
        print(*wrong, sep="\n", end="\n" if wrong else "")
        print(
            f"{sum(len(r['events']) for r in records)} events in {n[True]} passages, {n[False]} without"
        )
        sys.exit(bool(wrong))
    return (build if a.command == "build" else agree)(*a.paths)


if __name__ == "__main__":
    main()
