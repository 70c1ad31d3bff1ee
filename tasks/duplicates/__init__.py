"""Finds which articles are copies of one another, and how: whole, in part, or updated.

`fingerprint` reads each article alone; `relate` sets the fingerprints of all against each other.
"""

from tasks.duplicates.evidence import fill, wanting
from tasks.duplicates.fingerprint import FINGERPRINTS, fingerprint
from tasks.duplicates.records import copies_of_records
from tasks.duplicates.relate import relate
from tasks.duplicates.update import update_relations

__all__ = [
    "FINGERPRINTS",
    "copies_of_records",
    "fill",
    "fingerprint",
    "relate",
    "update_relations",
    "wanting",
]
