"""What is done with copies of lists: handed out, taken, read, ticked, given back."""

from hssk.outreach.services.inviting import Session, invite
from hssk.outreach.services.issuing import Wanted, issue, purposes_of
from hssk.outreach.services.returning import close, note_taken, tick

__all__ = ["Session", "Wanted", "close", "invite", "issue", "note_taken", "purposes_of", "tick"]
