"""Finds actors, dates, places, quantities and quotations in text, with exact offsets."""

from tasks.annotate.annotate import annotate
from tasks.annotate.records import annotate_records

__all__ = ["annotate", "annotate_records"]
