"""Pregnancies, births, newborn children and pregnancies that end early; and care after violence."""

from datetime import datetime, time, timedelta
from random import Random

from . import catalogue
from .births import Delivery
from .body import vitals
from .chance import at_hour
from .drafting import Draft, diagnosis
from .events import Event
from .folk import Person
from .outpatient import choose_facility, leave_of
from .shapes import Diagnosis, Leave, Visit


def antenatal_visit(event: Event, person: Person, rng: Random) -> Visit:
    """An examination in pregnancy, `event.step` its week."""
    week, day, delivery = event.step, event.at.date(), event.delivery
    assert delivery is not None
    draft = Draft(person, choose_facility(person, rng, 0.5), event.at, rng)
    twins = len(delivery.newborns) > 1
    draft.figures.values.update(ga=float(week), upro="Âm tính")
    if twins:
        draft.figures.values["usfetus"] = "Hai thai sống trong buồng tử cung"
    draft.examine()
    for key in ("us_fetus", "urine", "cbc", "hiv", "hbsag"):
        if key == "us_fetus" or rng.random() < (0.5 if week < 20 else 0.25):
            draft.serve(key, event.at + timedelta(minutes=12))
    draft.prescribe("iron", 28, event.at + timedelta(minutes=100))
    found = [diagnosis("O30.0" if twins else "O99.0" if rng.random() < 0.12 else "Z36.9")]
    if week > 26 and rng.random() < 0.03:
        found.insert(0, diagnosis(rng.choice(("O14.9", "O24.4"))))
    signs = vitals(person, day, rng, weeks=week)
    risky = found[0].code in ("O14.9", "O30.0")
    rest = leave_of(person, day, 14) if risky or rng.random() < 0.1 else None
    return draft.finish(
        kind="01",
        cause="antenatal",
        end=event.at + timedelta(hours=3),
        ward="K27",
        complaint=f"Khám thai {week} tuần",
        diagnoses=tuple(found),
        vitals=signs,
        history=f"Thai {week} tuần, lần có thai thứ {delivery.order}.",
        treatment="Tư vấn dinh dưỡng, bổ sung sắt",
        appointment=datetime.combine(day + timedelta(28), time(8)) if week < 36 else None,
        leave=Leave(rest.first, rest.last, pregnancy=True) if rest else None,
        weeks=week,
        facts={"order": str(delivery.order)},
    )


def delivery_visit(event: Event, person: Person, rng: Random) -> Visit:
    """The mother's stay around a birth; every child has its certificate in it."""
    delivery = event.delivery
    assert delivery is not None
    assert delivery.place is not None
    draft = Draft(person, delivery.place, event.at, rng)
    admitted = event.at + timedelta(minutes=15)
    station = delivery.place.level == catalogue.STATION
    nights = rng.randrange(4, 7) if delivery.caesarean else rng.randrange(1, 4)
    end = at_hour(delivery.at.date() + timedelta(nights), rng, 8.5, 11)
    if person.died and end.date() >= person.died:
        end = delivery.at + timedelta(hours=6)
    found = _how_born(delivery)
    bleeds = rng.random() < 0.03
    _care_in_labour(draft, delivery, admitted, end)
    return draft.finish(
        kind="06" if station else "03",
        cause="delivery",
        admitted=admitted,
        end=end,
        ward="K27",
        bed=f"H{rng.randrange(1, 40):03d}",
        complaint="Thai đủ tháng, đau bụng chuyển dạ" if delivery.weeks > 36 else "Chuyển dạ sớm",
        diagnoses=(*found, diagnosis("O72.1")) if bleeds else tuple(found),
        vitals=vitals(person, event.at.date(), rng, weeks=delivery.weeks),
        history=f"Thai lần {delivery.order}, {delivery.weeks} tuần, đau bụng từng cơn.",
        treatment="Phẫu thuật lấy thai" if delivery.caesarean else "Đỡ đẻ thường, chăm sóc sau đẻ",
        outcome="1",
        newborns=delivery.newborns,
        weeks=delivery.weeks,
        leave=leave_of(person, end.date(), 5),
        facts={"order": str(delivery.order)},
    )


def _how_born(delivery: Delivery) -> list[Diagnosis]:
    if len(delivery.newborns) > 1:
        return [diagnosis("O84.9" if delivery.caesarean else "O84.0"), diagnosis("O30.0")]
    return [diagnosis("O82.9" if delivery.caesarean else "O80.0")]


def _care_in_labour(draft: Draft, delivery: Delivery, admitted: datetime, end: datetime) -> None:
    rng, person = draft.rng, draft.person
    draft.examine()
    for key in ("cbc", "urine", "hbsag", "hiv"):
        draft.serve(key, draft.arrival + timedelta(minutes=8))
    draft.serve("caesarean" if delivery.caesarean else "birth_normal", delivery.at)
    nights = max(1, (end.date() - admitted.date()).days)
    station = draft.facility.level == catalogue.STATION
    draft.serve("bed_station" if station else "bed_surgical", admitted, nights)
    draft.note(admitted, "Chuyển dạ, tim thai 140 lần/phút", vitals(person, admitted.date(), rng))
    told = ", ".join(f"con {n.number} nặng {n.weight} g" for n in delivery.newborns)
    how = "Rạch ngang đoạn dưới tử cung lấy thai" if delivery.caesarean else ""
    draft.note(delivery.at, f"Sinh {told}, khóc ngay", operation=how)
    draft.prescribe("oxyto", 1, delivery.at)
    draft.use("syringe", 4, delivery.at)
    if delivery.caesarean:
        draft.use("vicryl", 3, delivery.at)
        draft.use("gauze", 8, delivery.at)
    for day in range(nights):
        at = datetime.combine(delivery.at.date() + timedelta(day), time(8)) + timedelta(minutes=5)
        if not delivery.at < at < end - timedelta(hours=1):
            continue
        draft.prescribe("cefotax1g" if delivery.caesarean else "iron", 1, at)
        signs = vitals(person, at.date(), rng)
        draft.note(at, "Tử cung co hồi tốt, sản dịch ít, vú có sữa", signs)


def newborn_visit(event: Event, person: Person, rng: Random) -> Visit:
    """A child's own stay in its first days, from the moment of birth."""
    delivery = event.delivery
    assert delivery is not None
    assert delivery.place is not None
    mine = next(n for n in delivery.newborns if n.child == person.index)
    draft = Draft(person, delivery.place, mine.born, rng)
    code = _newborns_illness(mine.weight, len(delivery.newborns) > 1, rng)
    admitted = mine.born + timedelta(minutes=10)
    nights = rng.randrange(3, 9) if code[0] == "P" else rng.randrange(1, 3)
    end = at_hour(mine.born.date() + timedelta(nights), rng, 8.5, 11)
    if person.died and end.date() >= person.died:
        end = mine.born + timedelta(hours=3)
    station = draft.facility.level == catalogue.STATION
    _care_of_newborn(draft, code, admitted, end, nights=nights)
    return draft.finish(
        kind="06" if station else "03",
        cause="newborn",
        admitted=admitted,
        end=end,
        ward="K18",
        bed=f"H{rng.randrange(1, 30):03d}",
        complaint="Trẻ sơ sinh sau đẻ cần theo dõi",
        diagnoses=(diagnosis(code),),
        vitals=vitals(person, mine.born.date(), rng),
        history=f"Con {mine.number}, thai {mine.weeks} tuần, cân nặng {mine.weight} g.",
        treatment="Theo dõi, chăm sóc sơ sinh",
        outcome="1",
        is_newborn=True,
        facts={"weight": str(mine.weight), "mother": str(delivery.mother)},
    )


def _care_of_newborn(
    draft: Draft, code: str, admitted: datetime, end: datetime, *, nights: int
) -> None:
    draft.prescribe("vitk1", 1, admitted)
    station = draft.facility.level == catalogue.STATION
    draft.serve("bed_station" if station else "bed_medical", admitted, nights)
    if code == "P59.9":
        draft.figures.values["bili"] = draft.rng.uniform(190, 290)
        draft.serve("bili", admitted + timedelta(hours=1))
        draft.serve("phototherapy", admitted + timedelta(hours=1), nights)
    first = datetime.combine(admitted.date(), time(9))
    mornings = [first + timedelta(day) for day in range(1, nights)]
    for at in (admitted, *(morning for morning in mornings if morning < end)):
        signs = vitals(draft.person, at.date(), draft.rng)
        draft.note(at, "Trẻ hồng, phản xạ tốt, bú mẹ được", signs)


def _newborns_illness(weight: int, twins: bool, rng: Random) -> str:
    """Small, yellow, short of breath, or well."""
    sick = rng.random()
    if weight < 2500:
        return "P07.1"
    well = "Z38.3" if twins else "Z38.0"
    return "P59.9" if sick < 0.5 else "P22.9" if sick < 0.6 else well


def ended_visit(event: Event, person: Person, rng: Random) -> Visit:
    """A pregnancy ended, by itself or by choice, in week `event.step`."""
    facility = catalogue.facilities()["12001" if rng.random() < 0.5 else "12002"]
    draft = Draft(person, facility, event.at, rng)
    chosen = event.cause == "O04.9"
    draft.figures.values.update(ga=float(event.step), hcg="Dương tính")
    draft.examine()
    draft.serve("hcg", event.at + timedelta(minutes=10))
    draft.serve("us_fetus", event.at + timedelta(minutes=20))
    for key in ("mife", "miso") if chosen else ("miso",):
        draft.prescribe(key, 1, event.at + timedelta(minutes=100))
    admitted = event.at + timedelta(minutes=30)
    signs = vitals(person, event.at.date(), rng, weeks=event.step)
    draft.note(admitted, "Theo dõi ra huyết âm đạo, đau bụng nhẹ", signs)
    return draft.finish(
        kind="09",
        cause="ended",
        admitted=admitted,
        end=event.at + timedelta(hours=3, minutes=20),
        ward="K27",
        bed=f"H{rng.randrange(1, 40):03d}",
        complaint="Xin đình chỉ thai" if chosen else "Ra huyết âm đạo, đau bụng",
        diagnoses=(diagnosis(event.cause),),
        vitals=signs,
        history=f"Chậm kinh, thai khoảng {event.step} tuần.",
        treatment="Phá thai nội khoa" if chosen else "Dùng thuốc tống thai",
        outcome="1",
        weeks=event.step,
        ended_pregnancy="Theo nguyện vọng" if chosen else "Sẩy thai tự nhiên",
        leave=leave_of(person, event.at.date(), 10),
    )


def violence_visit(event: Event, person: Person, rng: Random) -> Visit:
    """Wounds whose cause is somebody near; among the best guarded of all visits."""
    draft = Draft(person, choose_facility(person, rng, 0.3), event.at, rng)
    draft.examine()
    draft.serve("suture", event.at + timedelta(minutes=20))
    draft.prescribe("para+", 3, event.at + timedelta(minutes=60))
    return draft.finish(
        kind="01",
        cause="violence",
        end=event.at + timedelta(hours=2),
        complaint="Đau nhiều chỗ do bị đánh" if event.cause == "T74.1" else "Đau, hoảng loạn",
        diagnoses=(diagnosis(event.cause), diagnosis("Y07.0")),
        vitals=vitals(person, event.at.date(), rng),
        history="Người bệnh kể bị người nhà gây thương tích trong ngày.",
        treatment="Sơ cứu vết thương, tư vấn hỗ trợ",
        emergency=True,
        accident="6",
    )
