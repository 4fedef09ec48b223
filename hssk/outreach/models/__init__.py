"""What is stored of outreach: copies on loan with slips, and campaigns with their sessions."""

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

__all__ = [
    "ABSENT", "CANCELLED", "HELD", "LOST", "OTHER", "PLANNED", "REFUSED", "RETURNED", "TOLD",
    "Barred", "Campaign", "Copy", "CopyQuerySet", "Cost", "Invitation", "ListedPerson", "Proposal",
    "Road", "Session", "SessionHamlet", "Slip", "Team", "TeamOff",
]  # fmt: skip
