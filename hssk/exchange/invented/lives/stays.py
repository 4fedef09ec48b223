"""Stays: admitted, seen every day, discharged, sent on or, at the last, dead."""

from datetime import datetime, time, timedelta
from random import Random

from . import catalogue
from .body import vitals
from .catalogue import HOSPITAL, STATION, Acute, Facility
from .chance import at_hour
from .drafting import Draft, diagnosis
from .events import Event
from .folk import Person
from .outpatient import accident_of, companions, fever_of, leave_of, refer
from .shapes import Referral, Visit

_BEDS = {"K19": "bed_surgical", "K27": "bed_surgical", "K02": "bed_intensive"}
_ROUTINE = ("cbc", "urine", "glucose", "renal", "liver")  # of everybody who is kept
_MORNING = (
    "Người bệnh tỉnh, da niêm mạc hồng, ăn ngủ được",
    "Đỡ mệt, tim đều, phổi thông khí đều hai bên",
    "Bụng mềm, không có phản ứng thành bụng, đại tiểu tiện bình thường",
    "Còn mệt nhẹ, tiếp tục theo dõi và dùng thuốc theo y lệnh",
)
_CONSULTED = "Hội chẩn khoa: viêm ruột thừa cấp, thống nhất chỉ định phẫu thuật"
_EVENING = ("Thực hiện y lệnh thuốc, theo dõi dấu hiệu sinh tồn", "Hướng dẫn chế độ ăn, vệ sinh")


def place_of_stay(entry: Acute, rng: Random) -> Facility:
    """The hospital for what is grave, else the centre as often."""
    hospital = 0.85 if entry.stay >= 75 else 0.45
    return catalogue.facilities()["12001" if rng.random() < hospital else "12002"]


def stay_visit(
    event: Event, person: Person, facility: Facility, rng: Random, *, referred_from: str = ""
) -> Visit:
    """A stay with an acute illness."""
    entry = catalogue.acute()[event.cause]
    draft = Draft(person, facility, event.at, rng)
    admitted = event.at + timedelta(minutes=rng.randrange(25, 90))
    days = max(1, round(rng.gauss(entry.days, entry.days * 0.3)))
    died = event.kind == "last"
    end = _end(event, person, days, rng)
    if end <= admitted:
        admitted, end = event.at + timedelta(minutes=20), event.at + timedelta(minutes=55)
    fever = fever_of(entry.code, rng)
    signs = vitals(person, event.at.date(), rng, fever=fever)
    _tests(draft, entry, admitted, end)
    _care(draft, entry, admitted, end, fever=fever)
    found = [diagnosis(entry.code), *companions(entry, person, event.at.date(), rng)]
    station = facility.level == STATION
    sent = None if died else _sent_on(entry, facility, rng)
    return draft.finish(
        kind=_kind(entry, facility, admitted, end),
        cause=event.cause,
        admitted=admitted,
        end=end,
        ward="K01" if station else entry.ward,
        bed=f"H{rng.randrange(1, 60):03d}",
        complaint=entry.complaint,
        diagnoses=tuple(found),
        vitals=signs,
        history=f"Cách vào viện {rng.randrange(1, 6)} ngày: {entry.complaint.lower()}, tăng dần.",
        treatment="Phẫu thuật, kháng sinh" if entry.code == "K35.8" else "Nội khoa",
        outcome="5" if died else "4" if sent else rng.choices("126", (55, 43, 2))[0],
        departure=_departure(sent, died, rng),
        referral=sent,
        referred_from=referred_from,
        appointment=_appointment(end, rng) if not died and not sent else None,
        leave=None if died else leave_of(person, end.date(), rng.choice((0, 3, 5, 7))),
        emergency=entry.stay >= 70,
        accident=accident_of(found),
    )


def _sent_on(entry: Acute, facility: Facility, rng: Random) -> Referral | None:
    """Who gets worse is sent up to the hospital; who is there is nowhere better."""
    chance = {STATION: 0.1, HOSPITAL: 0.0}.get(facility.level, 0.05)
    if rng.random() >= chance:
        return None
    return refer(catalogue.facilities()["12001"], rng.random() < 0.3, entry.complaint, rng)


def _departure(sent: Referral | None, died: bool, rng: Random) -> str:
    """MA_LOAI_RV: 2 and 5 sent on, 4 asked to go home, else 1."""
    if sent:
        return "5" if sent.asked else "2"
    return "4" if not died and rng.random() < 0.04 else "1"


def _end(event: Event, person: Person, days: int, rng: Random) -> datetime:
    """The morning of discharge; of the last stay, and of no stay later, the day of death."""
    if event.kind == "last" and person.died:
        return at_hour(person.died, rng, 12, 23.5)
    day = event.at.date() + timedelta(days)
    if person.died and day >= person.died:
        day = person.died - timedelta(1)  # they went home to die
    return at_hour(day, rng, 8.5, 11.5) if day > event.at.date() else event.at + timedelta(hours=3)


def _kind(entry: Acute, facility: Facility, admitted: datetime, end: datetime) -> str:
    """MA_LOAI_KCB: 09 below four hours, 06 at a station, 04 by day, else 03."""
    if end - admitted < timedelta(hours=4):
        return "09"
    if facility.level == STATION:
        return "06"
    return "04" if entry.ward == "K16" else "03"


def _appointment(end: datetime, rng: Random) -> datetime | None:
    if rng.random() < 0.45:
        return None
    return datetime.combine(end.date() + timedelta(rng.choice((7, 10, 14, 30))), time(8))


def _days(admitted: datetime, end: datetime) -> int:
    return (end.date() - admitted.date()).days + 1


def _tests(draft: Draft, entry: Acute, admitted: datetime, end: datetime) -> None:
    """What is done once: the tests of the first hours, the operation, the bed."""
    draft.abnormal = entry.abnormal if draft.rng.random() < 0.85 else ()
    if entry.code == "K35.8":
        draft.figures.values["usab"] = "Ruột thừa kích thước tăng 9 mm"
    draft.examine()
    routine = _ROUTINE if _days(admitted, end) >= 3 else ()
    for key in dict.fromkeys((*entry.services, *routine)):
        draft.serve(key, draft.arrival + timedelta(minutes=15))
    if _days(admitted, end) >= 5 and "cbc" in entry.services:
        draft.abnormal = ()
        draft.serve("cbc", _morning(admitted, 3))
    bed = "bed_station" if draft.facility.level == STATION else _BEDS.get(entry.ward, "bed_medical")
    nights = max(1, _days(admitted, end) - 1)
    draft.serve("bed_day" if entry.ward == "K16" else bed, admitted, nights)
    if entry.code == "K35.8":
        at = admitted + timedelta(minutes=50)
        told = "Phẫu thuật nội soi: ruột thừa viêm mủ, cắt ruột thừa, lau rửa ổ bụng"
        if at < end:
            draft.note(at, "Phẫu thuật cấp cứu", consultation=_CONSULTED, operation=told)
        draft.use("vicryl", 2, admitted)
        draft.use("gauze", 6, admitted)


def _morning(admitted: datetime, day: int) -> datetime:
    return datetime.combine(admitted.date() + timedelta(day), time(7, 40))


def _care(draft: Draft, entry: Acute, admitted: datetime, end: datetime, *, fever: float) -> None:
    """Orders, medicines and notes day by day."""
    rng, person = draft.rng, draft.person
    draft.note(
        admitted + timedelta(minutes=5),
        f"Vào viện vì {entry.complaint.lower()}. {rng.choice(_MORNING)}",
        vitals(person, admitted.date(), rng, fever=fever),
    )
    for day in range(_days(admitted, end)):
        at = admitted + timedelta(minutes=10) if day == 0 else _morning(admitted, day)
        if at >= end - timedelta(minutes=40):
            break
        warm = max(0.0, fever - 0.5 * day)
        _orders(draft, entry, at, day)
        if day:
            draft.note(at, rng.choice(_MORNING), vitals(person, at.date(), rng, fever=warm))
        evening = at.replace(hour=20, minute=rng.randrange(60))
        if at < evening < end:
            draft.note(evening, rng.choice(_EVENING), vitals(person, at.date(), rng, fever=warm))


def _orders(draft: Draft, entry: Acute, at: datetime, day: int) -> None:
    for key in entry.medicines:
        name = {"para+": "para500", "amox+": "amox500"}.get(key, key)
        route = catalogue.medicines()[name].route
        if route == "2.15" and day > 2:
            continue
        draft.prescribe(key, 1, at, share=0.5 if draft.is_child and route[0] == "2" else 1)
        if route == "2.15":
            draft.serve("iv", at)
            draft.use("ivset", 1, at)
        elif route[0] == "2":
            draft.use("syringe", 2, at)
    if day in (0, 3) and any(u.material.key == "ivset" for u in draft.materials):
        draft.use("cannula", 1, at)
