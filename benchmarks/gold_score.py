"""How far events agree with the gold's: pairs, levels, intervals, calibration.

Events of a coder and of the gold are paired one to one within a passage, best agreement first. A
pair needs the type (or one that the marker calls defensible) and the same sentence. `LEVELS` counts
the same pairs, each level asking for more:

- type;
- status: type and status. What is promised or threatened (AGREE, THREATEN) was said and lies
  ahead: actual and planned are one there;
- usable: type, status, and both countries right, an empty one too;
- lenient: as usable, but a country may be lacking where none is wrong;
- strict: usable, and the first role of both sides.

A country is the first three letters of a code; an organisation is one by its name, and one
without a name agrees with any of its kind. Sides may be swapped where no side acts alone.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.gold_passages import Passage

Event = dict[str, Any]
LEVELS = ("type", "status", "usable", "lenient", "strict")
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # either side may stand first
SPOKEN = frozenset({"AGREE", "THREATEN"})
ROLES = frozenset(
    [
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "REB",
        "OPP",
        "PTY",
        "CVL",
        "REF",
        "ELI",
        "BUS",
        "MED",
        "EDU",
        "LAB",
        "REL",
        "CRM",
        "NGO",
        "UNK",
        "SPY",
        "UAF",
        "PRM",
        "JRN",
        "AGR",
        "HRI",
        "SEP",
        "INS",
        "DEV",
        "ENV",
        "HLH",
        "SOC",
        "RAD",
        "MOD",
    ]
)
NAMES = {"UN": "UNO", "EU": "EUR", "EEC": "EUR", "ECB": "EUR"}  # codes of one organisation
ORGANISATIONS = frozenset({"UNO", "EUR", "NAT"})  # stand without IGO too
NO_COUNTRY = frozenset({"IMG", "INT", "MNC", "---", ""})
_COMMON = frozenset(
    [
        "the",
        "of",
        "de",
        "la",
        "el",
        "al",
        "city",
        "province",
        "region",
        "state",
        "north",
        "south",
        "east",
        "west",
    ]
)
_SENTENCE_END = re.compile(r"[.!?…。؟][\"'”’»)\]]*\s|\n\s*\n")


@dataclass(frozen=True)
class Actor:
    """A code taken apart: country, or kind and name of an organisation; first role."""

    country: str
    role: str
    organisation: str = ""  # IGO or NGO

    def same_country(self, other: Actor) -> bool:
        """Say whether both are of one country, or one organisation, or of none."""
        if self.organisation or other.organisation:
            if not (self.organisation and other.organisation):
                # An NGO without a name is no more than a private body.
                return "NGO" in (self.organisation or other.organisation) and not (
                    self.country or other.country
                )
            unnamed = not self.country or not other.country
            return self.organisation == other.organisation and (
                unnamed or self.country == other.country
            )
        return self.country == other.country

    @property
    def is_open(self) -> bool:
        """Say whether the code names no country and no organisation."""
        return not self.country and self.organisation != "IGO"


def actor(code: str | None) -> Actor:
    """Read RUSMIL as Russia, MIL; IGOUNO as the United Nations; ---REB as REB of no country."""
    letters = re.sub(r"[^A-Z-]", "", (code or "").upper())
    if letters[:3] in ROLES and letters[:3] not in ("NGO",):
        letters = "---" + letters
    first, rest = letters[:3], letters[3:]
    if first in ("IGO", "NGO"):
        name = "" if rest[:3] in ROLES else rest[:3]
        role = _role(rest[3:] if name else rest)
        return Actor(NAMES.get(name, name), "" if role == "GOV" else role, first)
    first = NAMES.get(first, first)
    if first in ORGANISATIONS:
        role = _role(rest)
        return Actor(first, "" if role == "GOV" else role, "IGO")
    return Actor("" if first in NO_COUNTRY else first, _role(rest))


def _role(codes: str) -> str:
    parts = (codes[i : i + 3] for i in range(0, len(codes), 3))
    return next((p for p in parts if p in ROLES), "")


def one_direction(events: Iterable[Event]) -> list[Event]:
    """Return typed events, each mutual one once; a coder may give it in both directions."""
    kept: list[Event] = []
    waiting: dict[tuple[Any, ...], int] = {}
    for e in events:
        if not e.get("plover"):
            continue
        if e.get("reciprocal") or e["plover"] in MUTUAL:
            sides = [(e.get(s), e.get(f"{s}_text")) for s in ("source", "target")]
            rest = tuple(e.get(k) for k in ("plover", "status", "start", "end", "rule"))
            back = (sides[1], sides[0], rest)
            if waiting.get(back):
                waiting[back] -= 1
                continue
            there = (sides[0], sides[1], rest)
            waiting[there] = waiting.get(there, 0) + 1
        kept.append(e)
    return kept


def judge(gold: Event, event: Event, text: str) -> tuple[tuple[int, ...], tuple[bool, ...]] | None:
    """Return the rank of a pair and what is right by level, or None if they are no pair."""
    if event["plover"] not in (gold["plover"], *gold.get("also", ())):
        return None
    if not _one_sentence(gold, event, text):
        return None
    said = event.get("status") or "actual"
    told = {gold["status"], *gold.get("status_also", ())}
    both_spoken = {gold["plover"], event["plover"]} <= SPOKEN
    status = said in told or (both_spoken and {said, gold["status"]} <= {"actual", "planned"})
    orders = [("source", "target")]
    if gold.get("reciprocal") or {gold["plover"], event["plover"]} & MUTUAL:
        orders.append(("target", "source"))
    best = max(_sides(gold, event, order) for order in orders)
    same, loose, role = (best[0] == 2, best[1] == 2, best[2] == 2)
    right = (True, status, status and same, status and loose, status and role)
    exact = event["plover"] == gold["plover"]
    return (sum(right), *best, exact, bool(gold.get("core"))), right


def _sides(gold: Event, event: Event, order: tuple[str, str]) -> tuple[int, int, int]:
    """Count the sides whose country is right; not wrong; right with the role."""
    counts = [0, 0, 0]
    for ours, theirs in zip(("source", "target"), order, strict=True):
        found = actor(event.get(theirs))
        wanted = [actor(c) for c in (gold[ours], *gold.get(f"{ours}_also", ()))]
        same = [w for w in wanted if w.same_country(found)]
        counts[0] += bool(same)
        counts[1] += bool(same) or found.is_open
        counts[2] += any(w.role == found.role for w in same)
    return counts[0], counts[1], counts[2]


def _one_sentence(gold: Event, event: Event, text: str) -> bool:
    trigger, start, end = gold.get("trigger"), event.get("start"), event.get("end")
    if not trigger or start is None or end is None:
        return True
    low, high = min(end, trigger[1]), max(start, trigger[0])
    return low > high or not _SENTENCE_END.search(text[max(low - 2, 0) : high])


@dataclass
class Outcome:
    """One passage: its gold events and the coder's, and which are pairs."""

    passage: Passage
    events: list[Event]
    pairs: dict[int, tuple[int, tuple[bool, ...]]]  # gold -> (event, right by level)

    @property
    def gold(self) -> list[Event]:
        """Return the marked events."""
        return list(self.passage.record["events"])

    def right(self) -> list[tuple[Event, tuple[bool, ...]]]:
        """Return each of the coder's events with what is right of it."""
        of = dict(self.pairs.values())
        none = (False,) * len(LEVELS)
        return [(e, of.get(i, none)) for i, e in enumerate(self.events)]

    def met(self) -> Iterator[tuple[Event, Event, tuple[bool, ...]]]:
        """Yield the pairs: gold event, coder's event, right by level."""
        for i, (j, right) in sorted(self.pairs.items()):
            yield self.gold[i], self.events[j], right

    def counts(self) -> list[int]:
        """Return what `Figures` are made of: numbers, to be summed over passages."""
        gold, found = len(self.gold), len(self.events)
        row = [gold, sum(bool(g.get("core")) for g in self.gold), found]
        row += [gold > 0 and found > 0, gold == 0 and found > 0, gold > 0 and not found]
        row += [gold == 0 and not found]
        for level in range(len(LEVELS)):
            row.append(sum(right[level] for _, right in self.pairs.values()))
            row.append(
                sum(
                    right[level] and bool(self.gold[i].get("core"))
                    for i, (_, right) in self.pairs.items()
                )
            )
        return [int(x) for x in row]


def compare(passage: Passage, events: Iterable[Event]) -> Outcome:
    """Pair the events of a passage with the gold's."""
    found = one_direction(events)
    ranked = [
        (judged[0], -i, -j, judged[1])
        for i, g in enumerate(passage.record["events"])
        for j, e in enumerate(found)
        if (judged := judge(g, e, passage.text))
    ]
    pairs: dict[int, tuple[int, tuple[bool, ...]]] = {}
    used: set[int] = set()
    for _, i, j, right in sorted(ranked, reverse=True):
        if -i not in pairs and -j not in used:
            pairs[-i] = (-j, right)
            used.add(-j)
    return Outcome(passage, found, pairs)


# --- figures ----------------------------------------------------------------------------------


def _ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.divide(a, b, out=np.full(np.shape(a), np.nan), where=np.asarray(b) > 0)


def _f1(p: np.ndarray, r: np.ndarray) -> np.ndarray:
    return _ratio(2 * p * r, p + r)


def rates(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Return the figures by name, from counts of shape (..., columns)."""
    gold, core, found, tp, fp, fn, tn, *hits = np.moveaxis(counts.astype(float), -1, 0)
    p, r = _ratio(tp, tp + fp), _ratio(tp, tp + fn)
    out = {"detection P": p, "detection R": r, "detection F1": _f1(p, r)}
    out["specificity"] = _ratio(tn, tn + fp)
    for k, level in enumerate(LEVELS):
        p, r = _ratio(hits[2 * k], found), _ratio(hits[2 * k], gold)
        out |= {f"{level} P": p, f"{level} R": r, f"{level} F1": _f1(p, r)}
        out[f"{level} core"] = _ratio(hits[2 * k + 1], core)
    return out


def figures(
    outcomes: Sequence[Outcome], draws: int = 0
) -> dict[str, tuple[float, float | None, float | None]]:
    """Return each figure with the bounds of its 95% bootstrap interval over passages."""
    counts = np.array([o.counts() for o in outcomes], dtype=np.int64).reshape(len(outcomes), -1)
    totals = {k: float(v) for k, v in rates(counts.sum(axis=0)).items()}
    if not draws or not outcomes:
        return {k: (v, None, None) for k, v in totals.items()}
    rng = np.random.default_rng(0)
    weights = rng.multinomial(len(outcomes), np.full(len(outcomes), 1 / len(outcomes)), draws)
    drawn = rates(weights @ counts)
    with np.errstate(all="ignore"):
        return {
            k: (v, *(float(b) for b in np.nanpercentile(drawn[k], (2.5, 97.5))))
            if not np.isnan(drawn[k]).all()
            else (v, None, None)
            for k, v in totals.items()
        }


def details(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, float, float]]:
    """Return for day and place: pairs whose gold has one, share right, share given."""
    days: list[tuple[bool, bool]] = []
    places: list[tuple[bool, bool]] = []
    for o in outcomes:
        for g, e, _ in o.met():
            if g.get("date"):
                first = e.get("date_start")
                last = e.get("date_end") or first
                right = bool(first) and g["date"][0] <= first and last <= g["date"][1]
                days.append((right, bool(first)))
            if g.get("place"):
                named = o.passage.text[slice(*g["place"])]
                places.append((bool(_words(named) & _words(e.get("place"))), bool(e.get("place"))))
    out = {}
    for name, rows in (("day", days), ("place", places)):
        n = max(len(rows), 1)
        out[name] = (len(rows), sum(r for r, _ in rows) / n, sum(g for _, g in rows) / n)
    return out


def _words(name: str | None) -> set[str]:
    plain = unicodedata.normalize("NFKD", name or "")
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return set(re.findall(r"\w+", bare.lower())) - _COMMON


@dataclass(frozen=True)
class Calibration:
    """How far `confidence` tells usable events from others."""

    n: int
    auc: float
    brier: float
    table: list[tuple[float, float, int, float, float]]  # from, to, n, mean confidence, usable
    coverage: dict[float, tuple[float | None, float]]  # share usable -> (cut, share of rows kept)


def calibration(outcomes: Sequence[Outcome], wanted: Sequence[float] = (0.75, 0.85)) -> Calibration:
    """Return how confidence stands to being usable (level `usable`)."""
    usable = LEVELS.index("usable")
    rows = [(float(e["confidence"]), r[usable]) for o in outcomes for e, r in o.right()]
    if not rows:
        return Calibration(0, float("nan"), float("nan"), [], dict.fromkeys(wanted, (None, 0.0)))
    score = np.array([s for s, _ in rows])
    right = np.array([r for _, r in rows], dtype=bool)
    edges = [0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.001]
    table = []
    for low, high in itertools.pairwise(edges):
        inside = (score >= low) & (score < high)
        if inside.any():
            n = int(inside.sum())
            table.append((low, high, n, float(score[inside].mean()), float(right[inside].mean())))
    coverage: dict[float, tuple[float | None, float]] = {}
    for share in wanted:
        cuts = [c for c in np.unique(score) if right[score >= c].mean() >= share]
        coverage[share] = (
            (float(cuts[0]), float((score >= cuts[0]).mean())) if cuts else (None, 0.0)
        )
    brier = float(((score - right) ** 2).mean())
    return Calibration(len(rows), auc(score[right], score[~right]), brier, table, coverage)


def auc(high: np.ndarray, low: np.ndarray) -> float:
    """Return how often a draw of `high` is above one of `low`; ties count half."""
    if not len(high) or not len(low):
        return float("nan")
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return float(below.sum() / 2 / len(high) / len(low))


def agreement(pairs: Iterable[tuple[Passage, list[Event]]]) -> dict[str, float]:
    """Return how far a second marker agrees with the first.

    Detection and F1 are those of the second marks set against the first; status, source and target
    are shares of the events that agree in type. A side agrees if one of its codes does.
    """
    outcomes = []
    for passage, events in pairs:
        as_found = [
            e | {"start": e["trigger"][0], "end": e["trigger"][1], "confidence": 1.0}
            for e in events
        ]
        outcomes.append(compare(passage, as_found))
    f = {k: v[0] for k, v in figures(outcomes).items()}
    met = [(g, e, right) for o in outcomes for g, e, right in o.met()]
    n = max(len(met), 1)
    sides = {side: sum(_agree(g, e, side) for g, e, _ in met) / n for side in ("source", "target")}
    names = ("detection F1", "type F1", "usable F1", "strict F1", "usable core")
    out = {"passages": float(len(outcomes)), **{k: f[k] for k in names}}
    out["status"] = sum(right[1] for *_, right in met) / n
    return {k: round(v, 3) for k, v in (out | sides).items()}


def _agree(g: Event, e: Event, side: str) -> bool:
    mutual = g.get("reciprocal") or g["plover"] in MUTUAL
    others = ("source", "target") if mutual else (side,)
    ours = [actor(c) for c in (g[side], *g.get(f"{side}_also", ()))]
    theirs = [actor(c) for o in others for c in (e[o], *e.get(f"{o}_also", ()))]
    return any(a.same_country(b) for a in ours for b in theirs)
