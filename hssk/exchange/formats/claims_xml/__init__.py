"""Insurance claims (QĐ 130, 4750, 3176): what a facility sends of every visit, read and mapped.

`read_claims` reads a file; the rest asks of one `Claim`. Nothing here knows Django or the database.
"""

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.envelope import read_claims
from hssk.exchange.formats.claims_xml.model import Claim, Note, Refused

__all__ = ["Bounds", "Claim", "Note", "Refused", "read_claims"]
