"""The database that is away for a moment, told from everything else that fails."""

from django.db import InterfaceError, OperationalError

AWAY = ("08", "57P", "53300")  # SQLSTATE: no connection, shut down or starting, no place left


def is_away(error: BaseException | None) -> bool:
    """Whether a request failed because the database could not be reached, and for nothing else."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)
