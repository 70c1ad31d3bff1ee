"""Every cap of the ingest. They are settings as well, so they stand beside those."""

from tasks.limits import Limits

__all__ = ["Limits"]
