"""Visits that end the same day: acute illness, and long illness with medicines for a month."""

from datetime import date, datetime, time, timedelta
from random import Random

from . import catalogue
from .body import vitals
from .catalogue import Acute, Chronic, Facility
from .chance import dice
from .drafting import Draft, diagnosis
from .events import Event
from .figures import Figures, figures
from .folk import Person
from .shapes import Diagnosis, Leave, Referral, Visit

_FEVER = {"J", "A", "B"}
_ACCIDENTS = {"V29.9": "1", "W19": "3", "W01": "3", "W54": "4", "X20": "4"}


def choose_facility(person: Person, rng: Random, station: float = 0.55) -> Facility:
    """The own station for most, else centre or hospital."""
    if rng.random() < station:
        return person.station
    return catalogue.facilities()[rng.choices(("12002", "12050", "12001"), (48, 14, 38))[0]]


def leave_of(person: Person, day: date, days: int) -> Leave | None:
    """Days off for who is insured through work (card DN) and of working age."""
    works = person.head_letters == "DN4" and 18 <= person.age_on(day) < 61
    return Leave(day, day + timedelta(days - 1)) if works and days > 0 else None


def companions(entry: Acute, person: Person, day: date, rng: Random) -> list[Diagnosis]:
    """External causes always, other companions for some."""
    return [
        diagnosis(code)
        for code in entry.companions
        if code[0] in "VWXY" or (rng.random() < 0.3 and (code != "I10" or person.age_on(day) > 45))
    ]


def fever_of(code: str, rng: Random) -> float:
    """Degrees above normal at arrival."""
    return max(0.0, rng.gauss(1.0, 0.7)) if code[0] in _FEVER else 0.0


def accident_of(diagnoses: list[Diagnosis]) -> str:
    """MA_TAI_NAN of the first external cause, "" without one."""
    return next((_ACCIDENTS[d.code] for d in diagnoses if d.code in _ACCIDENTS), "")


def acute_visit(event: Event, person: Person, facility: Facility, rng: Random) -> Visit:
    """An examination with medicines for some days."""
    entry, day = catalogue.acute()[event.cause], event.at.date()
    draft = Draft(person, facility, event.at, rng)
    draft.abnormal = entry.abnormal if rng.random() < 0.75 else ()
    draft.examine()
    for key in entry.services:
        if key != "appendix" and rng.random() < 0.6:
            draft.serve(key, event.at + timedelta(minutes=12))
    after = max([event.at, *(p.resulted or p.begun for p in draft.services)])
    days = rng.choice((3, 5, 5, 7))
    for key in entry.medicines:
        # what is injected belongs to stays and to wounds
        if catalogue.medicines().get(key) is None or _is_taken_home(key):
            draft.prescribe(key, days, after + timedelta(minutes=6))
    found = [diagnosis(entry.code), *companions(entry, person, day, rng)]
    signs = vitals(person, day, rng, fever=fever_of(entry.code, rng))
    end = after + timedelta(minutes=rng.randrange(50, 90))
    back = rng.random() < 0.18
    return draft.finish(
        kind="01",
        cause=event.cause,
        end=end,
        complaint=entry.complaint,
        diagnoses=tuple(found),
        vitals=signs,
        history=f"Bệnh {rng.randrange(1, 6)} ngày nay: {entry.complaint.lower()}.",
        treatment="Kê đơn thuốc uống tại nhà",
        outcome=rng.choice("1222"),
        appointment=datetime.combine(day + timedelta(days), time(8)) if back else None,
        leave=leave_of(person, day, rng.choice((0, 0, 2, 3))),
        accident=accident_of(found),
    )


def _is_taken_home(key: str) -> bool:
    return catalogue.medicines()[key].route[:2] != "2."


def referring_visit(
    event: Event, person: Person, to: Facility, rng: Random, *, moment: datetime
) -> Visit:
    """The station sees the patient first and sends them up at once."""
    entry, day = catalogue.acute()[event.cause], event.at.date()
    draft = Draft(person, person.station, moment, rng)
    draft.examine()
    draft.prescribe("para+", 1, moment + timedelta(minutes=15))
    sent = refer(to, rng.random() < 0.15, entry.complaint, rng)
    if sent.transport == "Xe cứu thương":
        draft.serve("transport", moment + timedelta(minutes=18), rng.randrange(2, 14))
    return draft.finish(
        kind="01",
        cause=event.cause,
        end=moment + timedelta(minutes=rng.randrange(56, 80)),
        complaint=entry.complaint,
        diagnoses=(diagnosis(entry.code),),
        vitals=vitals(person, day, rng, fever=fever_of(entry.code, rng)),
        history=f"{entry.complaint} từ {rng.randrange(1, 4)} ngày nay, điều trị tại nhà không đỡ.",
        treatment="Sơ cứu, chuyển tuyến",
        outcome="3",
        departure="5" if sent.asked else "2",
        referral=sent,
        emergency=entry.stay >= 70,
        accident=accident_of(companions(entry, person, day, rng)),
    )


def refer(to: Facility, asked: bool, signs: str, rng: Random) -> Referral:
    """The paper that goes with a patient."""
    escort = "" if asked else rng.choice(("Điều dưỡng trạm", "Y sĩ trực", ""))
    return Referral(
        to=to.code,
        asked=asked,
        signs=f"{signs}, tỉnh, tiếp xúc được",
        direction="Chuyển cơ sở tuyến trên điều trị tiếp",
        transport=rng.choice(("Xe cứu thương", "Xe gia đình", "Xe máy")),
        escort=escort,
    )


def _place_of_course(entry: Chronic, person: Person, seed: int) -> Facility:
    """One facility for the whole course, by what the illness needs."""
    rng = dice(seed, person.index, entry.key, "place")
    if entry.programme:
        return catalogue.facilities()["12002"]
    if entry.key in ("epilepsy", "psychosis"):
        return choose_facility(person, rng, 0.8)
    if entry.key in ("hypertension", "asthma"):
        return choose_facility(person, rng, 0.4)
    return catalogue.facilities()[rng.choices(("12001", "12002", "12050"), (45, 40, 15))[0]]


def course_visit(event: Event, person: Person, entry: Chronic, seed: int, rng: Random) -> Visit:
    """A monthly visit of a long illness: figures, medicines until the next one."""
    day, own = event.at.date(), dice(seed, person.index, entry.key, "kept")
    facility = _place_of_course(entry, person, seed)
    draft = Draft(person, facility, event.at, rng)
    draft.figures = figures(entry.measures, person, event.step, rng)
    tested = event.step % entry.services_every == 0
    collects = bool(not tested and not entry.programme and event.step and rng.random() < 0.06)
    if not collects:
        draft.examine()
    for key in entry.services if tested else ():
        draft.serve(key, event.at + timedelta(minutes=10))
    days = _days_covered(entry, event, person, day)
    for key in _medicines(entry, event.step, own):
        ordered = event.at + timedelta(minutes=70)
        draft.prescribe(key, days, ordered, state_pays=bool(entry.programme))
    also = [diagnosis(c) for c, share in entry.companions if own.random() * 100 < share]
    kind = _kind(entry, draft, collects)
    seen = draft.figures
    signs = vitals(person, day, rng, systolic=seen.systolic, saturation=seen.saturation)
    text = f"{entry.complaint}, tỉnh táo, tuân thủ thuốc {rng.choice(('tốt', 'tốt', 'chưa đều'))}"
    stage = _stage(entry.measures, draft.figures)
    draft.note(event.at + timedelta(minutes=8), text, signs, stage=stage)
    last = datetime.combine(day + timedelta(days - 1), time(23, 59))
    done = max([event.at + timedelta(hours=2), *(p.resulted or p.begun for p in draft.services)])
    return draft.finish(
        kind=kind,
        cause=entry.key,
        end=last if kind in ("02", "05", "07") else done,
        closed=done,
        complaint=entry.complaint,
        diagnoses=(diagnosis(entry.code), *also),
        vitals=signs,
        history=f"Phát hiện bệnh đã lâu, đang quản lý tại {facility.name}, lần {event.step + 1}.",
        treatment="Điều trị ngoại trú, thuốc uống dài ngày",
        outcome="2" if event.step else "3",
        appointment=datetime.combine(day + timedelta(entry.every), time(8)),
        programme=entry.programme,
        facts={"step": str(event.step)},
    )


def _stage(measured: str, found: Figures) -> str:
    """GIAI_DOAN_BENH in the words of its guideline, where one grades the illness."""
    if measured == "bp" and found.systolic:
        grade = 3 if found.systolic >= 180 else 2 if found.systolic >= 160 else 1
        return f"Độ {grade}" if found.systolic >= 140 else "Kiểm soát tốt"
    if measured == "lung":
        fev1 = float(found.values["fev1"])
        return f"GOLD {1 if fev1 >= 80 else 2 if fev1 >= 50 else 3 if fev1 >= 30 else 4}"
    return ""


def _kind(entry: Chronic, draft: Draft, collects: bool) -> str:
    """MA_LOAI_KCB: 05 examination and medicines, 08 with services too, 07 medicines alone."""
    if entry.kind != "05":
        return entry.kind
    if collects:
        return "07"
    return "08" if len(draft.services) > 1 else "05"


def _days_covered(entry: Chronic, event: Event, person: Person, day: date) -> int:
    """Medicines until the next visit; the dead took none."""
    days = min(entry.every, 60)
    return min(days, (person.died - day).days + 1) if person.died else days


def _medicines(entry: Chronic, step: int, own: Random) -> list[str]:
    """The first always, the others for some; tuberculosis changes to two drugs after two months."""
    if entry.key == "tuberculosis":
        return ["rhze" if step < 2 else "rh"]
    return [key for n, key in enumerate(entry.medicines) if own.random() < 0.55 or n == 0]
