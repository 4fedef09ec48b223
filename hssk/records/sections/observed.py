"""Items that are facts observed or told: FHIR Observation, with one value."""

from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import FORM, TICKED, Asks, Item, Resource, concept

UCUM = "http://unitsofmeasure.org"


def observation(section: str, item: Item, answer: str, on: date) -> Resource:
    """An Observation of `answer`; a number keeps its unit, a choice its key."""
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": SELF},
        "effectiveDateTime": on.isoformat(), "code": concept(section, item),
        **_value(item, answer),
    }  # fmt: skip


def _value(item: Item, answer: str) -> Resource:
    if item.asks is Asks.TICK:
        return {"valueBoolean": True}
    if item.asks is Asks.NUMBER:
        number = float(answer)
        value = int(number) if number.is_integer() else number
        quantity: Resource = {"value": value}
        if item.ucum:
            quantity |= {"unit": item.unit, "system": UCUM, "code": item.ucum}
        return {"valueQuantity": quantity}
    if item.asks is Asks.CHOICE:
        coding = [{"system": FORM, "code": answer}]
        return {"valueCodeableConcept": {"coding": coding, "text": dict(item.choices)[answer]}}
    return {"valueString": answer}


def observed(item: Item, resource: Resource) -> str:
    """The answer that an Observation holds."""
    if item.asks is Asks.TICK:
        return TICKED if resource.get("valueBoolean") else ""
    if item.asks is Asks.NUMBER:
        return f"{resource.get('valueQuantity', {}).get('value', '')}"
    if item.asks is Asks.CHOICE:
        coding = (resource.get("valueCodeableConcept") or {}).get("coding") or ()
        return next((str(one["code"]) for one in coding if one.get("system") == FORM), "")
    return str(resource.get("valueString", ""))
