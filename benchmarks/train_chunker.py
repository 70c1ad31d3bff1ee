"""Count the tagger's tables of the chunker from Universal Dependencies English-EWT.

    python benchmarks/train_chunker.py --ud DIR --out seeds/models/en_tagger.npz

Method: a word's kind is the set of tags that it has in at least SHARE of its places; a table holds
what tag is most frequent for a word, or a kind, after a tag and before a word whose most frequent
tag is given. Only what the table behind it would decide otherwise is kept. Prints the share of
right tags, and of right heads and labels, on the test part.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from treebank import read

from tasks.events.lexicon import load_lexicon
from tasks.events.reader_chunker import load_chunker
from tasks.events.reader_chunker.tagger import START, TABLES, Tagger, ending

SHARE = 0.04
ODD = frozenset({"ADD", "GW", "XX", "LS", "NFP", "FW", "UH"})  # of e-mails and slips
OFTEN = 2  # places that a word or a neighbourhood must be seen in


def kind_of(tags: Counter[str]) -> str:
    """Return the tags that count, the most frequent first."""
    total = sum(tags.values())
    kept = [(n, t) for t, n in tags.items() if n >= SHARE * total]
    return "|".join(t for _, t in sorted(kept, key=lambda x: (-x[0], x[1])))


def lines(table: dict[str, str]) -> str:
    """Return a table as text."""
    return "\n".join(f"{k}\t{v}" for k, v in sorted(table.items()))


def count(sentences) -> dict[str, str]:
    """Return the tables of words and of endings."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for i, (form, tag, _, _) in enumerate(s):
            form = form.replace("’", "'")
            name = "".join("0" if c.isdigit() else c for c in form)
            words[name.lower() if i == 0 else name][tag] += 1
    for name, tags in words.items():
        usual = {t: n for t, n in tags.items() if t not in ODD}
        if sum(tags.values()) <= 4:  # rare words show what unknown ones are like
            for e in ending(name):
                ends[e].update(usual)
    return {
        "words": lines({w: kind_of(t) for w, t in words.items() if sum(t.values()) >= OFTEN}),
        "endings": lines({e: kind_of(t) for e, t in ends.items() if sum(t.values()) >= 5}),
    }


def neighbours(sentences, path: Path) -> dict[str, str]:
    """Return the tables of neighbourhoods."""
    tagger = Tagger(path)
    seen = {t: defaultdict(Counter) for t in TABLES[2:]}
    for s in sentences:
        known = [tagger.known(w[0], not i) for i, w in enumerate(s)]
        tags = [w[1] for w in s]
        for i, k in enumerate(known):
            if "|" not in k.kind:
                continue
            before = tags[i - 1] if i else START
            after = known[i + 1].best if i + 1 < len(s) else START
            if k.name:
                seen["between"][f"{before} {k.name} {after}"][tags[i]] += 1
                seen["after"][f"{before} {k.name}"][tags[i]] += 1
            seen["kinds_between"][f"{before} {k.kind} {after}"][tags[i]] += 1
            seen["kinds_after"][f"{before} {k.kind}"][tags[i]] += 1
    return {
        t: lines({k: c.most_common(1)[0][0] for k, c in x.items() if sum(c.values()) >= OFTEN})
        for t, x in seen.items()
    }


def main() -> None:
    """Count, write, report."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--ud", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    train = read(a.ud / "en_ewt-train.conllu.gz")
    tables = dict.fromkeys(TABLES, "") | count(train)
    np.savez_compressed(a.out, **tables)
    tables |= neighbours(train, a.out)
    np.savez_compressed(a.out, **tables)
    test = read(a.ud / "en_ewt-test.conllu.gz")
    found = load_chunker(a.out, load_lexicon("en")).parse([[w[0] for w in s] for s in test])
    right = np.zeros(3)
    for p, s in zip(found, test, strict=True):
        for tag, head, label, w in zip(p.tags, p.heads, p.labels, s, strict=True):
            good = head + 1 == w[2]
            same = label.partition(":")[0] == w[3].partition(":")[0]
            right += (tag == w[1], good, good and same)
    words = sum(map(len, test))
    print("test tag/UAS/LAS", (right / words * 100).round(2), f"{a.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
