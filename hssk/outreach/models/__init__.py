"""What is stored of outreach: see each file for its nouns."""

from hssk.outreach.models.campaigns import (
    CANCELLED,
    HELD,
    PLANNED,
    Barred,
    Campaign,
    Cost,
    Proposal,
    Road,
    Session,
    SessionHamlet,
    Team,
    TeamOff,
)
from hssk.outreach.models.cards import Card, CardRun, Handover
from hssk.outreach.models.closings import Closing, DayReport, Spending
from hssk.outreach.models.contacts import Contact, Kind
from hssk.outreach.models.copies import (
    ABSENT,
    LOST,
    OTHER,
    REFUSED,
    RETURNED,
    TOLD,
    Copy,
    CopyQuerySet,
    Invitation,
    ListedPerson,
    Slip,
)
from hssk.outreach.models.daybooks import BookFile, BookLine, BookRow, Daybook
from hssk.outreach.models.queues import Seat, Ticket
from hssk.outreach.models.steps import Side, Step

__all__ = [
    "ABSENT", "CANCELLED", "HELD", "LOST", "OTHER", "PLANNED", "REFUSED", "RETURNED", "TOLD",
    "Barred", "BookFile", "BookLine", "BookRow", "Campaign", "Card", "CardRun", "Closing",
    "Contact", "Copy", "CopyQuerySet", "Cost", "DayReport", "Daybook", "Handover", "Invitation",
    "Kind", "ListedPerson", "Proposal", "Road", "Seat", "Session", "SessionHamlet", "Side", "Slip",
    "Spending", "Step", "Team", "TeamOff", "Ticket",
]  # fmt: skip
