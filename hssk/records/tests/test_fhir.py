"""Every rule of soundness, with a bad resource that HL7's schema alone lets through."""

import copy

import pytest

from hssk.records.rules.fhir import Fault, faults_of

VISIT = "Encounter/0b0e7a4e-31c6-5b39-8a5e-0d6c1f1f7f10"
SOUND = {
    "Observation": {
        "resourceType": "Observation",
        "id": "5f6ff1de-7bb8-5e0f-b2a7-0a4b9f3f8a11",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
        "subject": {"reference": "Patient/self"},
        "encounter": {"reference": VISIT},
        "effectiveDateTime": "2024-03-13T08:00:00+07:00",
        "component": [
            {
                "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
                "valueQuantity": {"value": 120, "unit": "mmHg"},
            }
        ],
    },
    "Condition": {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/self"},
        "clinicalStatus": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                    "code": "active",
                }
            ]
        },
        "code": {"text": "Tăng huyết áp"},
        "onsetDateTime": "2019",
    },
    "Immunization": {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"text": "BCG"},
        "patient": {"reference": "Patient/self"},
        "occurrenceDateTime": "2024-02-29",
    },
}


def changed(kind: str, **changes) -> dict:
    resource = copy.deepcopy(SOUND[kind])
    for name, value in changes.items():
        if value is None:
            del resource[name]
        else:
            resource[name] = value
    return resource


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_resource_has_no_fault(kind):
    assert faults_of(SOUND[kind], beside={VISIT}) == []


@pytest.mark.parametrize(
    ("resource", "fault"),
    [
        (changed("Observation", status=None), Fault("status", "required")),
        (changed("Immunization", status=None), Fault("status", "required")),
        (changed("Observation", valueString="cao", valueBoolean=True), Fault("value[x]", "choice")),
        (
            changed(
                "Observation",
                component=[{"code": {"text": "a"}, "valueString": "1", "valueInteger": 1}],
            ),
            Fault("component.0.value[x]", "choice"),
        ),
        (changed("Immunization", occurrenceDateTime=None), Fault("occurrence[x]", "choice")),
        (
            changed("Observation", effectiveDateTime="2023-02-29"),
            Fault("effectiveDateTime", "date"),
        ),
        (
            changed("Observation", encounter={"reference": "Encounter/nowhere"}),
            Fault("encounter.reference", "reference"),
        ),
        (
            changed("Observation", subject={"reference": "Patient/012094000001"}),
            Fault("subject.reference", "reference"),
        ),
        (
            changed(
                "Condition",
                clinicalStatus={
                    "coding": [
                        {
                            "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                            "code": "ill",
                        }
                    ]
                },
            ),
            Fault("clinicalStatus", "binding"),
        ),
        (
            changed("Condition", clinicalStatus={"text": "còn"}),
            Fault("clinicalStatus", "binding"),
        ),
    ],
    ids=lambda value: value.rule if isinstance(value, Fault) else "",
)
def test_what_the_schema_alone_lets_through_is_caught(resource, fault):
    assert faults_of(resource, beside={VISIT}) == [fault]


@pytest.mark.parametrize(
    "resource",
    [
        changed("Observation", status="nonsense"),
        changed("Observation", foo=1),
        {"resourceType": "Account", "status": "active"},
        {"resourceType": "Nonsense"},
        {},
    ],
)
def test_what_the_schema_refuses_is_told(resource):
    assert {fault.rule for fault in faults_of(resource, beside={VISIT})} == {"schema"}


def test_a_resource_that_holds_another_is_read_with_it():
    """Only then is the schema of all kinds taken up, which few processes need."""
    other = {"resourceType": "Organization", "id": "o1", "name": "Trạm y tế"}
    assert faults_of(SOUND["Condition"] | {"contained": [other]}) == []
    wrong = faults_of(SOUND["Condition"] | {"contained": [other | {"name": 1}]})
    assert "schema" in {fault.rule for fault in wrong}
