"""What makes it hard to tell whom a claim is about: each trap by the name truth.csv gives it."""

from dataclasses import dataclass
from datetime import date

from ..lives import Folk, Person, Visit
from ..lives.chance import dice

NEWBORN = "newborn_under_parents_name"
TWIN = "twin"
OLD_CARD = "card_before_reissue"
MARRIED = "married_woman_new_address"
FATHERS_PID = "fathers_number_on_child"
NOT_LISTED = "not_on_roster"
FOREIGNER = "foreigner_with_passport"
UNIDENTIFIED = "unidentified_patient"


@dataclass(frozen=True, slots=True)
class Traps:
    """Rates: `married` of women from 18 to 32, `fathers_pid` of children, others of claims.

    Newborns, twins, old cards and people who are on no roster are what they are: no rate.
    """

    married: float = 0.03
    fathers_pid: float = 0.03
    foreigner: float = 0.002
    unidentified: float = 0.01  # of emergencies

    @classmethod
    def none(cls) -> "Traps":
        """Only what cannot be otherwise."""
        return cls(0, 0, 0, 0)


def traps_of(visit: Visit, person: Person, folk: Folk, rates: Traps) -> tuple[str, ...]:
    """The traps of one claim, the gravest first; the same person falls into the same ones."""
    day, own = visit.arrival.date(), dice(folk.seed, person.index, "traps")
    married, fathers = own.random(), own.random()
    chance = dice(folk.seed, visit.key, "trap").random()
    age = person.age_on(day)
    if chance < rates.foreigner and visit.kind == "01" and age > 18 and visit.cause != "antenatal":
        return (FOREIGNER,)
    if visit.emergency and age > 14 and chance < rates.unidentified:
        return (UNIDENTIFIED,)
    return tuple(
        name
        for name, caught in (
            (NEWBORN, visit.is_newborn),
            (TWIN, person.twin and age < 16),
            (NOT_LISTED, not person.listed),
            (
                FATHERS_PID,
                _child(person, age) and not visit.is_newborn and fathers < rates.fathers_pid,
            ),
            (MARRIED, person.sex == 2 and 18 <= age < 33 and married < rates.married),
            (OLD_CARD, _old_card(person, day)),
        )
        if caught
    )


def _old_card(person: Person, day: date) -> bool:
    """The card of that day bears a number that was issued anew since."""
    return bool(person.reissued and day < person.reissued and person.card_on(day))


def _child(person: Person, age: float) -> bool:
    return age < 14 and person.father is not None
