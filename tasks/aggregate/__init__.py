"""From event mentions to events: identity, corroboration, resolved fields."""

from tasks.aggregate.changes import SUPERSEDES, compare_events
from tasks.aggregate.claims import Settled, settle
from tasks.aggregate.events import Aggregated, aggregate

__all__ = ["SUPERSEDES", "Aggregated", "Settled", "aggregate", "compare_events", "settle"]
