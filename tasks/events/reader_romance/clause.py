"""A clause while the sentence is read from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.events.reader_romance.chunks import Chunk


@dataclass(slots=True)
class Clause:
    """What is known of one clause so far.

    Attributes:
        kind: main, conj, ccomp, relcl, advcl, xcomp, acl or parataxis.
        parent: The clause it hangs in.
        host: The word it hangs on: a noun for relcl and acl, else -1 for the parent's verb.
        mark: The word that opens it, or -1.
        verb: Its verb; -1 while that is still to come.
        waiting: Noun groups and prepositional phrases before the verb.
        bare: The last noun group without a preposition.
    """

    kind: str
    parent: Clause | None = None
    host: int = -1
    mark: int = -1
    verb: int = -1
    subject: int = -1
    object: int = -1
    passive: bool = False
    reflexive: bool = False
    inverted: bool = False
    finite: bool = True
    waiting: list[Chunk] = field(default_factory=list)
    bare: Chunk | None = None
    orphans: list[tuple[int, str]] = field(default_factory=list)
