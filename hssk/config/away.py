"""The database that is away for a moment and the disk that is full, told from what else fails."""

from django.db import InterfaceError, OperationalError

from hssk.kit.errors import FULL

AWAY = ("08", "57P", "53300")  # SQLSTATE: no connection, shut down or starting, no place left


def is_away(error: BaseException | None) -> bool:
    """Whether a request failed because the database could not be reached, and for nothing else."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)


def is_full(error: BaseException | None) -> bool:
    """Whether it failed because there is no place left on a disk, ours or the database's."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) == "53100"
