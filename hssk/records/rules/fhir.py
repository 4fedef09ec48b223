"""Whether a resource is sound: HL7's own schema first, then what that schema lets through.

Source: HL7 FHIR R4 (4.0.1), the JSON schema in `records/schema`, and the pages of the resources for
what it does not say: elements that must be there, one value of a choice, codes of required lists.
"""

import gzip
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "fhir-r4.schema.json.gz"
SELF = "Patient/self"  # the person whose record it is; written without a number or a name

# Elements that must be there and that the schema does not ask for: they are primitives, or lists.
REQUIRED: dict[str, tuple[str, ...]] = {
    "AllergyIntolerance": ("patient",),
    "Appointment": ("status", "participant"),
    "Condition": ("subject",),
    "DiagnosticReport": ("status", "code"),
    "DocumentReference": ("status", "content"),
    "Encounter": ("status", "class"),
    "FamilyMemberHistory": ("status", "patient", "relationship"),
    "Immunization": ("status", "vaccineCode", "patient"),
    "ImmunizationRecommendation": ("patient", "date", "recommendation"),
    "MedicationStatement": ("status", "subject"),
    "Observation": ("status", "code"),
    "Patient": (),
    "Procedure": ("status", "subject"),
    "RelatedPerson": ("patient",),
    "ServiceRequest": ("status", "intent", "subject"),
}
# Elements of which a resource has one form or none; those with True must have one.
CHOICES: dict[str, dict[str, bool]] = {
    "AllergyIntolerance": {"onset": False},
    "Condition": {"onset": False, "abatement": False},
    "component": {"value": False},  # of an Observation
    "DiagnosticReport": {"effective": False},
    "FamilyMemberHistory": {"born": False, "age": False, "deceased": False},
    "Immunization": {"occurrence": True},
    "MedicationStatement": {"medication": True, "effective": False},
    "Observation": {"effective": False, "value": False},
    "Patient": {"deceased": False, "multipleBirth": False},
    "Procedure": {"performed": False},
    "ServiceRequest": {"occurrence": False, "quantity": False, "asNeeded": False},
}
# Lists that FHIR requires of elements that hold a concept; those of plain codes are in the schema.
_CONDITION = "http://terminology.hl7.org/CodeSystem/condition-"
_ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"
BINDINGS: dict[tuple[str, str], tuple[str, frozenset[str]]] = {
    ("Condition", "clinicalStatus"): (
        _CONDITION + "clinical",
        frozenset({"active", "recurrence", "relapse", "inactive", "remission", "resolved"}),
    ),
    ("Condition", "verificationStatus"): (
        _CONDITION + "ver-status",
        frozenset({"unconfirmed", "provisional", "differential", "confirmed", "refuted",
                   "entered-in-error"}),
    ),
    ("AllergyIntolerance", "clinicalStatus"): (
        _ALLERGY + "clinical", frozenset({"active", "inactive", "resolved"}),
    ),
    ("AllergyIntolerance", "verificationStatus"): (
        _ALLERGY + "verification",
        frozenset({"unconfirmed", "confirmed", "refuted", "entered-in-error"}),
    ),
}  # fmt: skip
_ANY_KIND = "ResourceList"  # what the schema calls a resource of whatever kind
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_Path = tuple  # (path above, name or place), () at the top
_TIMES = re.compile(r"(?:date|Date|DateTime|start|end|issued|recorded|sent|authoredOn)$")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a resource: where (a path such as `component.0.code`), and which rule."""

    path: str
    rule: str  # schema, required, choice, date, reference, binding


@cache
def _schema() -> dict[str, Any]:
    return orjson.loads(gzip.decompress(SCHEMA.read_bytes()))


@cache
def _validator(kind: str, *, holds_others: bool) -> Any:
    """HL7's schema of one kind of resource: asked alone it is a hundred times as fast as asked of
    the choice between all of them.

    holds_others  whether the resource holds others (`contained`), which may be of any kind: with
                  them the schema takes six times the memory, and hardly any resource has one
    """
    whole = _schema()
    known = whole["definitions"]
    if not holds_others:
        known = known | {_ANY_KIND: {"type": "object"}}
    return jsonschema_rs.Draft6Validator(
        {"$schema": whole["$schema"], "definitions": known, "$ref": f"#/definitions/{kind}"}
    )


def faults_of(resource: Mapping[str, Any], *, beside: Collection[str] = ()) -> list[Fault]:
    """Everything that is wrong with a resource; empty for a sound one.

    beside  references that resolve besides the person's own: `Encounter/…` of the same act

    A kind that the record does not hold is one fault of rule `schema`.
    """
    kind = resource.get("resourceType")
    if kind not in REQUIRED:
        return [Fault("resourceType", "schema")]
    return [
        *_by_schema(kind, resource),
        *_required(kind, resource),
        *_choices(kind, resource),
        *_bindings(kind, resource),
        *_walked(resource, frozenset(beside)),
    ]


def _by_schema(kind: str, resource: Mapping[str, Any]) -> Iterator[Fault]:
    validator = _validator(kind, holds_others="contained" in resource)
    if not validator.is_valid(resource):
        for error in validator.iter_errors(resource):
            yield Fault(".".join(map(str, error.instance_path)), "schema")


def _required(kind: str, resource: Mapping[str, Any]) -> Iterator[Fault]:
    for element in REQUIRED[kind]:
        if resource.get(element) in (None, "", [], {}):
            yield Fault(element, "required")


def _choices(kind: str, resource: Mapping[str, Any]) -> Iterator[Fault]:
    for stem in _chosen_wrongly(kind, tuple(resource)):
        yield Fault(f"{stem}[x]", "choice")
    if kind == "Observation":
        for at, part in enumerate(resource.get("component") or ()):
            for stem in _chosen_wrongly("component", tuple(part)):
                yield Fault(f"component.{at}.{stem}[x]", "choice")


@lru_cache(maxsize=1000)
def _chosen_wrongly(kind: str, elements: tuple[str, ...]) -> tuple[str, ...]:
    """The elements of which a resource, or a part of one, with these names has not one form."""
    wrong = []
    for stem, must in CHOICES.get(kind, {}).items():
        size = len(stem)
        forms = [name for name in elements if name.startswith(stem) and name[size:][:1].isupper()]
        if len(forms) > 1 or (must and not forms):
            wrong.append(stem)
    return tuple(wrong)


@cache
def _bound(kind: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """(element, system, codes) of the required lists of one kind of resource."""
    return tuple((name, *of) for (kept, name), of in BINDINGS.items() if kept == kind)


def _bindings(kind: str, resource: Mapping[str, Any]) -> Iterator[Fault]:
    for element, system, codes in _bound(kind):
        if element not in resource:
            continue
        said = [c for c in resource[element].get("coding") or () if c.get("system") == system]
        if not said or any(coding.get("code") not in codes for coding in said):
            yield Fault(element, "binding")


def _walked(resource: Mapping[str, Any], beside: frozenset[str]) -> list[Fault]:
    """Days that are in no calendar and references that lead nowhere, however deep."""
    found: list[Fault] = []
    _walk_into(resource, (), beside, found)
    return found


def _walk_into(holder: Any, path: _Path, beside: frozenset[str], found: list[Fault]) -> None:
    """Note what is wrong below a dict or a list. All of every record comes through here, and nearly
    all of it is fine: paths are put together only for what is not."""
    key = None if type(holder) is dict else _last_name(path)  # that all of a list stands under
    for name, inner in holder.items() if key is None else enumerate(holder):
        kind = type(inner)
        if kind is str:
            if rule := _rule_of(name if key is None else key):
                _ask(rule, inner, (path, name), beside, found)
        elif kind is dict or kind is list:
            _walk_into(inner, (path, name), beside, found)


def _ask(rule: str, text: str, path: _Path, beside: frozenset[str], found: list[Fault]) -> None:
    there = text == SELF or text in beside if rule == "reference" else is_real_day(text)
    if not there:
        found.append(Fault(_dotted(path), rule))


def _last_name(path: _Path) -> str:
    """The name that a list stands under, however deep in other lists."""
    while path and type(path[1]) is int:
        path = path[0]
    return path[1] if path else ""


def _dotted(path: _Path) -> str:
    return f"{_dotted(path[0])}.{path[1]}".removeprefix(".") if path else ""


@lru_cache(maxsize=1000)
def _rule_of(key: str) -> str:
    """What is asked of a text under a name: `reference`, to lead somewhere; `date`, to be a day."""
    return "reference" if key == "reference" else "date" if _TIMES.search(key) else ""


@lru_cache(maxsize=10_000)
def is_real_day(text: str) -> bool:
    """Whether a FHIR date or dateTime names a day (month, year) that there is."""
    found = _DAY.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
