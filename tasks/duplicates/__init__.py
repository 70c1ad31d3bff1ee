"""Finds which articles are copies of one another, and how: whole, in part, or updated.

`fingerprint` reads each article alone; `relate` sets the fingerprints of all against each other;
`update_relations` adds new ones with the same result; `fill` looks up the passages that
copies share, and `explain_copy` shows them side by side.
"""

from tasks.duplicates.evidence import fill, wanting
from tasks.duplicates.explain import CopyExplanation, Passage, explain_copy
from tasks.duplicates.fingerprint import FINGERPRINTS, fingerprint
from tasks.duplicates.records import copies_of_records
from tasks.duplicates.relate import relate
from tasks.duplicates.update import update_relations

__all__ = [
    "FINGERPRINTS",
    "CopyExplanation",
    "Passage",
    "copies_of_records",
    "explain_copy",
    "fill",
    "fingerprint",
    "relate",
    "update_relations",
    "wanting",
]
