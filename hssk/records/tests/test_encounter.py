"""What a visit says of itself is read back: from what a station typed, and from what a claim said."""

import base64
from datetime import date
from uuid import uuid4

from hssk.records.rules.encounter import ENDING, OUTCOME, ROLE, Told, told
from hssk.records.rules.typed import TypedVisit, entries_of

CLAIM = {
    "resourceType": "Encounter",
    "reasonCode": [
        {"text": "Đau ngực"},
        {"coding": [{"system": "urn:x-hssk:ma-ly-do-vnt", "code": "1"}], "text": "Cần theo dõi"},
        {"coding": [{"system": ROLE, "code": "AD"}], "text": "Cơn đau thắt ngực"},
    ],
    "participant": [{"individual": {"identifier": {"value": "001234/LCH-CCHN"}}}],
    "hospitalization": {"dischargeDisposition": {"coding": [
        {"system": ENDING, "code": "4", "display": "Xin ra viện"},
        {"system": OUTCOME, "code": "9"},
    ]}},
}  # fmt: skip
PAPER = {
    "resourceType": "DocumentReference",
    "author": [{"identifier": {"value": "77"}, "display": "Bác sĩ Bịa"}],
    "content": [{"attachment": {
        "contentType": "text/plain; charset=utf-8",
        "data": base64.b64encode("Phương pháp điều trị: nội khoa\n\nLời dặn: tái khám".encode()).decode(),
    }}],
}  # fmt: skip


def test_what_a_station_types_is_read_back_letter_for_letter():
    visit = TypedVisit(on=date(2024, 3, 5), reason="Đau đầu <nhiều>", advice="Ăn nhạt & đi bộ\n<b>")
    head = next(entries_of(visit, uuid4())).resource
    assert told(head) == Told(reasons=(visit.reason,), advice=visit.advice)


def test_a_claim_tells_why_how_it_ended_and_who_examined():
    assert told(CLAIM, [PAPER]) == Told(
        reasons=("Đau ngực", "Cần theo dõi"), admitted="Cơn đau thắt ngực", ending="Xin ra viện",
        outcome="9", advice="tái khám", staff=("001234/LCH-CCHN",),
    )  # fmt: skip


def test_whoever_signed_a_paper_examined_where_the_visit_names_nobody():
    head = {key: said for key, said in CLAIM.items() if key != "participant"}
    assert told(head, [PAPER]).staff == ("Bác sĩ Bịa (77)",)
    assert told({}, [{"resourceType": "Observation"}]) == Told()
