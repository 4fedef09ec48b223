"""What this room refuses."""

from hssk.kit.errors import Trouble


class CannotMerge(Exception):
    """Two persons may not be declared one; the message says why, in the user's language."""


class Refused(Trouble):
    """A basis may not be opened, confirmed or reviewed so; the message says why and what to do."""


class CannotMove(Trouble):
    """A move may not be proposed, answered or taken back now, and what to do instead."""


class CannotObject(Trouble):
    """Somebody's objection may not be written down or taken back so."""


class CannotVerify(Trouble):
    """Somebody's identity may not be confirmed so, or not by this user; and what to do instead."""
