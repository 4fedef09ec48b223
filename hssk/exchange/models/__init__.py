"""What is stored of exchange: see each file for its nouns."""

from hssk.exchange.models.claims import Checkup, Claim, Cost
from hssk.exchange.models.deliveries import (
    DeliveredPerson,
    Delivery,
    SoftwareLayout,
    TakenIn,
)
from hssk.exchange.models.files import (
    Batch,
    HandedRow,
    KnownLayout,
    LinkDecision,
    PairElsewhere,
    PostDone,
    PostFile,
    PostRow,
    Receipt,
    Review,
    SourceRow,
)
from hssk.exchange.models.members import MemberFile, MemberRow

__all__ = [
    "Batch",
    "Checkup",
    "Claim",
    "Cost",
    "DeliveredPerson",
    "Delivery",
    "HandedRow",
    "KnownLayout",
    "LinkDecision",
    "MemberFile",
    "MemberRow",
    "PairElsewhere",
    "PostDone",
    "PostFile",
    "PostRow",
    "Receipt",
    "Review",
    "SoftwareLayout",
    "SourceRow",
    "TakenIn",
]
