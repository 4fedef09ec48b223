"""The record's other sections: allergies, risk factors and illnesses in the family."""

from datetime import date

from .catalogue import chronic, diagnoses
from .chance import dice
from .events import conditions
from .folk import Folk, Person
from .shapes import Allergy, FamilyIllness, Risks

_ALLERGIES = (
    ("thuốc", "Penicilin", "Nổi mày đay"),
    ("thuốc", "Cotrimoxazol", "Ban đỏ, ngứa"),
    ("thuốc", "Ibuprofen", "Phù mi mắt"),
    ("hóa chất/mỹ phẩm", "Thuốc trừ sâu", "Viêm da tiếp xúc"),
    ("thực phẩm", "Tôm, cua", "Nổi mày đay"),
    ("thực phẩm", "Nhộng tằm", "Khó thở, mày đay"),
    ("khác", "Phấn hoa", "Hắt hơi, chảy mũi"),
)
_IN_FAMILIES = ("hypertension", "diabetes", "asthma", "epilepsy", "psychosis", "tuberculosis")


def allergies(person: Person, seed: int) -> tuple[Allergy, ...]:
    """One in sixteen has one, few have two."""
    rng = dice(seed, person.index, "allergies")
    count = rng.choices((0, 1, 2), (94, 5.3, 0.7))[0]
    return tuple(Allergy(*entry) for entry in rng.sample(_ALLERGIES, count))


def risks(person: Person, seed: int, on: date) -> Risks | None:
    """None below fifteen: nobody asks a child. Values as QĐ 831 writes them."""
    age = person.age_on(on)
    if age < 15:
        return None
    rng = dice(seed, person.index, "risks")
    man = person.sex == 1
    smokes, stopped, drinks, used = (rng.random() for _ in range(4))
    opiates = any(c.key == "methadone" and day <= on for c, day, _ in conditions(person, seed))
    smoking = "hút thường xuyên" if smokes < (0.36 if man else 0.02) else "không"
    if smoking != "không" and stopped < 0.18:
        smoking = "đã bỏ"
    alcohol = "có" if drinks < (0.62 if man else 0.16) else "không"
    return Risks(
        smoking=smoking,
        alcohol=alcohol,
        cups_a_day=rng.randrange(1, 7) if alcohol == "có" else 0,
        drugs="đã bỏ" if opiates else "sử dụng thường xuyên" if used < 0.002 and man else "không",
        exercise=rng.choice(("không", "có", "thường xuyên")),
        exposure=rng.choices(("", "hóa chất trừ sâu", "bụi", "ồn"), (70, 15, 11, 4))[0],
        latrine=rng.choices(
            ("xả nước", "hai ngăn", "hố xí thùng", "không có hố xí"), (46, 34, 12, 8)
        )[0],
    )


def family(person: Person, folk: Folk, on: date) -> tuple[FamilyIllness, ...]:
    """What father and mother, where they live in the household, are known to have."""
    found = []
    for who, index in (("bố", person.father), ("mẹ", person.mother)):
        if index is not None:
            for entry, since, _ in conditions(folk[index], folk.seed):
                if entry.key in _IN_FAMILIES and since <= on:
                    found.append(FamilyIllness(diagnoses()[chronic()[entry.key].code], who))
    return tuple(found)
