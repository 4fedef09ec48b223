"""What can go wrong in this room, in words for whoever is at the keyboard."""

from hssk.kit.errors import Trouble


class NotYours(Trouble):
    """Somebody tried to give or take what is not theirs to give."""
