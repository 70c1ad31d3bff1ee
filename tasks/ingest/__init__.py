"""Ingest: files of any kind to clean articles with dates, and rejects with reasons."""

from tasks.ingest.batches import IngestBatch, ingest_paths
from tasks.ingest.extract import extract_records
from tasks.ingest.fetching import Fetching
from tasks.ingest.limits import Limits
from tasks.ingest.merge import Merged, merge
from tasks.ingest.places import Place, Refused
from tasks.ingest.readers import Options
from tasks.ingest.reasons import REASONS, Reason

__all__ = [
    "REASONS",
    "Fetching",
    "IngestBatch",
    "Limits",
    "Merged",
    "Options",
    "Place",
    "Reason",
    "Refused",
    "extract_records",
    "ingest_paths",
    "merge",
]
