"""XML14, the appointment for another visit → Appointment.

Proposed, with the wished-for time: FHIR lets no booked appointment be without an end, and the paper
knows only when to come.
"""

from collections.abc import Iterator
from typing import Any

from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    SELF,
    coding,
    concept,
    identified,
    staff,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import ours
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import illnesses, items, moment

MAPPING = {
    "SO_GIAYHEN_KL": "Appointment.identifier.value",
    "NGAY_HEN_KL": "Appointment.requestedPeriod.start",
    "CHAN_DOAN_RV": "Appointment.reasonCode.text",
    "MA_BENH_CHINH": "Appointment.reasonCode.coding.code",
    "MA_BENH_KT": "Appointment.reasonCode.coding.code",
    "MA_BENH_YHCT": "Appointment.reasonCode.coding.code",
    "MA_CSKCB": "Appointment.participant.actor.identifier.value",
    "MA_BAC_SI": "Appointment.participant.actor.identifier.value",
}
TITLE = "Hẹn khám lại"


def made_of(visit: Visit) -> Iterator[Made]:
    """One appointment for each day a paper names; none where it names no day."""
    for line, row in visit.lines("XML14"):
        codes = [(visit.edition, code) for code in illnesses(row["MA_BENH_CHINH"])]
        codes += [(visit.edition, code) for code in illnesses(row["MA_BENH_KT"])]
        codes += [(ours("MA_BENH_YHCT"), text) for text in items(row["MA_BENH_YHCT"])]
        more = {
            "identifier": [
                {"system": ours("SO_GIAYHEN_KL"), "value": number}
                for number in [row["SO_GIAYHEN_KL"]]
                if number
            ],
            "reasonCode": [
                concept(text=row["CHAN_DOAN_RV"]), *(concept(coding(*each)) for each in codes)
            ],
        }  # fmt: skip
        for place, text in enumerate(items(row["NGAY_HEN_KL"]), 1):
            yield from appointment(
                visit, "XML14", line, text, kind=f"appointment-{place}", more=more,
                facility=row["MA_CSKCB"], doctors=row["MA_BAC_SI"],
            )  # fmt: skip


def appointment(
    visit: Visit,
    table: str,
    line: int,
    text: str,
    *,
    kind: str,
    more: dict[str, Any] | None = None,
    facility: str = "",
    doctors: str = "",
) -> Iterator[Made]:
    """An appointment at the moment `text`; nothing where that is no moment."""
    at = moment(text)
    if at is None:
        return
    place = identified("Location", "MA_CSKCB", facility.upper() or visit.claim.facility)
    resource = {
        "resourceType": "Appointment",
        "status": "proposed",
        "description": TITLE,
        "supportingInformation": [visit.encounter],
        "requestedPeriod": [{"start": at.fhir}],
        "participant": [
            {"actor": actor, "status": "needs-action"}
            for actor in (SELF, place, *staff(doctors))
            if actor
        ],
        **(more or {}),
    }
    yield visit.made(
        resource, kind=kind, section="appointments", at=at, table=table, line=line,
        code=table, display=TITLE,
    )  # fmt: skip
