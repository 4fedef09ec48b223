"""What this room refuses."""

from hssk.kit.errors import Trouble


class CannotIssue(Trouble):
    """A copy may not be handed out so; the message says why and what to do instead."""


class CannotPlan(Trouble):
    """A campaign or a session may not be so; the message says why and what to do instead."""


class CannotRecord(Trouble):
    """The outcome of a contact may not be written down or withdrawn so; and what to do instead."""
