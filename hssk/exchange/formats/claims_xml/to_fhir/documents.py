"""Papers and notes of a claim as documents that anybody can read: one plain text for each.

A document and not a Composition: the record keeps papers as documents, and a Composition must name
an author and a day, which claims do not always do.
"""

from typing import Any

from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    Resource,
    coding,
    concept,
    facility,
    plain_text,
    when,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import LOINC, ours
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import moment

# What HL7's readers know such papers as.
_TYPES = {
    "XML5": ("11506-3", "Progress note"),
    "XML7": ("18842-5", "Discharge summary"),
    "XML8": ("34133-9", "Summary of episode note"),
}


def document(
    visit: Visit,
    table: str,
    line: int,
    title: str,
    said: list[tuple[str, str]],
    *,
    on: str = "",
    numbers: tuple[tuple[str, str], ...] = (),
    authors: list[dict[str, Any]] | None = None,
) -> Made:
    """A paper: what it says as (label, words), in the order in which it is read.

    on       when it was written, as the claim writes moments
    numbers  its own numbers as (tag, value)
    authors  references to who signed it
    """
    at = moment(on)
    known = _TYPES.get(table)
    resource: Resource = {
        "resourceType": "DocumentReference",
        "identifier": [{"system": ours(tag), "value": value} for tag, value in numbers if value],
        "status": "current",
        "type": concept(
            coding(LOINC, *known) if known else {}, coding(ours("bang"), table, title), text=title
        ),
        "date": at.fhir if at and at.minute is not None else "",  # FHIR wants an instant here
        "author": authors or [],
        "custodian": facility(visit.claim.facility),
        "description": title,
        "content": [{"attachment": plain_text(title, said, creation=when(on))}],
        "context": {"encounter": [visit.encounter]},
    }
    return visit.made(
        resource, kind="document", section="documents", at=at, table=table, line=line,
        code=table, display=title,
    )  # fmt: skip
