"""Writing one visit out: medicines, services with their results, materials, notes."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from . import catalogue
from .catalogue import STATION, Facility, Index, Service
from .figures import Figures
from .folk import Person
from .shapes import Diagnosis, Note, Performed, Prescription, Result, Used, Visit, Vitals

_AT_STATIONS = {"glucose", "malaria", "hiv", "hcg", "urine", "afb", "morphine", "hbsag"}
_FALLS = {"hgb", "mcv", "ferritin", "plt", "k", "hct", "rbc", "hdl", "lym"}
_IN_CHILDREN = {"para+": "para150", "amox+": "amox250"}
_IN_GROWN = {"para+": "para500", "amox+": "amox500"}
_ADVICE = (
    "Uống thuốc theo đơn, khám lại khi có dấu hiệu bất thường",
    "Nghỉ ngơi, ăn uống đủ chất, uống nhiều nước",
    "Ăn nhạt, hạn chế rượu bia, tập thể dục đều",
    "Theo dõi tại nhà, đến ngay cơ sở y tế nếu sốt cao hoặc khó thở",
)
_EXAMS = {"hospital": "exam_hospital", "centre": "exam_centre", "station": "exam_station"}


def diagnosis(code: str) -> Diagnosis:
    """The code with its Vietnamese name; KeyError for a code that is not in the catalogue."""
    return Diagnosis(code, catalogue.diagnoses()[code])


class Draft:
    """What gathers while a visit goes on."""

    def __init__(self, person: Person, facility: Facility, arrival: datetime, rng: Random) -> None:
        self.person, self.facility, self.arrival, self.rng = person, facility, arrival, rng
        self.figures = Figures()
        self.abnormal: tuple[str, ...] = ()
        self.prescriptions: list[Prescription] = []
        self.services: list[Performed] = []
        self.materials: list[Used] = []
        self.results: list[Result] = []
        self.notes: list[Note] = []

    @property
    def is_child(self) -> bool:
        """Under twelve: doses and forms for children."""
        return self.person.age_on(self.arrival.date()) < 12

    def examine(self) -> None:
        """The fee of an examination at this level of care."""
        self.serve(_EXAMS[self.facility.level], self.arrival + timedelta(minutes=4))

    def prescribe(
        self, key: str, days: int, at: datetime, *, state_pays: bool = False, share: float = 1
    ) -> None:
        """A medicine for so many days, half the dose for a child; `share` of the daily dose."""
        key = (_IN_CHILDREN if self.is_child else _IN_GROWN).get(key, key)
        medicine = catalogue.medicines()[key]
        per_take = medicine.per_take * Decimal(str(share))
        if self.is_child and medicine.unit == "Viên" and per_take == 1:
            per_take = Decimal("0.5")
        quantity = (per_take * medicine.takes * days).quantize(Decimal("0.001"))
        given = at + timedelta(minutes=self.rng.randrange(8, 40))
        self.prescriptions.append(
            Prescription(medicine, per_take, medicine.takes, days, quantity, at, given, state_pays)
        )

    def serve(self, key: str, at: datetime, quantity: int = 1) -> None:
        """A service and its results; a station sends away for what it cannot do itself."""
        service = catalogue.services()[key]
        if self.facility.level == STATION and service.indices and key not in _AT_STATIONS:
            return
        begun = at + timedelta(minutes=self.rng.randrange(5, 30))
        done = begun + timedelta(minutes=self.rng.randrange(15, 70)) if service.indices else None
        self.services.append(Performed(service, Decimal(quantity), at, begun, done))
        for index in service.indices:
            assert done is not None
            self.results.append(self._result(service, index, done))

    def use(self, key: str, quantity: int, at: datetime) -> None:
        """A medical material."""
        self.materials.append(Used(catalogue.materials()[key], Decimal(quantity), at))

    def note(self, at: datetime, text: str, vitals: Vitals | None = None, **more: str) -> None:
        """An entry of the course; `more`: stage, consultation, operation."""
        self.notes.append(Note(at, text, vitals, **more))

    def _result(self, service: Service, index: Index, at: datetime) -> Result:
        known = self.figures.values.get(index.key)
        strange = index.key in self.abnormal
        if index.words:
            word = str(known) if known else self._word(index, strange)
            return Result(service, index, word, word, word != index.words[0], at)
        assert index.low is not None
        assert index.high is not None
        value = float(known) if known is not None else self._figure(index, strange)
        outside = not index.low <= value <= index.high
        said = "" if not outside else "Cao" if value > index.high else "Thấp"
        return Result(service, index, f"{value:.{index.decimals}f}", said, outside, at)

    def _word(self, index: Index, strange: bool) -> str:
        return self.rng.choice(index.words[1:]) if strange else index.words[0]

    def _figure(self, index: Index, strange: bool) -> float:
        low, high = index.low or 0.0, index.high or 1.0
        if not strange:
            return self.rng.uniform(low + (high - low) * 0.02, high - (high - low) * 0.02)
        if index.key in _FALLS:
            return low * self.rng.uniform(0.6, 0.92)
        return min(high * self.rng.uniform(1.15, 2.3), 96.0 if index.unit == "%" else 1e9)

    def finish(self, **facts: Any) -> Visit:
        """The visit; `facts` are the rest of its fields, with sensible ones where none is given."""
        serial = self.rng.randrange(10**9)
        told = {
            "key": f"{self.facility.code}{self.arrival:%y%m%d}{serial:09d}",
            "person": self.person.index,
            "facility": self.facility,
            "arrival": self.arrival,
            "admitted": None,
            "ward": "K01",
            "bed": "",
            "prescriptions": tuple(self.prescriptions),
            "services": tuple(self.services),
            "materials": tuple(self.materials),
            "results": tuple(self.results),
            "notes": tuple(sorted(self.notes, key=lambda note: note.at)),
            "advice": self.rng.choice(_ADVICE),
            "outcome": "2",
            "departure": "1",
        }
        return Visit(**{**told, "closed": facts["end"], **facts})
