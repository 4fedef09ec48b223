"""Whether a check-up says what it is counted by, and whose it is. What it lacks is told.

The rules of claims are of money and of tables that a check-up does not have.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.checkups.counted import counted_of
from hssk.exchange.formats.claims_xml.checkups.tables import TABLE
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.values import birth_of, moment

_NEEDED = ("MA_LK", "HO_TEN", "NGAY_SINH", "GIOI_TINH", "NGAY_VAO")


def check(claim: Claim) -> Iterator[Finding]:
    """The findings of a check-up; none of any other claim."""
    counted = counted_of(claim)
    if counted is None:
        return
    head = claim.tables["XML1"][0]
    for tag in _NEEDED:
        if not head[tag]:
            yield finding("missing", TABLE, 1, tag)
    for tag, is_one in (("NGAY_SINH", birth_of), ("NGAY_VAO", moment)):
        if head[tag] and is_one(head[tag]) is None:
            yield finding("not_a_moment", TABLE, 1, tag, value=head[tag])
    strange = {tag for tag, _code in counted.strange}
    if not counted.groups and "DOI_TUONG" not in strange:
        yield finding("missing", TABLE, 1, "DOI_TUONG")
    if not counted.paid and "NGUON_CHI_TRA" not in strange:
        yield finding("missing", TABLE, 1, "NGUON_CHI_TRA")
    for tag, code in counted.strange:
        yield finding("unknown_code", TABLE, 1, tag, value=code)
