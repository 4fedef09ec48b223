"""The patient as the claim tells of them, traps and habits of clerks included."""

from dataclasses import dataclass, replace
from datetime import date

from ..communes import CITY
from ..lives import Folk, Person, Visit
from ..lives.births import delivery_of
from ..lives.chance import dice
from . import traps as trap
from .stamps import moment

# Names of nobody: what a passport of a neighbouring country might say.
_FOREIGN_NAMES = ("KHAMLA BIADATVONG", "SOMCHIT GIADINHSAK", "LI BIADA", "WANG GIADING")
_FOREIGN_NATIONS = ("118", "118", "179", "179")  # shape of TT 07/2016/TT-BCA; not looked up
_CITY = {code for code, _ in CITY}


@dataclass(frozen=True, slots=True)
class Patient:
    """Fields of table 1 about the person, as text; "" for what is not told."""

    code: str  # of the facility: MA_BN
    name: str
    pid: str
    birth: str
    sex: str
    blood: str
    nation: str
    people: str
    work: str
    address: str
    province: str
    district: str
    commune: str
    phone: str
    card: str
    registered: str
    card_from: str
    card_to: str
    area: str
    insurance_number: str
    temporary_card: str
    father: str
    mother: str
    fathers_number: str
    mothers_number: str
    five_years: str
    truth: str

    @property
    def newest_card(self) -> str:
        """The last of the cards of a list; "" without one."""
        return self.card.rpartition(";")[2]


def patient(visit: Visit, person: Person, folk: Folk, traps: tuple[str, ...]) -> Patient:
    """The plain truth first, then what each trap makes of it."""
    told = _true(visit, person, folk)
    if trap.NEWBORN in traps:
        told = _newborn(told, visit, person)
    if trap.FATHERS_PID in traps and person.father is not None:
        told = replace(told, pid=folk[person.father].pid)
    if trap.MARRIED in traps:
        told = _married(told, person, folk)
    if trap.UNIDENTIFIED in traps:
        told = _unknown(told, visit)
    if trap.FOREIGNER in traps:
        told = _foreign(told, visit)
    return told


def _true(visit: Visit, person: Person, folk: Folk) -> Patient:
    day, habits = visit.arrival.date(), dice(folk.seed, person.index, "told")
    age, card = person.age_on(day), person.card_on(day)
    no_number, old_number, told_phone, told_blood = (habits.random() for _ in range(4))
    pid = "" if (age < 14 and no_number < 0.5) or no_number < 0.03 else person.pid
    father, mother = _parents(person, folk, age)
    return Patient(
        code=code_at(visit.facility.code, person.index),
        name=person.name.upper() if visit.facility.level != "station" else person.name,
        pid=person.cmnd if old_number < 0.02 and person.cmnd else pid,
        birth=_birth(visit, person, folk),
        sex=str(person.sex),
        blood=person.blood if told_blood < 0.15 else "",
        nation="000",
        people=person.ethnicity,
        work="00000" if age < 16 else habits.choice(("63100", "63100", "52210", "23420", "93130")),
        address=_address(person.hamlet, person.commune, person.commune_name),
        province="12",
        district="105" if person.commune in _CITY and day < date(2025, 7, 1) else "",
        commune=person.commune,
        phone=person.phone if told_phone < 0.6 else "",
        card=card,
        registered=person.registered if card else "",
        card_from=f"{day.year}0101" if card else "",
        card_to=f"{day.year}1231" if card else "",
        area="K1" if card and person.commune_name.startswith("Xã") else "",
        insurance_number=card[5:] if card else "",
        temporary_card="",
        father=father.name if father else "",
        mother=mother.name if mother else "",
        fathers_number=father.bhxh if father else "",
        mothers_number=mother.bhxh if mother else "",
        five_years=f"{day.year - habits.randrange(0, 5)}0101" if card and age > 6 else "",
        truth=person.code,
    )


def code_at(facility: str, index: int) -> str:
    """The facility's own number of a patient; tells nothing of who it is elsewhere."""
    return f"BN{(index * 48271 + int(facility) * 7919 + 17) % 99999989:08d}"


def _address(hamlet: str, commune: str, commune_name: str) -> str:
    town = ", TP Lai Châu" if commune in _CITY else ""
    return f"{hamlet}, {commune_name}{town}, tỉnh Lai Châu"


def _birth(visit: Visit, person: Person, folk: Folk) -> str:
    """Twelve characters: 0000 for no hour, 00000000 for no day; to the minute up to 28 days."""
    if (visit.arrival.date() - person.born).days <= 28:
        delivery = delivery_of(person, folk)
        if delivery:
            mine = next(n for n in delivery.newborns if n.child == person.index)
            return moment(mine.born)
    return f"{person.birth:08d}0000"


def _parents(person: Person, folk: Folk, age: float) -> tuple[Person | None, Person | None]:
    if age >= 16:
        return None, None
    father = folk[person.father] if person.father is not None else None
    mother = folk[person.mother] if person.mother is not None else None
    return father, mother


def _newborn(told: Patient, visit: Visit, person: Person) -> Patient:
    """No name, number or card yet: the mother's name stands there (TT 30/2020, article 10)."""
    parent = told.mother or told.father or told.name
    return replace(
        told,
        name=parent.upper(),
        pid="",
        card="",
        registered="",
        card_from="",
        card_to="",
        area="",
        insurance_number="",
        temporary_card=f"TE112{person.index % 10**10:010d}",
        five_years="",
    )


def _married(told: Patient, person: Person, folk: Folk) -> Patient:
    """Her husband's hamlet, before any roster knows that she moved."""
    rng = dice(folk.seed, person.index, "married")
    city = folk.city
    hamlet = city.population.hamlets[rng.randrange(len(city.population.hamlets))]
    code, name = city.communes[hamlet.commune]
    return replace(told, address=_address(hamlet.name, code, name), commune=code)


def _unknown(told: Patient, visit: Visit) -> Patient:
    """Brought in without papers, and nobody beside the bed."""
    bare = {
        "pid": "",
        "phone": "",
        "card": "",
        "registered": "",
        "card_from": "",
        "card_to": "",
        "area": "",
        "insurance_number": "",
        "five_years": "",
        "commune": "",
        "district": "",
    }
    year = int(told.birth[:4]) // 10 * 10
    name = f"KHÔNG RÕ DANH TÍNH {visit.key[-4:]}"
    return replace(
        told, name=name, birth=f"{year}00000000", address="Không rõ", people="56", **bare
    )


def _foreign(told: Patient, visit: Visit) -> Patient:
    """Somebody from abroad with a passport: the clinical story is of nobody on the roster."""
    which = int(visit.key[-1]) % len(_FOREIGN_NAMES)
    return replace(
        _unknown(told, visit),
        name=_FOREIGN_NAMES[which],
        pid=f"{'PE'[which % 2]}A{int(visit.key[-7:]):07d}",
        birth=told.birth,
        nation=_FOREIGN_NATIONS[which],
        people="55",
        address="Khách sạn Bịa Đặt, TP Lai Châu, tỉnh Lai Châu",
        truth=f"F{visit.key[-7:]}",
    )
