"""Files of insurance claims: kept claim by claim, linked by whom they name, filed in the record."""

from hssk.exchange.formats.claims_xml.checkups.tables import GROUPS
from hssk.exchange.services.claims.bearing import bear
from hssk.exchange.services.claims.caring import end_care, open_care
from hssk.exchange.services.claims.costs import Paid, costs_told
from hssk.exchange.services.claims.deciding import settle_claims
from hssk.exchange.services.claims.filing import file_visits
from hssk.exchange.services.claims.holding import end_kept, without_record, write_holdings
from hssk.exchange.services.claims.linking import link_claims
from hssk.exchange.services.claims.naming import kind_of_visit
from hssk.exchange.services.claims.receiving import BIRTHS, receive_claims, staged_claims

__all__ = [
    "BIRTHS",
    "GROUPS",
    "Paid",
    "bear",
    "costs_told",
    "end_care",
    "end_kept",
    "file_visits",
    "kind_of_visit",
    "link_claims",
    "open_care",
    "receive_claims",
    "settle_claims",
    "staged_claims",
    "without_record",
    "write_holdings",
]
