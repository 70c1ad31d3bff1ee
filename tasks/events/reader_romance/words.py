"""The words of one sentence while it is read: tags, names, lemmas, and the tree as it grows."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.events.parser import Parse
from tasks.events.reader_romance.morphology import FINITE

APOSTROPHE = "'"


@dataclass(slots=True)
class Words:
    """Parallel lists, one entry a word.

    Attributes:
        low: The word in lower case, as written.
        names: What the rules call it: English for words of grammar.
        numbers: s, p or nothing.
        heads: -1 until the word is attached; the root keeps it.
    """

    text: list[str]
    low: list[str]
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def attach(self, word: int, head: int, label: str) -> None:
        """Hang a word on its head, unless that would close a circle."""
        node = head
        while node >= 0:
            if node == word:
                return
            node = self.heads[node]
        self.heads[word], self.labels[word] = head, label

    def is_finite(self, i: int) -> bool:
        """Say whether word `i` is a finite verb."""
        return self.tags[i] in FINITE

    def parse(self, root: int, senses: dict[str, str]) -> Parse:
        """Return the tree; what nothing has claimed hangs on the root."""
        for i in range(len(self.low)):
            if i != root and self.heads[i] < 0:
                self.attach(i, root, "punct" if not self.low[i].isalnum() else "dep")
        self.labels[root] = "root"
        lemmas = tuple(self.lemmas)
        return Parse(
            tuple(self.tags),
            tuple(self.heads),
            tuple(self.labels),
            tuple(self.names),
            lemmas,
            tuple(senses.get(x, x) for x in lemmas),
        )


def blank(sentence: list[str]) -> Words:
    """Return the words of a sentence, nothing known of them."""
    low = [w.lower().replace("’", APOSTROPHE) for w in sentence]
    n = len(low)
    return Words(
        list(sentence), low, [""] * n, list(low), list(low), [""] * n, [-1] * n, ["dep"] * n
    )
