"""From event mentions to events: identity, corroboration, resolved fields."""

from tasks.aggregate.changes import SUPERSEDES, compare_events
from tasks.aggregate.events import Aggregated, aggregate

__all__ = ["SUPERSEDES", "Aggregated", "aggregate", "compare_events"]
