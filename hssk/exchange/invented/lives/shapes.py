"""What a life is made of: frozen shapes, all of them true; dirt comes later, in the claims.

Moments are naive local time. Diagnoses are ICD-10 of QĐ 4469/2020.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .catalogue import Facility, Index, Material, Medicine, Service


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`name` as the classification writes it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Vitals:
    """Beats and breaths a minute, °C, mmHg, %, kg, cm; blood pressure None for small children."""

    pulse: int
    temperature: float
    systolic: int | None
    diastolic: int | None
    breaths: int
    spo2: int
    weight: float
    height: float


@dataclass(frozen=True, slots=True)
class Prescription:
    """`state_pays`: a medicine of a national programme, which costs insurance nothing."""

    medicine: Medicine
    per_take: Decimal
    takes: int
    days: int
    quantity: Decimal
    ordered: datetime
    given: datetime
    state_pays: bool = False


@dataclass(frozen=True, slots=True)
class Performed:
    """`resulted` is None for what has no result."""

    service: Service
    quantity: Decimal
    ordered: datetime
    begun: datetime
    resulted: datetime | None


@dataclass(frozen=True, slots=True)
class Used:
    """A medical material used for the patient."""

    material: Material
    quantity: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """One value of one service; `value` is a figure or words, `conclusion` the reader's."""

    service: Service
    index: Index
    value: str
    conclusion: str
    abnormal: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of the course; `vitals` when they were taken with it."""

    at: datetime
    text: str
    vitals: Vitals | None = None
    stage: str = ""
    consultation: str = ""
    operation: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """Sent on to facility `to`; `asked`: at the patient's wish, not for need."""

    to: str
    asked: bool
    signs: str
    direction: str
    transport: str
    escort: str


@dataclass(frozen=True, slots=True)
class Newborn:
    """A child as its certificate of birth tells; `child` is the index of the person."""

    child: int
    born: datetime
    sex: int
    weight: int  # grams
    number: int  # 1, 2 … among those born together
    caesarean: bool
    weeks: int
    state: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Days off work that a paper grants, first and last day inclusive."""

    first: date
    last: date
    pregnancy: bool = False

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact with care, from arrival to end.

    `kind` is MA_LOAI_KCB, `outcome` KET_QUA_DTRI, `departure` MA_LOAI_RV. `key` is unique among
    all visits of all people. The first diagnosis is the main one. `end` is the last moment that
    the visit covers: for medicines by the month the last day they last, 23:59.
    """

    key: str
    person: int
    facility: Facility
    kind: str
    cause: str
    arrival: datetime
    admitted: datetime | None
    end: datetime
    closed: datetime
    ward: str
    bed: str
    complaint: str
    diagnoses: tuple[Diagnosis, ...]
    vitals: Vitals
    prescriptions: tuple[Prescription, ...]
    services: tuple[Performed, ...]
    materials: tuple[Used, ...]
    results: tuple[Result, ...]
    notes: tuple[Note, ...]
    history: str
    treatment: str
    advice: str
    outcome: str
    departure: str
    referral: Referral | None = None
    referred_from: str = ""
    appointment: datetime | None = None
    newborns: tuple[Newborn, ...] = ()
    is_newborn: bool = False
    leave: Leave | None = None
    weeks: int = 0
    ended_pregnancy: str = ""
    emergency: bool = False
    accident: str = ""
    programme: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def main(self) -> Diagnosis:
        """The main diagnosis."""
        return self.diagnoses[0]

    @property
    def is_stay(self) -> bool:
        """Whether the patient was kept in a bed, also by day or at a station."""
        return self.admitted is not None


@dataclass(frozen=True, slots=True)
class Vaccination:
    """One dose; `facility` is a code, `lot` invented."""

    vaccine: str
    antigens: tuple[str, ...]
    dose: int
    on: date
    facility: str
    lot: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Allergy:
    """`group`: thuốc, hóa chất/mỹ phẩm, thực phẩm, khác (QĐ 831)."""

    group: str
    to: str
    reaction: str


@dataclass(frozen=True, slots=True)
class Risks:
    """Risk factors as QĐ 831 asks for them."""

    smoking: str
    alcohol: str
    cups_a_day: int
    drugs: str
    exercise: str
    exposure: str
    latrine: str


@dataclass(frozen=True, slots=True)
class FamilyIllness:
    """An illness of a relative by blood."""

    illness: str
    who: str


@dataclass(frozen=True, slots=True)
class Birth:
    """How somebody was born, as the record's first section asks."""

    caesarean: bool
    premature: bool
    asphyxia: bool
    weight: int
    length: int


@dataclass(frozen=True, slots=True)
class Life:
    """Everything known of a person's health up to a day, visits in order of arrival."""

    person: int
    visits: tuple[Visit, ...]
    vaccinations: tuple[Vaccination, ...]
    allergies: tuple[Allergy, ...]
    risks: Risks | None
    family: tuple[FamilyIllness, ...]
    birth: Birth
    blood: str
    conditions: tuple[tuple[str, date], ...]
    died: date | None
