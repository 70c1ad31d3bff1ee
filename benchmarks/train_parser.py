"""Train the small tagger and dependency parser from Universal Dependencies English-EWT.

    pip install jax                     (for training only; the product runs on numpy)
    python benchmarks/train_parser.py --ud DIR --out plain.npz --plain --epochs 18
    python benchmarks/train_parser.py --ud DIR --out seeds/models/en_parser.npz \
        --start plain.npz.raw.npz --rate 1e-3 --epochs 7

Method: word features are embedded and summed, four dilated convolutions with residual
connections and one layer of running maxima give each word its context; a biaffine layer scores
every pair of words as head and dependent (Dozat and Manning, 2017), two small layers tag and
label. The weights are stored as small integers, so that inference is exact integer arithmetic:
the same on every machine and in every batch.
"""

from __future__ import annotations

import argparse
import collections
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from treebank import read

from tasks.events.features import COLUMNS, N_AFFIX, N_SHAPE, norm, word_ids
from tasks.events.inflect import noun_forms, verb_forms
from tasks.events.lexicon import load_lexicon
from tasks.events.tables import SEEDS, read_table

D, GATE, ARC, HID = 128, 64, 96, 96
DILATIONS = (1, 2, 4, 1)
MAX_DIST = 16
WIDTHS = (10, 18, 28, 44, 96)  # sentences are padded to these: few shapes to compile
ACT = 511.0  # activations are rounded to 10 bits
WEIGHT = 127.0


class Renewal:
    """Makes news-like variants of treebank sentences: other words in the same tree.

    The treebank is from the web; it hardly knows "imposed" or "ceasefire". Verbs with an object,
    nouns and names are exchanged for words of our own lexicon and actor tables in the same form,
    and articles are dropped as in headlines. The trees stay as they are.
    """

    def __init__(self, seed: int) -> None:
        lexicon = load_lexicon("en")
        self.rng = np.random.default_rng(seed)
        frames = [f for f in lexicon.rows if len(f.words) == 1]
        self.verbs = sorted({f.words[0] for f in frames if f.pos == "verb" and "obj" in f.target})
        nouns = {f.words[0] for f in frames if f.pos != "verb"}
        nouns |= {w for x in lexicon.classes.values() for w in x}
        self.nouns = sorted(n for n in nouns if n.isalpha())
        irregular = read_table(SEEDS / "lexicon" / "en" / "irregular.csv")
        self.past = {r["lemma"]: r["forms"].split() for r in irregular if r["pos"] == "v"}
        self.plural = {r["lemma"]: (r["forms"].split()[0],) for r in irregular if r["pos"] == "n"}
        countries = read_table(SEEDS / "actors" / "countries.csv")
        names = {x for r in countries for c in ("names", "capitals") for x in r[c].split("|")}
        self.names = sorted(n for n in names if n.isalpha())
        adjectives = {x for r in countries for x in r["adjectives"].split("|")}
        self.adjectives = sorted(a for a in adjectives if a.isalpha())

    def pick(self, words: list[str]) -> str:
        """Return one of the words."""
        return words[int(self.rng.random() * len(words))]

    def verb(self, tag: str) -> str:
        """Return a verb with an object, in the form of the tag."""
        lemma = self.pick(self.verbs)
        if tag in ("VB", "VBP"):
            return lemma
        forms = verb_forms(lemma, {})
        if tag in ("VBZ", "VBG"):
            end = "s" if tag == "VBZ" else "ing"
            return min(f for f in forms if f.endswith(end) and f != lemma)
        past = self.past.get(lemma) or [min(f for f in forms if f.endswith("ed"))]
        return past[0] if tag == "VBD" else past[1] if len(past) == 2 else past[0]

    def noun(self, tag: str) -> str:
        """Return a noun in the form of the tag."""
        lemma = self.pick(self.nouns)
        if tag == "NN":
            return lemma
        return max(noun_forms(lemma, self.plural) - {lemma}, default=lemma)

    def __call__(self, sentence):
        """Return the sentence with other words."""
        above = {(w[2], w[3].split(":")[0]) for w in sentence}
        out = []
        for i, (form, tag, head, label) in enumerate(sentence, 1):
            if self.rng.random() < 0.35:
                plain = not {(i, x) for x in ("xcomp", "ccomp", "compound")} & above
                acted = (i, "obj") in above or label == "acl" or (i, "aux:pass") in above
                if tag[:2] == "VB" and acted and plain and label[:3] not in ("aux", "cop"):
                    form = self.verb(tag)
                elif tag in ("NN", "NNS") and label in (
                    "obj",
                    "obl",
                    "nmod",
                    "nsubj",
                    "conj",
                    "compound",
                ):
                    form = self.noun(tag)
                elif tag == "JJ" and label == "amod" and self.rng.random() < 0.3:
                    form = self.pick(self.adjectives)
                elif tag == "NNP" and (i, "flat") not in above and label != "flat":
                    form = self.pick(self.names)
            out.append((form, tag, head, label))
        return self.headline(out) if self.rng.random() < 0.2 else out

    def sentence(self):
        """Return a short sentence of our own making, such as news is full of."""
        tense = ("VBD", "VBZ")[self.rng.random() < 0.25]
        verb, name = (self.verb(tense), tense, 0, "root"), self.pick
        one, two, three = (name(self.names) for _ in range(3))
        group = lambda at, head, label: [  # noqa: E731
            (name(self.adjectives), "JJ", at + 1, "amod"),
            (self.noun("NNS"), "NNS", head, label),
        ]
        prep = self.pick(["on", "to", "with", "against", "in", "from", "of", "over", "for"])
        full = lambda at, head, label: [  # noqa: E731
            (name(self.names), "NNP", head, label),
            (name(self.names), "NNP", at, "flat"),
        ]
        kind = int(self.rng.random() * 8)
        if kind == 0:
            out = [(one, "NNP", 2, "nsubj"), verb, (two, "NNP", 2, "obj")]
        elif kind == 1:
            out = [*full(1, 3, "nsubj"), verb, *full(4, 3, "obj")]
        elif kind == 2:
            out = [*group(1, 3, "nsubj"), verb, *group(4, 3, "obj")]
        elif kind == 3:
            out = [
                (one, "NNP", 2, "nsubj"),
                verb,
                (self.noun("NNS"), "NNS", 2, "obj"),
                (prep, "IN", 5, "case"),
                (two, "NNP", 2, "obl"),
            ]
        elif kind == 4:
            act = (self.pick(["urged", "asked", "told", "ordered", "forced"]), "VBD", 0, "root")
            out = [
                (one, "NNP", 2, "nsubj"),
                act,
                (two, "NNP", 2, "obj"),
                ("to", "TO", 5, "mark"),
                (self.verb("VB"), "VB", 2, "xcomp"),
                (self.noun("NNS"), "NNS", 5, "obj"),
            ]
        elif kind == 5:
            out = [
                (one, "NNP", 3, "nsubj:pass"),
                ("was", "VBD", 3, "aux:pass"),
                (self.verb("VBN"), "VBN", 0, "root"),
                ("by", "IN", 5, "case"),
                (two, "NNP", 3, "obl:agent"),
            ]
        elif kind == 6:
            out = [
                (one, "NNP", 4, "nsubj"),
                ("and", "CC", 3, "cc"),
                (two, "NNP", 1, "conj"),
                verb,
                (self.noun("NN"), "NN", 4, "obj"),
                ("in", "IN", 7, "case"),
                (three, "NNP", 4, "obl"),
            ]
        else:
            out = [
                *group(1, 3, "nsubj"),
                verb,
                *group(4, 3, "obj"),
                ("near", "IN", 7, "case"),
                (three, "NNP", 3, "obl"),
                ("on", "IN", 9, "case"),
                ("Monday", "NNP", 3, "obl"),
            ]
        root = next(i for i, w in enumerate(out, 1) if w[2] == 0)
        return [*out, (".", ".", root, "punct")] if self.rng.random() < 0.8 else out

    def headline(self, sentence):
        """Drop articles that nothing hangs on."""
        used = {w[2] for w in sentence}
        keep = [
            i
            for i, w in enumerate(sentence, 1)
            if not (w[3] == "det" and i not in used and w[0].lower() in ("a", "an", "the"))
        ]
        new = {old: n for n, old in enumerate(keep, 1)} | {0: 0}
        return [(w[0], w[1], new[w[2]], w[3]) for i, w in enumerate(sentence, 1) if i in new]


def init(key, n_form: int, n_tag: int, n_label: int):
    """Return weights to begin with."""
    keys = iter(jax.random.split(key, 64))

    def mat(a, b, gain=1.0):
        return jax.random.normal(next(keys), (a, b)) * gain * np.sqrt(2.0 / (a + b))

    p = {}
    sizes = {"form": n_form, "shape": N_SHAPE}
    for c in COLUMNS:
        p[f"emb_{c}"] = jax.random.normal(next(keys), (sizes.get(c, N_AFFIX), D)) * 0.1
    for i in range(len(DILATIONS)):
        p[f"conv{i}_w"] = mat(3 * D, D, 0.7)
        p[f"conv{i}_b"] = jnp.zeros(D)
    p["gate_w"], p["gate_b"] = mat(D, GATE), jnp.zeros(GATE)
    p["ctx_w"], p["ctx_b"] = mat(2 * GATE, D, 0.5), jnp.zeros(D)
    p["tag_w"], p["tag_b"] = mat(D, 64), jnp.zeros(64)
    p["tag_o"], p["tag_c"] = mat(64, n_tag), jnp.zeros(n_tag)
    p["dep_w"], p["dep_b"] = mat(D, ARC), jnp.zeros(ARC)
    p["head_w"], p["head_b"] = mat(D, ARC), jnp.zeros(ARC)
    p["arc_u"] = mat(ARC, ARC, 0.5)
    p["arc_h"] = jnp.zeros((ARC, 1))
    p["arc_d"] = jnp.zeros(2 * MAX_DIST + 1)
    p["root"] = jax.random.normal(next(keys), (D,)) * 0.1
    p["lab_w"], p["lab_b"] = mat(2 * D, HID), jnp.zeros(HID)
    p["lab_d"] = jnp.zeros((2 * MAX_DIST + 1, HID))
    p["lab_o"], p["lab_c"] = mat(HID, n_label), jnp.zeros(n_label)
    return p


def shift(h, by):
    """Shift the words of (batch, words, D) by `by` places, padding with zeros."""
    pad = jnp.zeros_like(h[:, : abs(by)])
    return (
        jnp.concatenate([pad, h[:, :-by]], 1) if by > 0 else jnp.concatenate([h[:, -by:], pad], 1)
    )


def drop(x, rate, key):
    """Drop out, if a key is given."""
    if key is None:
        return x
    return x * jax.random.bernoulli(key, 1 - rate, x.shape) / (1 - rate)


def relu(x):
    """Cut to 0..8, the range of the small integers."""
    return jnp.clip(x, 0.0, 8.0)


def encode(p, ids, mask, keys):
    """Return a vector of context for each word."""
    k = keys or [None] * 12
    h = 0
    for c, column in enumerate(COLUMNS):
        e = p[f"emb_{column}"][ids[:, :, c]]
        if keys is not None:  # drop whole features, so that none is leant on alone
            rate = 0.33 if column == "form" else 0.1
            e = (
                e
                * jax.random.bernoulli(jax.random.fold_in(k[0], c), 1 - rate, e.shape[:2])[
                    ..., None
                ]
            )
        h = h + e
    h = jnp.clip(h, -8, 8) * mask[..., None]
    h = drop(h, 0.15, k[1])
    for i, d in enumerate(DILATIONS):
        x = jnp.concatenate([shift(h, d), h, shift(h, -d)], -1)
        h = h + drop(relu(x @ p[f"conv{i}_w"] + p[f"conv{i}_b"]), 0.25, k[2 + i])
        h = jnp.clip(h, -8, 8) * mask[..., None]
        if i == 1:
            g = relu(h @ p["gate_w"] + p["gate_b"]) * mask[..., None]
            left = jax.lax.cummax(shift(g, 1), axis=1)
            right = jax.lax.cummax(shift(g, -1), axis=1, reverse=True)
            ctx = jnp.concatenate([left, right], -1)
            h = jnp.clip(h + relu(ctx @ p["ctx_w"] + p["ctx_b"]), -8, 8) * mask[..., None]
    return h


def distance(n):
    """Bucket of head minus dependent, for (dependent, head) with head 0 the root."""
    i, j = np.arange(1, n + 1)[:, None], np.arange(n + 1)[None, :]
    d = np.clip(j - i, -MAX_DIST + 1, MAX_DIST)
    return np.where(j == 0, -MAX_DIST, d) + MAX_DIST


def scores(p, h, mask, keys):
    """Return tag scores, arc scores and the words with the root before them."""
    k = keys or [None] * 12
    b, n, _ = h.shape
    tags = drop(relu(h @ p["tag_w"] + p["tag_b"]), 0.3, k[6]) @ p["tag_o"] + p["tag_c"]
    with_root = jnp.concatenate([jnp.broadcast_to(jnp.clip(p["root"], -8, 8), (b, 1, D)), h], 1)
    dep = drop(relu(h @ p["dep_w"] + p["dep_b"]), 0.3, k[7])
    head = drop(relu(with_root @ p["head_w"] + p["head_b"]), 0.3, k[8])
    arc = jnp.einsum("bia,bja->bij", jnp.clip(dep @ p["arc_u"], -16, 16), head)
    arc = arc + (head @ p["arc_h"])[:, :, 0][:, None, :] + p["arc_d"][distance(n)]
    allowed = jnp.concatenate([jnp.ones((b, 1)), mask], 1)[:, None, :]
    eye = jnp.concatenate([jnp.zeros((n, 1)), jnp.eye(n)], 1)
    return tags, jnp.where((allowed > 0) & (eye == 0), arc, -1e4), with_root


def labels(p, h, with_root, heads, keys):
    """Return label scores of each word with its head."""
    k = keys or [None] * 12
    n = h.shape[1]
    parent = jnp.take_along_axis(with_root, heads[..., None], 1)
    d = jnp.clip(heads - jnp.arange(1, n + 1)[None], -MAX_DIST + 1, MAX_DIST)
    d = jnp.where(heads == 0, -MAX_DIST, d) + MAX_DIST
    z = jnp.concatenate([h, parent], -1) @ p["lab_w"] + p["lab_b"] + p["lab_d"][d]
    return drop(relu(z), 0.3, k[9]) @ p["lab_o"] + p["lab_c"]


def nll(logits, gold, mask):
    """Return the negative log likelihood of what is right."""
    return -(
        jnp.take_along_axis(jax.nn.log_softmax(logits), gold[..., None], -1)[..., 0] * mask
    ).sum()


def loss(p, ids, tag, head, lab, mask, key):
    """Return the mean loss of a batch."""
    keys = list(jax.random.split(key, 12))
    h = encode(p, ids, mask, keys)
    t, a, w = scores(p, h, mask, keys)
    label = labels(p, h, w, head, keys)
    return (0.7 * nll(t, tag, mask) + nll(a, head, mask) + nll(label, lab, mask)) / mask.sum()


@jax.jit
def step(p, m, v, ema, t, lr, batch, key):
    """Take one step of Adam; keep a running mean of the weights."""
    value, g = jax.value_and_grad(loss)(p, *batch, key)
    norm_ = jnp.sqrt(sum((x**2).sum() for x in g.values()))
    scale = jnp.minimum(1.0, 5.0 / (norm_ + 1e-9))
    for name in p:
        gi = g[name] * scale
        m[name] = 0.9 * m[name] + 0.1 * gi
        v[name] = 0.95 * v[name] + 0.05 * gi**2
        mh, vh = m[name] / (1 - 0.9**t), v[name] / (1 - 0.95**t)
        p[name] = p[name] - lr * (mh / (jnp.sqrt(vh) + 1e-8) + 0.0005 * p[name])
        ema[name] = 0.998 * ema[name] + 0.002 * p[name]
    return p, m, v, ema, value


@jax.jit
def predict(p, ids, mask):
    """Return tags, heads and labels."""
    h = encode(p, ids, mask, None)
    t, a, w = scores(p, h, mask, None)
    heads = a.argmax(-1)
    return t.argmax(-1), heads, labels(p, h, w, heads, None).argmax(-1)


def batches(data, size, rng=None):
    """Yield padded batches of about `size` words, sentences of like length together."""
    order = np.argsort([len(s[0]) + (rng.random() if rng is not None else 0) for s in data])
    groups, now, width = [], [], 0
    for i in order:
        n = next(w for w in WIDTHS if w >= len(data[i][0]))
        if now and (n != width or n * (len(now) + 1) > size):
            groups.append((now, width))
            now = []
        width = n
        now.append(i)
    groups.append((now, width))
    if rng is not None:
        rng.shuffle(groups)
    for index, n in groups:
        rows = max(1, size // n)
        out = (
            [np.zeros((rows, n, len(COLUMNS)), np.int32)]
            + [np.zeros((rows, n), np.int32) for _ in range(3)]
            + [np.zeros((rows, n), np.float32)]
        )
        for r, i in enumerate(index):
            k = len(data[i][0])
            for column in range(4):
                out[column][r, :k] = data[i][column]
            out[4][r, :k] = 1
        yield index, out


def evaluate(p, data):
    """Return accuracy of tags, heads, and heads with labels."""
    n = tag = uas = las = 0
    for _, (ids, t, h, gold, mask) in batches(data, 4096):
        pt, ph, pl = (np.asarray(x) for x in predict(p, ids, mask))
        on = mask > 0
        n += on.sum()
        tag += (pt == t)[on].sum()
        uas += (ph == h)[on].sum()
        las += ((ph == h) & (pl == gold))[on].sum()
    return tag / n, uas / n, las / n


def start_from(path: Path, p: dict, vocabulary: dict[str, int]) -> dict:
    """Return the weights of an earlier run; words that it did not know begin as unknown words."""
    with np.load(path) as data:
        old = {n: data[n] for n in data.files}
    known = {w: i + 1 for i, w in enumerate(str(old["vocabulary"]).split("\n"))}
    rows = np.array([0] + [known.get(w, 0) for w in vocabulary])
    return {n: jnp.asarray(old[n][rows] if n == "emb_form" else old[n]) for n in p}


MATRICES = {
    **{f"conv{i}": (f"conv{i}_w", f"conv{i}_b", 64) for i in range(len(DILATIONS))},
    "gate": ("gate_w", "gate_b", 64),
    "ctx": ("ctx_w", "ctx_b", 64),
    "tag": ("tag_w", "tag_b", 64),
    "tago": ("tag_o", "tag_c", 64),
    "dep": ("dep_w", "dep_b", 64),
    "head": ("head_w", "head_b", 64),
    "arcu": ("arc_u", None, 64),
    "arch": ("arc_h", None, 64),
    "lab": ("lab_w", "lab_b", 64),
    "labo": ("lab_o", "lab_c", 64),
}


def export(raw: dict, out: Path) -> None:
    """Write the weights as small integers: a scale for each column, biases as they are."""
    small = {"vocabulary": raw["vocabulary"], "tags": raw["tags"], "labels": raw["labels"]}
    for name, (w, b, act) in MATRICES.items():
        scale = np.abs(raw[w]).max(axis=0) / WEIGHT + 1e-12
        q = np.rint(raw[w] / scale).astype(np.int8)
        assert np.abs(q.astype(np.int64)).sum(axis=0).max() * 512 < 2**24, name
        small[f"{name}_w.q"], small[f"{name}_w.s"] = q, (scale / act).astype(np.float32)
        small[f"{name}_b"] = raw[b] if b else np.zeros(raw[w].shape[1], np.float32)
    for c in COLUMNS:
        table = raw[f"emb_{c}"]
        scale = np.float32(np.abs(table).max() / WEIGHT)
        small[f"emb_{c}.q"], small[f"emb_{c}.s"] = np.rint(table / scale).astype(np.int8), scale
    small["dilations"] = np.array(DILATIONS)
    for name in ("root", "arc_d", "lab_d"):
        small[name] = raw[name]
    np.savez_compressed(out, **small)


def check(out: Path, sentences) -> list[float]:
    """Return tag, UAS and LAS in percent of the exported parser, as the product runs it."""
    from tasks.events.parser import Parser

    found = Parser(out).parse([[w[0] for w in s] for s in sentences])
    pairs = [
        (t == w[1], h + 1 == w[2], (h + 1, x) == (w[2], w[3]))
        for p, s in zip(found, sentences, strict=True)
        for t, h, x, w in zip(p.tags, p.heads, p.labels, s, strict=True)
    ]
    return [round(float(x) * 100, 2) for x in np.mean(pairs, axis=0)]


def main() -> None:
    """Train, report and export."""
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--ud", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--plain", action="store_true", help="the treebank as it is, without Renewal")
    ap.add_argument("--start", type=Path, help="go on from the .raw.npz of an earlier run")
    ap.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    a = ap.parse_args()
    raw = {s: read(a.ud / f"en_ewt-{s}.conllu.gz") for s in ("train", "dev", "test")}
    renewed = Renewal(3)
    sample = [] if a.plain else [renewed(s) for s in raw["train"]]
    sample += [] if a.plain else [renewed.sentence() for _ in range(2000)]
    counts = collections.Counter(norm(w[0]) for s in (*raw["train"], *sample) for w in s)
    vocabulary = {w: i + 1 for i, w in enumerate(sorted(w for w, c in counts.items() if c > 1))}
    tags = sorted({w[1] for s in raw["train"] for w in s})
    labs = sorted({w[3] for s in raw["train"] for w in s})
    ti, li = {t: i for i, t in enumerate(tags)}, {x: i for i, x in enumerate(labs)}

    def pack(sentences):
        return [
            (
                np.array([word_ids(w[0], not i, vocabulary) for i, w in enumerate(s)], np.int32),
                np.array([ti.get(w[1], 0) for w in s]),
                np.array([w[2] for w in s]),
                np.array([li.get(w[3], 0) for w in s]),
            )
            for s in sentences
            if len(s) <= 96
        ]

    data = {s: pack(x) for s, x in raw.items()}
    p = init(jax.random.PRNGKey(7), len(vocabulary) + 1, len(tags), len(labs))
    if a.start:
        p = start_from(a.start, p, vocabulary)
    m = {n: jnp.zeros_like(x) for n, x in p.items()}
    v = {n: jnp.zeros_like(x) for n, x in p.items()}
    ema = dict(p)
    rng, key = np.random.default_rng(7), jax.random.PRNGKey(11)
    size, t, start = 1536, 0, time.time()
    total = a.epochs * (sum(1 for _ in batches(data["train"], size)) + 6)
    for epoch in range(a.epochs):
        lost = []
        mixed = raw["train"]
        if not a.plain:
            mixed = [renewed(s) if rng.random() < 0.5 else s for s in mixed]
            mixed += [renewed.sentence() for _ in range(900)]
        for _, batch in batches(pack(mixed), size, rng):
            t += 1
            lr = a.rate * min(1.0, t / 200) * max(0.02, 1 - t / total)
            key, now = jax.random.split(key)
            p, m, v, ema, value = step(p, m, v, ema, float(t), lr, batch, now)
            lost.append(value)
        result = [round(float(x) * 100, 2) for x in evaluate(ema, data["dev"])]
        print(
            epoch,
            round(float(np.mean([float(x) for x in lost])), 3),
            "dev tag/UAS/LAS",
            result,
            f"{time.time() - start:.0f} s",
            flush=True,
        )
        np.savez(
            str(a.out) + ".raw.npz",
            vocabulary="\n".join(vocabulary),
            tags=tags,
            labels=labs,
            **{n: np.asarray(x, np.float32) for n, x in ema.items()},
        )
        if time.time() - start > a.minutes * 60:
            break
    with np.load(str(a.out) + ".raw.npz") as kept:
        export({k: kept[k] for k in kept.files}, a.out)
    print("exported dev", check(a.out, raw["dev"]), "test", check(a.out, raw["test"]))
    print("test tag/UAS/LAS", [round(float(x) * 100, 2) for x in evaluate(ema, data["test"])])


if __name__ == "__main__":
    main()
