"""What is stored of outreach: see each file for its nouns."""

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
from hssk.outreach.models.steps import Step

__all__ = [
    "ABSENT",
    "LOST",
    "OTHER",
    "REFUSED",
    "RETURNED",
    "TOLD",
    "Contact",
    "Copy",
    "CopyQuerySet",
    "Invitation",
    "Kind",
    "ListedPerson",
    "Slip",
    "Step",
]
