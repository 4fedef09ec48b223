"""What a resource tells that may be sensitive: its codes and texts, each with its kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from hssk.records.rules.labels import ANY, DRUG, ICD, NOTE, PLACE, SERVICE, TEST

_KINDS = {
    "MedicationStatement": DRUG,
    "Observation": TEST,
    "DiagnosticReport": TEST,
    "Procedure": SERVICE,
    "ServiceRequest": SERVICE,
    "Appointment": SERVICE,
    "DocumentReference": NOTE,
    "Encounter": PLACE,
}
_ICD_SYSTEM = "icd-10"
# names of places inside a resource, wherever they stand
_PLACES = frozenset({"serviceProvider", "performer", "location", "serviceType", "organization"})
_NO_TEXT = frozenset({"system", "reference", "id", "resourceType", "status", "unit", "url", "use"})


def told_by(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, text) of everything in a resource that `labels.closed` can judge."""
    kind = _KINDS.get(resource.get("resourceType", ""), ANY)
    yield from _walk(resource, kind)
    if kind == PLACE:  # of a visit: why somebody came and what was advised are written as notes are
        yield from _walk([resource.get("reasonCode"), resource.get("text")], NOTE)


def _walk(value: Any, kind: str) -> Iterator[tuple[str, str]]:
    kind_of_value = type(value)
    if kind_of_value is str:
        yield kind, value
    elif kind_of_value is dict:
        if _ICD_SYSTEM in str(value.get("system", "")) and value.get("code"):
            yield ICD, str(value["code"])
        for name, inner in value.items():
            if name not in _NO_TEXT:
                yield from _walk(inner, PLACE if name in _PLACES else kind)
    elif kind_of_value is list:
        for inner in value:
            yield from _walk(inner, kind)
