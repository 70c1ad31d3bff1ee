"""Errors that are the user's to mend: a message, and what to do about it."""

from __future__ import annotations

import errno

# No room on the disk, a spent quota, a file larger than the system lets it be.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class UserError(Exception):
    """Something that the user can put right; shown without a traceback, exit code 2.

    Args:
        message: What was wrong, and where (file, line, record).
        hint: What to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


class Failed(UserError):
    """A run that could not be carried out for something around it; told the same, exit code 3."""


class Damaged(Failed):
    """A published release is not as it was made."""


class Busy(Failed):
    """Another run is publishing into the same warehouse."""
