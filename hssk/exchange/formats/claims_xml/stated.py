"""Whose a claim is said to be: the facilities that it and its envelope name, and whether it could
be read at all. Nothing of the person."""

import re

from hssk.exchange.formats.claims_xml.identity import identity_of
from hssk.exchange.formats.claims_xml.model import Claim, Refused

NOBODY = "nobody"  # of a claim that says of nobody whose visit it was
_HEADS = ("XML0", "XML1")
# the number of a place (GLN), by which envelopes of check-ups are signed: it names no facility here
_PLACE = re.compile(r"\d{13}", re.ASCII)


def stated_of(item: Claim | Refused) -> tuple[int, list[str], str]:
    """(number in the file, codes of the facilities named, why it cannot be taken in or "").

    Why is the word of a refusal (refusals.py), or NOBODY.
    """
    codes = {item.facility}
    if isinstance(item, Refused):
        return (
            item.ordinal,
            [code for code in _tidy(codes) if not _PLACE.fullmatch(code)],
            item.kind,
        )
    for table in _HEADS:
        codes.update(row.get("MA_CSKCB", "") for row in item.tables.get(table, ()))
    return item.ordinal, _tidy(codes), "" if identity_of(item) else NOBODY


def _tidy(codes: set[str]) -> list[str]:
    return sorted(filter(None, (code.strip().upper() for code in codes)))
