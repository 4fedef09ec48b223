"""The form of QĐ 831: every box becomes a sound resource and comes back as it was answered."""

from datetime import date
from types import SimpleNamespace

import pytest

from hssk.kit.dates import PartialDate
from hssk.records import sections
from hssk.records.rules.fhir import faults_of
from hssk.records.rules.labels import closed
from hssk.records.rules.sections import SECTIONS
from hssk.records.sections import NOTHING_OF_A_SECTION, PARTS, Asks
from hssk.records.sections.immunisation import doses, due, given

TODAY = date(2024, 3, 13)
EVERY = [(part, item) for part in PARTS.values() for item in (NOTHING_OF_A_SECTION, *part.items)]
ANSWERS = {
    Asks.TICK: ["1"], Asks.NUMBER: ["3", "12.5"], Asks.WORDS: ["Tôm, cua"], Asks.LINES: ["ruột thừa 2015", "mắt"],
    Asks.AHEAD: ["2025", "2025-03", "2025-03-01"],
    Asks.DOSE: ["2015", "2015-03", "2015-03-01", "2015-03-01\tAB12", "2015-03-01\t\tTrạm y tế\tSốt nhẹ"],
}  # fmt: skip


def answers_to(item):
    more = (
        ["2015-03-01\t\t\t\t5"] if sections.MONTH in item.details and item.asks is Asks.DOSE else []
    )
    return [*(key for key, _name in item.choices)] or ANSWERS[item.asks] + more


@pytest.mark.parametrize(("part", "item"), EVERY, ids=lambda one: one.key)
def test_every_answer_is_a_sound_resource_and_comes_back(part, item):
    for answer in answers_to(item):
        resource = sections.resource_of(part, item, answer, TODAY)
        assert faults_of(resource) == []
        assert sections.answer_in(item, part, resource) == answer


@pytest.mark.parametrize(("part", "item"), EVERY, ids=lambda one: one.key)
def test_an_entry_tells_which_box_it_answers(part, item):
    answer = answers_to(item)[0]
    one = SimpleNamespace(
        id=1, section=part.key, system=sections.FORM, code=sections.code_of(part.key, item.key),
        resource=sections.resource_of(part, item, answer, TODAY),
    )  # fmt: skip
    assert sections.item_of(one) == (part, item)


def test_every_part_is_a_section_of_the_record_in_its_order():
    assert [key for key in SECTIONS if key in PARTS] == list(PARTS)


def test_a_dose_of_another_source_fills_its_box():
    vaccine = {"coding": [{"system": "urn:hssk:vaccine", "code": "MEASLES"}]}
    dose = {"vaccineCode": vaccine, "protocolApplied": [{"doseNumberPositiveInt": 2}]}
    one = SimpleNamespace(section="immunisation", system="", code="", resource=dose)
    found = sections.item_of(one)
    assert found
    assert found[1].name.startswith("Sởi 2")
    assert given({"vaccineCode": {"text": "lạ"}}) is None
    lost = SimpleNamespace(section="immunisation", system="", code="", resource={})
    assert sections.item_of(lost) is None
    assert sections.item_of(SimpleNamespace(section="visits", system="", code="")) is None


def told(part, key, answer):
    section = PARTS[part]
    return closed(sections.tells(section.item(key), answer))


@pytest.mark.parametrize(
    ("part", "key", "answer", "labels"),
    [
        ("risk_factors", "drugs", "no", set()), ("risk_factors", "drugs", "yes", {"SUD"}),
        ("risk_factors", "drugs", "stopped", {"SUD"}), ("risk_factors", "smoking", "yes", set()),
        ("own_illnesses", "autism", "1", {"PSY"}),
        ("own_illnesses", "mental", "1", {"PSY"}), ("own_illnesses", "hypertension", "1", set()),
        ("own_illnesses", "other", "HIV", {"HIV"}), ("own_illnesses", "other", "không", set()),
        ("family_history", "mental", "mẹ", {"PSY"}), ("reproductive", "abortions", "0", set()),
        ("reproductive", "abortions", "1", {"SEX"}), ("reproductive", "births", "2", set()),
        ("reproductive", "contraception", "đặt vòng", {"SEX"}),
        ("reproductive", "contraception", "Không.", set()),
    ],
)  # fmt: skip
def test_an_answer_is_sensitive_by_what_it_says_not_by_what_was_asked(part, key, answer, labels):
    assert told(part, key, answer) == labels


@pytest.mark.parametrize(
    ("sex", "age", "has", "lacks"),
    [
        (1, 40, "risk_factors", "reproductive"), (2, 40, "reproductive", ""),
        (2, 5, "birth", "reproductive"), (1, 3, "immunisation", "risk_factors"),
        (0, None, "reproductive", ""),
    ],
)  # fmt: skip
def test_the_form_asks_what_fits_sex_and_age(sex, age, has, lacks):
    keys = [part.key for part, _items in sections.asked(sex, age)]
    assert has in keys
    assert lacks not in keys


def test_doses_are_asked_of_whom_they_are_for():
    def names(sex, age):
        return [i.key for p, items in sections.asked(sex, age) for i in items if p.part == "C"]

    assert "bcg_1" in names(1, 2)
    assert "bcg_1" not in names(1, 40)
    assert "tetanus_1" in names(2, 25)
    assert "tetanus_1" not in names(1, 25)
    assert "hpv_1" in names(2, 25)


def names_due(months, had=()):
    birth = PartialDate(date(2023, 1, 1))
    on = date(2023 + months // 12, 1 + months % 12, 1)
    return [dose.key for dose, _on in due(birth, dict.fromkeys(had), on)]


def test_what_is_due_is_what_the_programme_gives_by_that_age_and_was_not_given():
    assert set(names_due(0)) == {"bcg_1", "hepb_1"}
    assert {"dpt-vgb-hib_1", "opv_1", "rota_1"} <= set(names_due(2))
    assert "dpt-vgb-hib_1" not in names_due(2, [("DPT-VGB-HIB", 1)])
    assert "hepb_1" not in names_due(2)  # its time has passed
    assert names_due(18, [("MEASLES", 1)]).count("measles_2") == 1


def test_a_later_dose_stands_for_those_before_it():
    assert "opv_1" not in names_due(6, [("OPV", 2)])
    assert "opv_3" in names_due(6, [("OPV", 2)])


def test_nothing_is_due_where_only_the_year_of_birth_is_known():
    assert list(due(PartialDate.of(2023), {}, date(2023, 6, 1))) == []


def test_an_appointment_stands_instead_of_the_day_of_the_programme():
    birth, on = PartialDate(date(2023, 1, 1)), date(2023, 3, 10)

    def keys(booked, born=birth, had=()):
        return {dose.key: day for dose, day in due(born, dict.fromkeys(had), on, booked)}

    assert keys({})["opv_1"] == date(2023, 3, 1)
    assert keys({("OPV", 1): date(2023, 3, 20)})["opv_1"] == date(2023, 3, 20)
    assert "opv_1" not in keys({("OPV", 1): date(2023, 6, 1)})  # it is not time yet
    assert "opv_1" not in keys({("OPV", 1): date(2023, 3, 20)}, had=[("OPV", 1)])
    assert keys({("TETANUS", 2): date(2023, 3, 1)}, born=None) == {"tetanus_2": date(2023, 3, 1)}


def days_due(born, on, **given):
    """Day by key of what is due on `on`; `given` days by key of a dose, `dpt_vgb_hib_1`."""
    had = {dose: given.get(dose.key.replace("-", "_")) for dose in doses()}
    had = {(dose.vaccine, dose.number): day for dose, day in had.items() if day}
    return {dose.key: day for dose, day in due(PartialDate(born), had, on)}


@pytest.mark.parametrize(
    ("born", "key", "day"),
    [
        (date(2025, 1, 15), "measles_1", date(2025, 10, 15)),
        (date(2025, 1, 15), "measles_2", date(2026, 7, 15)),
        (date(2025, 12, 31), "dpt-vgb-hib_1", date(2026, 3, 1)),  # there is no 31 February
        (date(2024, 2, 29), "je_1", date(2025, 3, 1)),
    ],
)
def test_a_dose_is_due_at_whole_months_of_age_and_no_day_before(born, key, day):
    assert days_due(born, day)[key] == day


def test_a_dose_is_not_due_sooner_after_the_one_before_than_the_programme_gives_it():
    born, late = date(2024, 1, 10), date(2024, 9, 20)
    found = days_due(born, late, dpt_vgb_hib_1=late, je_1=late)
    assert found["dpt-vgb-hib_2"] == date(2024, 10, 20)
    assert "dpt-vgb-hib_3" not in found  # a month after the second, whenever that is given
    assert days_due(born, date(2026, 1, 10), je_1=date(2026, 1, 9))["je_2"] == date(2026, 1, 23)
    assert days_due(born, date(2026, 2, 1), je_2=date(2025, 2, 20))["je_3"] == date(2026, 2, 20)


def test_what_is_said_beside_a_dose_may_be_sensitive():
    dose = PARTS["immunisation"].item("bcg_1")
    assert closed(sections.tells(dose, "2024-03-01\t\tTrạm y tế\tSốt nhẹ")) == set()
    assert closed(sections.tells(dose, "2024-03-01\t\tPhòng khám HIV")) == {"HIV"}


def test_every_line_of_doses_has_its_source():
    assert all(dose.source and dose.antigens for dose in doses())
    assert len({dose.key for dose in doses()}) == len(doses())
    assert [sum(d.table == t for d in doses()) for t in ("C1", "C2", "C3")] == [14, 13, 5]


def test_an_item_says_its_answer_in_words():
    birth, risks = PARTS["birth"], PARTS["risk_factors"]
    assert birth.item("weight").said("3200.5") == "3.200,5 g"
    assert risks.item("smoking").said("stopped") == "Đã bỏ"
    assert birth.item("preterm").said("1") == ""
    assert birth.item("defect").said("hở hàm ếch") == "hở hàm ếch"
    assert birth.item("nothing of the kind") is None
