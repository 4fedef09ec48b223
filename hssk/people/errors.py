"""What this room refuses."""


class CannotMerge(Exception):
    """Two persons may not be declared one; the message says why, in the user's language."""
