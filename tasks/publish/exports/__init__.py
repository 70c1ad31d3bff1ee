"""Writes events in the formats that event data users already read."""

from tasks.publish.exports.write import FORMATS, Exported, export_events, write_events

__all__ = ["FORMATS", "Exported", "export_events", "write_events"]
