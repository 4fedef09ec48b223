"""What can go wrong with places, said to the person who must act."""

from hssk.kit.errors import Trouble


class UnknownUnit(Trouble):  # a message to a person, like its parent
    """No unit has this code on this day; the message says what to ask instead."""


class NotAnHeir(Trouble):
    """A hamlet was given to a commune that is not among those its own was divided into."""
