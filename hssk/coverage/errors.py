"""What coverage refuses, said to the person who must act."""

from hssk.kit.errors import Trouble


class LedgerAstray(Trouble):
    """The ledger says something that cannot be; it is never clipped into a figure that could."""


class BadGoal(Trouble):
    """A goal that nobody can mean: none at all, or more than everybody."""


class TooFew(Trouble):
    """A place of so few people that its figures would tell of somebody."""
