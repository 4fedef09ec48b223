"""For whom a check-up was held and out of whose money: what offices must count by.

Source: CV 1129/TTg-KGVX (16/9/2026): people examined, by group and by source of money, each once.
"""

from dataclasses import dataclass

from hssk.exchange.formats.claims_xml.checkups.tables import (
    GROUPS,
    NEW_LISTS_FROM,
    OTHER,
    OTHER_BEFORE,
    PAID_BY,
    TABLE,
)
from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.values import day_of, items


@dataclass(frozen=True, slots=True)
class Counted:
    """`groups`: codes of GROUPS, each once, in the order of that list; `paid`: of PAID_BY, or "".

    strange  codes that are of neither list, under their tag: they are told, and count as not said
    """

    groups: tuple[str, ...]
    paid: str
    strange: tuple[tuple[str, str], ...]


def is_checkup(claim: Claim) -> bool:
    """Whether a claim is a check-up, which says nothing of money."""
    return TABLE in claim.tables


def counted_of(claim: Claim) -> Counted | None:
    """What a check-up is counted by; None for what is none."""
    if not is_checkup(claim):
        return None
    rows = claim.tables[TABLE]
    groups = [_group(code, claim) for code in items(rows[0]["DOI_TUONG"].replace(",", ";"))]
    paid = source_of(rows[0]).lstrip("0")
    strange = [("DOI_TUONG", code) for code in groups if code not in GROUPS]
    strange += [("NGUON_CHI_TRA", paid)] if paid and paid not in PAID_BY else []
    return Counted(
        tuple(code for code in GROUPS if code in groups),
        paid if paid in PAID_BY else "",
        tuple(strange),
    )


def source_of(row: Row) -> str:
    """The code of whose money it was, under either name of the tag."""
    return row["NGUON_CHI_TRA"] or row["NGUON_KINH_PHI"]


def _group(code: str, claim: Claim) -> str:
    """A code of the list of today; the list of QĐ 1551 was shorter, and ended in "other"."""
    code = code.lstrip("0")
    made = day_of(claim.made_on[:8]) or day_of(claim.tables["XML1"][0]["NGAY_VAO"])
    before = made is not None and made < NEW_LISTS_FROM
    return OTHER if before and code == OTHER_BEFORE else code
