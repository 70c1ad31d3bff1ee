"""The event lexicon of a language: frames, operators, word classes and the forms of their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from tasks.errors import UserError
from tasks.events.inflect import guess_noun, guess_verb
from tasks.events.inflections import Glosses, glosses, inflection
from tasks.events.tables import SEEDS, read_table

FRAME_FILES = "frames/*.csv"  # one a PLOVER type
_LAST = 9  # of rows that are as specific, one without a number
NO_EVENT = "-"  # in place of a code
MAX_REMEMBERED = 50_000  # words whose lemma is kept


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a frame: some filler of `slots` is among `values` (or none, if negated)."""

    slots: tuple[str, ...]
    values: tuple[str, ...]
    negated: bool = False

    @property
    def weight(self) -> int:
        """Words say more than a kind of actor, a kind more than that something stands there."""
        if self.negated or self.values == ("*",):
            return 1
        named = 3 if all(v[0] != "~" for v in self.values) else 2
        return named + ("obj" in self.slots)


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of frames/<TYPE>.csv.

    Attributes:
        words: Trigger, its words in order; the first leads for a verb, the last for a noun.
        pos: verb, noun (an event by itself) or object (an event only under an operator).
        plover: PLOVER type; empty for statements and for what is no event.
        cameo: CAMEO code, or - for no event.
        tie: Of rows that are as specific, the lowest wins; _LAST where the table has none.
        rule: Name of the row for good: its file and its id, such as ASSAULT/shell.
    """

    words: tuple[str, ...]
    pos: str
    where: tuple[Condition, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    plover: str
    cameo: str
    mode: str
    example: str
    expected: str
    rule: str
    tie: int = _LAST

    @property
    def head(self) -> str:
        """The lemma that the frame is indexed by."""
        return self.words[0] if self.pos == "verb" else self.words[-1]

    @property
    def particle(self) -> str:
        """The second word of a verb such as "call off"."""
        return self.words[1] if self.pos == "verb" and len(self.words) > 1 else ""

    @property
    def weight(self) -> int:
        """How specific the row is: among rows that fit, the highest wins."""
        return sum(x.weight for x in self.where) + 4 * (len(self.words) - 1)


@dataclass(frozen=True, slots=True)
class Operator:
    """A row of operators.csv: a word that says something about another event."""

    words: tuple[str, ...]
    pos: str
    op: str
    slots: tuple[str, ...]
    example: str
    rule: str


class Lexicon:
    """The tables of one language, indexed.

    Attributes:
        frames: Frames by part of speech (v, n) and head lemma.
        operators: Operators by part of speech (v, n, a) and first lemma.
        classes: Words of each class.
        triggers: Every surface form that may begin an event.
        _free: Those that may do so whatever stands beside them.
    """

    def __init__(self, folder: Path) -> None:
        # Words come again and again: what was found is remembered.
        self.lemma: Callable[[str, str], str] = lru_cache(MAX_REMEMBERED)(self._lemma)
        self._readings: Callable[[str], frozenset[str]] = lru_cache(MAX_REMEMBERED)(self._read)
        self._inflection = inflection(folder.name)
        named = glosses(folder.name)
        self.classes = {
            r["class"]: frozenset(r["words"].split("|")) for r in read_table(folder / "classes.csv")
        }
        self.frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        self.rows = [f for p in sorted(folder.glob(FRAME_FILES)) for f in _frames(p, named)]
        for f in self.rows:
            self.frames["v" if f.pos == "verb" else "n", f.head].append(f)
        for rows in self.frames.values():
            rows.sort(key=lambda f: (-f.weight, f.tie))  # stable: then in the order of the files
        self.operators: dict[tuple[str, str], list[Operator]] = defaultdict(list)
        self.operator_rows = _operators(folder / "operators.csv", named)
        for o in self.operator_rows:
            self.operators[o.pos, o.words[0]].append(o)
        for ops in self.operators.values():
            ops.sort(key=lambda o: -len(o.words))
        self._index_forms(folder)

    def _index_forms(self, folder: Path) -> None:
        irregular: dict[str, dict[str, tuple[str, ...]]] = {"v": {}, "n": {}}
        for r in read_table(folder / "irregular.csv"):
            irregular[r["pos"]][r["lemma"]] = tuple(r["forms"].split())
        verbs = {k[1] for k in self.frames if k[0] == "v"} | set(irregular["v"])
        verbs |= {k[1] for k in self.operators if k[0] == "v"}
        nouns = {k[1] for k in self.frames if k[0] == "n"} | set(irregular["n"])
        nouns |= {k[1] for k in self.operators if k[0] == "n"}
        nouns |= {w for words in self.classes.values() for w in words}
        inflect = self._inflection
        plurals = {f for n in nouns for f in inflect.noun_forms(n, irregular["n"]) if f != n}
        nouns -= plurals - set(irregular["n"])
        self._verbs = _forms((v, inflect.verb_forms(v, irregular["v"])) for v in sorted(verbs))
        self._nouns = _forms((n, inflect.noun_forms(n, irregular["n"])) for n in sorted(nouns))
        self.classes = {
            name: words | {self._nouns.get(w, w) for w in words}
            for name, words in self.classes.items()
        }
        self._free: frozenset[str] = frozenset()
        self._guarded = {k: [(f, self._guards(f)) for f in x] for k, x in self.frames.items()}
        if inflect.shares_forms:
            self.triggers = frozenset(
                [f for pos, v in self.frames if pos == "v" for f in inflect.verb_forms(v, {})]
                + [f for f, lemma in self._nouns.items() if ("n", lemma) in self.frames]
            )
            # "cessez-le-feu" is cut at its hyphens: its first part lets the sentence in.
            self.triggers |= {f.partition("-")[0] for f in self.triggers if "-" in f}
            return
        self.triggers = frozenset(
            [f for f, lemma in self._verbs.items() if ("v", lemma) in self.frames]
            + [f for f, lemma in self._nouns.items() if ("n", lemma) in self.frames]
        )
        nothing: frozenset[str] = frozenset()
        self._free = frozenset(
            w for w in self.triggers if any(f.cameo != NO_EVENT for f in self._beside(w, nothing))
        )

    def possible(self, pos: str, lemma: str, words: Set[str]) -> Iterator[Frame]:
        """Yield the frames of a trigger that may fit beside such words, the most specific first."""
        for frame, guards in self._guarded.get((pos, lemma), ()):
            for guard in guards:
                if guard.isdisjoint(words):
                    break
            else:
                yield frame

    def _guards(self, frame: Frame) -> tuple[frozenset[str], ...]:
        """Return sets of words; the sentence must have a word of each for the frame to fit."""
        others = frame.words[1:] if frame.pos == "verb" else frame.words[:-1]
        open_ = "*~"
        named = [
            x.values
            for x in frame.where
            if not x.negated
            and "@place" not in x.values
            and not any(v[0] in open_ for v in x.values)
        ]
        return (*(frozenset([w]) for w in others), *(self._members(v) for v in named))

    def _members(self, values: tuple[str, ...]) -> frozenset[str]:
        sets = [self.classes[v[1:]] if v[0] == "@" else frozenset([v]) for v in values]
        return sets[0] if len(sets) == 1 else frozenset().union(*sets)

    def is_candidate(self, words: Set[str]) -> bool:
        """Say whether a sentence of these lower-case words may hold an event.

        Before the words are tagged, each may be a verb or a noun.
        """
        found = words & self.triggers
        if not found or self._inflection.shares_forms or not found.isdisjoint(self._free):
            return bool(found)
        known = frozenset().union(*map(self._readings, words))
        return any(f.cameo != NO_EVENT for w in found for f in self._beside(w, known))

    def _beside(self, form: str, words: Set[str]) -> Iterator[Frame]:
        yield from self.possible("v", self.lemma(form, "VB"), words)
        yield from self.possible("n", self.lemma(form, "NN"), words)

    def _read(self, form: str) -> frozenset[str]:
        """Return what a rule may take the form for: itself, and the lemmas that it may have."""
        form = form.replace("’", "'")
        return frozenset({form, self.lemma(form, "VB"), self.lemma(form, "NN")})

    def _lemma(self, form: str, tag: str) -> str:
        """Return the dictionary form of a lower-case form with a Penn Treebank tag."""
        if tag[:2] == "VB" or tag == "MD":
            return self._verbs.get(form) or guess_verb(form)
        if tag[:2] == "NN":
            return self._nouns.get(form) or guess_noun(form)
        return form


def _forms(pairs: Iterable[tuple[str, set[str]]]) -> dict[str, str]:
    """Return form -> lemma; a form that is itself a lemma stays its own."""
    out: dict[str, str] = {}
    own = []
    for lemma, forms in pairs:
        own.append(lemma)
        for form in sorted(forms):
            out.setdefault(form, lemma)
    out.update({lemma: lemma for lemma in own})
    return out


def parse_where(cell: str, named: Glosses = MappingProxyType({})) -> tuple[Condition, ...]:
    """Read the conditions of a frame.

    Raises:
        ValueError: naming the condition that cannot be read.
    """
    out = []
    for part in (p.strip() for p in cell.split("&") if p.strip()):
        negated = part.startswith("!")
        slots, _, values = part.lstrip("!").partition("=")
        if not slots or (not negated and not values):
            raise ValueError(f"{part!r} is no condition")
        out.append(Condition(_slots(slots, named), _slots(values, named), negated))
    return tuple(out)


def _frames(path: Path, named: Glosses) -> list[Frame]:
    out = []
    for r in read_table(path):
        where = f"{path.name}, line {r['line']}"
        if r["pos"] not in ("verb", "noun", "object"):
            raise UserError(f"{where}: pos is {r['pos']!r}", "write verb, noun or object")
        try:
            conditions = parse_where(r["where"], named)
        except ValueError as error:
            raise UserError(f"{where}: {error}", "write slot=word|@class, or !slot") from error
        out.append(
            Frame(
                _named(r["trigger"], named),
                r["pos"],
                conditions,
                _slots(r["source"], named),
                _slots(r["target"], named) or (("obj", "iobj") if r["pos"] == "verb" else ()),
                r["plover"],
                r["cameo"],
                r["mode"],
                r["example"],
                r["expected"],
                f"{path.stem}/{r['id']}",
                int(r["tie"] or _LAST),
            )
        )
    return out


def _operators(path: Path, named: Glosses) -> list[Operator]:
    return [
        Operator(
            _named(r["trigger"], named),
            r["pos"],
            r["op"],
            _slots(r["slots"], named),
            r["example"],
            f"{r['op']}:{r['trigger'].replace(' ', '_')}",
        )
        for r in read_table(path)
    ]


def _named(trigger: str, named: Glosses) -> tuple[str, ...]:
    """Return the words of a trigger, words of grammar as the rules name them."""
    return tuple(named.get(w, (w,))[0] for w in trigger.split())


def _slots(cell: str, named: Glosses) -> tuple[str, ...]:
    """Return slots or words; a preposition may be known by several names (`por`: by, for)."""
    return tuple(dict.fromkeys(n for s in cell.split("|") if s for n in named.get(s, (s,))))


@cache
def languages() -> list[str]:
    """Return the languages that have a pack of frames."""
    folder = SEEDS / "lexicon"
    return sorted(p.name for p in folder.iterdir() if any(p.glob(FRAME_FILES)))


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language, read once a process."""
    return Lexicon(SEEDS / "lexicon" / lang)


@cache
def compositions() -> dict[tuple[str, str], str]:
    """Return (operator, PLOVER type or CAMEO code) -> CAMEO code, = for unchanged."""
    rows = read_table(SEEDS / "ontology" / "compose.csv")
    return {(r["op"], r["inner"]): r["cameo"] for r in rows}


# An operator that has no row of its own for an event does as this one.
_LIKE = {"threaten": "future", "future": "agree"}


def compose(op: str, cameo: str, plover: str) -> str | None:
    """Return the code of operator + event; None where nothing comes of the two."""
    table = compositions()
    for n in range(len(cameo), 1, -1):
        found = table.get((op, cameo[:n]))
        if found is None and op in _LIKE:
            found = table.get((_LIKE[op], cameo[:n]))
        if found is not None:
            return cameo if found == "=" else found
    found = table.get((op, plover))
    if found is None and op in _LIKE:
        return compose(_LIKE[op], cameo, plover)
    return cameo if found == "=" else found
