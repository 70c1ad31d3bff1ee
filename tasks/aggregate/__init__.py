"""From event mentions to events: identity, corroboration, resolved fields."""

from tasks.aggregate.changes import Edition, compare_events
from tasks.aggregate.claims import Settled, settle
from tasks.aggregate.events import Aggregated, aggregate

__all__ = ["Aggregated", "Edition", "Settled", "aggregate", "compare_events", "settle"]
