"""Names in the log of looks for what is shown of somebody whom no key is known of yet.

A row that was handed on, or that could not be read, speaks of somebody; so does a proposal of a
move. The log names their key, made to look like none of a person's, and nothing of what they say.
"""

from uuid import UUID

_ROW, _MOVE = 1, 2  # in the place where the key of a person has its version, which is 4


def label_of_row(row: int) -> UUID:
    """A row of a file, by its key."""
    return UUID(int=_ROW << 64 | row)


def label_of_move(move: int) -> UUID:
    """A proposal of a move, by its key."""
    return UUID(int=_MOVE << 64 | move)
