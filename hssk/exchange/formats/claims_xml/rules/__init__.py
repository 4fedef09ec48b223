"""Whether a claim agrees with the annex and with itself. What does not is told, and never lost."""

from hssk.exchange.formats.claims_xml.checkups.counted import is_checkup
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.rules import (
    amounts,
    between,
    checkups,
    fields,
    illnesses,
    moments,
)
from hssk.exchange.formats.claims_xml.rules.words import WORDS, Finding
from hssk.exchange.formats.claims_xml.to_fhir.visit import IcdNames

__all__ = ["WORDS", "Finding", "findings_of"]


def findings_of(claim: Claim, *, icd: IcdNames | None = None) -> list[Finding]:
    """All findings of a claim, in the order of its tables, lines and rules; empty for a sound one.

    icd  (code, system of the edition) → name, None for a code that the edition does not have;
         without it codes of illness are only looked at for their shape
    """
    if is_checkup(claim):
        return list(checkups.check(claim))
    found = [
        *between.check(claim),
        *fields.check(claim),
        *illnesses.check(claim, icd),
        *moments.check(claim),
        *amounts.check(claim),
    ]
    return sorted(found, key=lambda each: (_place(each.table), each.line))


def _place(table: str) -> tuple[int, str]:
    number = table.removeprefix("XML")
    return (int(number), "") if number.isdecimal() else (99, table)
