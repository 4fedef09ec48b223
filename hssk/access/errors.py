"""What can go wrong in this room, in words for whoever is at the keyboard."""

from hssk.kit.errors import Trouble


class NotYours(Trouble):
    """Somebody tried to give or take what is not theirs to give."""


class Misplaced(Trouble):
    """A post that names no place, or one that is not there. `field` is
    "unit", "hamlet", "facility" or "organisation"."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field
