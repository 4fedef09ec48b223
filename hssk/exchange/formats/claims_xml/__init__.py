"""Insurance claims (QĐ 130, 4750, 3176): what a facility sends of every visit, read and mapped.

`read_claims` reads a file; the rest asks of one `Claim`: `identity_of` who it is about,
`resources_of` what it says of their health, `births_of` what children were born, `bill_of` what it
cost, `findings_of` what contradicts the annex.
"""

from hssk.exchange.formats.claims_xml.bill import Bill, BillLine, bill_of, shares_of
from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.envelope import read_claims
from hssk.exchange.formats.claims_xml.identity import Identity, identity_of
from hssk.exchange.formats.claims_xml.model import Claim, Note, Refused
from hssk.exchange.formats.claims_xml.rules import Finding, findings_of
from hssk.exchange.formats.claims_xml.to_fhir import (
    Birth,
    Made,
    births_of,
    hints_of,
    resources_of,
)

__all__ = [
    "Bill",
    "BillLine",
    "Birth",
    "Bounds",
    "Claim",
    "Finding",
    "Identity",
    "Made",
    "Note",
    "Refused",
    "bill_of",
    "births_of",
    "findings_of",
    "hints_of",
    "identity_of",
    "read_claims",
    "resources_of",
    "shares_of",
]
