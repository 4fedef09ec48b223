"""Items that are illnesses: FHIR Condition, ticked or described."""

from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import TICKED, Asks, Item, Resource, concept

_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"


def condition(section: str, item: Item, answer: str, on: date) -> Resource:
    """A Condition that was told on `on`; words that describe it are its note."""
    resource: Resource = {
        "resourceType": "Condition", "subject": {"reference": SELF},
        "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "active"}]},
        "code": concept(section, item), "recordedDate": on.isoformat(),
    }  # fmt: skip
    if item.asks is not Asks.TICK:
        resource["note"] = [{"text": answer}]
    return resource


def described(item: Item, resource: Resource) -> str:
    """The answer that a Condition holds."""
    if item.asks is Asks.TICK:
        return TICKED
    return str((resource.get("note") or [{}])[0].get("text", ""))
