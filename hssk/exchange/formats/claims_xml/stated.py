"""Whose a claim is said to be: the facilities that it and its envelope name, and whether it could
be read at all. Nothing of the person."""

from hssk.exchange.formats.claims_xml.checkups.counted import is_checkup
from hssk.exchange.formats.claims_xml.checkups.tables import PLACE
from hssk.exchange.formats.claims_xml.identity import identity_of
from hssk.exchange.formats.claims_xml.model import Claim, Refused

NOBODY = "nobody"  # of a claim that says of nobody whose visit it was
_HEADS = ("XML0", "XML1")


def stated_of(item: Claim | Refused) -> tuple[int, list[str], str]:
    """(number in the file, codes of the facilities named, why it cannot be taken in or "").

    Why is the word of a refusal (refusals.py), or NOBODY.
    """
    codes = {item.facility}
    if isinstance(item, Refused):
        return item.ordinal, _named(codes), item.kind
    for table in _HEADS:
        codes.update(row.get("MA_CSKCB", "") for row in item.tables.get(table, ()))
    named = (_named(codes) if is_checkup(item) else []) or _tidy(codes)
    return item.ordinal, named, "" if identity_of(item) else NOBODY


def _named(codes: set[str]) -> list[str]:
    """The codes that name a facility: not the number of a place, by which check-ups are signed."""
    return [code for code in _tidy(codes) if not PLACE.fullmatch(code)]


def _tidy(codes: set[str]) -> list[str]:
    return sorted(filter(None, (code.strip().upper() for code in codes)))
