"""What is done with copies of lists, and what came of going to people."""

from hssk.outreach.services.contacts import (
    contacts_with,
    latest_of,
    record_outcome,
    told_to,
    withdraw,
)
from hssk.outreach.services.inviting import Session, invite
from hssk.outreach.services.issuing import Wanted, issue, purposes_of
from hssk.outreach.services.reasons import reasons_left
from hssk.outreach.services.returning import close, note_taken, tick
from hssk.outreach.services.sides import named, own_sides
from hssk.outreach.services.steps import hand_over, sides_before, steps_of
from hssk.outreach.services.worklist import (
    Lack,
    our_turn,
    registered_communes,
    registered_list,
    worklist,
)

__all__ = [
    "Lack",
    "Session",
    "Wanted",
    "close",
    "contacts_with",
    "hand_over",
    "invite",
    "issue",
    "latest_of",
    "named",
    "note_taken",
    "our_turn",
    "own_sides",
    "purposes_of",
    "reasons_left",
    "record_outcome",
    "registered_communes",
    "registered_list",
    "sides_before",
    "steps_of",
    "tick",
    "told_to",
    "withdraw",
    "worklist",
]
