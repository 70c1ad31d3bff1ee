"""From event mentions to events: identity, corroboration, resolved fields."""

from tasks.aggregate.events import Aggregated, aggregate

__all__ = ["Aggregated", "aggregate"]
