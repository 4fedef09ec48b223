"""The pieces FHIR resources are made of."""

import base64
from decimal import Decimal
from typing import Any

from hssk.exchange.formats.claims_xml.to_fhir.systems import LOINC, UCUM, ours
from hssk.exchange.formats.claims_xml.values import items, moment, remembered

Resource = dict[str, Any]
_HOLDERS = frozenset({dict, list})
SELF = {"reference": "Patient/self"}


def pruned(value: Any) -> Any:
    """`value` without what is empty, however deep: FHIR allows no empty element."""
    if type(value) is dict:
        return {
            name: whole
            for name, inner in value.items()
            if (whole := pruned(inner) if type(inner) in _HOLDERS else inner) or whole == 0
        }
    if type(value) is list:
        return [
            whole
            for inner in value
            if (whole := pruned(inner) if type(inner) in _HOLDERS else inner) or whole == 0
        ]
    return value


def coding(system: str, code: str, display: str = "") -> dict[str, Any]:
    """A Coding; nothing without a code. Blanks inside a code are single, as FHIR wants them."""
    code = " ".join(code.split())
    return {"system": system, "code": code, "display": display} if code else {}


def concept(*codings: dict[str, Any], text: str = "") -> dict[str, Any]:
    """A CodeableConcept of codings, the words as they were written, or both."""
    return {"coding": list(codings), "text": text}


def loinc(code: str, display: str, text: str) -> dict[str, Any]:
    """A concept of LOINC with its English name and ours."""
    return concept(coding(LOINC, code, display), text=text)


def identified(kind: str, tag: str, value: str) -> dict[str, Any]:
    """A reference to somebody or something outside the claim, by its number in a register."""
    return {"type": kind, "identifier": {"system": ours(tag), "value": value}} if value else {}


def facility(value: str) -> dict[str, Any]:
    """A reference to a facility by its five signs, in capitals as lists of facilities have them."""
    return identified("Organization", "MA_CSKCB", value.upper())


def staff(text: str) -> list[dict[str, Any]]:
    """References to the staff of a list with `;`, by their numbers."""
    return [identified("Practitioner", "MA_BAC_SI", value) for value in items(text)]


@remembered
def when(text: str) -> str:
    """A moment of a claim as a FHIR dateTime; "" for what is none."""
    found = moment(text)
    return found.fhir if found else ""


def number(value: Decimal) -> int | float:
    """A number as JSON has it: 37, 37.5."""
    return int(value) if value == value.to_integral_value() else float(value)


def quantity(value: Decimal, unit: str, ucum: str) -> dict[str, Any]:
    """A Quantity in a unit of UCUM, with the unit as people write it."""
    return {"value": number(value), "unit": unit, "system": UCUM, "code": ucum}


def plain_text(title: str, said: list[tuple[str, str]], *, creation: str = "") -> dict[str, Any]:
    """An Attachment that anybody can read: `Nhãn: điều ghi`, one paragraph for each."""
    text = "\n\n".join(f"{label}: {words}" for label, words in said if words)
    return {
        "contentType": "text/plain; charset=utf-8",
        "language": "vi",
        "data": base64.b64encode(text.encode()).decode(),
        "title": title,
        "creation": creation,
    }
