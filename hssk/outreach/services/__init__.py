"""What is done with copies of lists, and what came of going to people."""

from hssk.outreach.services.contacts import contacts_with, latest_of, record_outcome, withdraw
from hssk.outreach.services.inviting import Session, invite
from hssk.outreach.services.issuing import Wanted, issue, purposes_of
from hssk.outreach.services.returning import close, note_taken, tick

__all__ = [
    "Session",
    "Wanted",
    "close",
    "contacts_with",
    "invite",
    "issue",
    "latest_of",
    "note_taken",
    "purposes_of",
    "record_outcome",
    "tick",
    "withdraw",
]
