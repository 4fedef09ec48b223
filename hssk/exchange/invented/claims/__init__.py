"""Claim files about invented lives (QĐ 130, 4750, 3176), their traps and faults, and the truth;
files of check-ups (QĐ 1551, 2062).

Written from the annex's tables alone and apart from what reads them: each proves the other.
"""

from .checkup import groups_of, write_checkups
from .claim import Claim, claim_as_text, inner_size, make_claim
from .dialect import BY_NAME, DIALECTS, PLAIN, Dialect
from .faults import FAULTS
from .sending import Resends
from .traps import Traps
from .writing import TRUTH, Written, read_truth, write_claims

__all__ = [
    "BY_NAME",
    "DIALECTS",
    "FAULTS",
    "PLAIN",
    "TRUTH",
    "Claim",
    "Dialect",
    "Resends",
    "Traps",
    "Written",
    "claim_as_text",
    "groups_of",
    "inner_size",
    "make_claim",
    "read_truth",
    "write_checkups",
    "write_claims",
]
