"""The first screen of a record: what to beware of, what is wrong, what is taken, what happened."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest

from hssk.records.rules.summary import GIVEN_FOR, summarise
from hssk.records.sections import FORM
from hssk.records.views import showing

TODAY = date(2024, 3, 31)
numbers = count(1)


@dataclass
class One:
    section: str
    display: str = ""
    on: date | None = TODAY
    code: str = ""
    system: str = ""
    kind: str = "Condition"
    visit: UUID | None = None
    until: date | None = None
    resource: dict = field(default_factory=dict)
    precision: str = "D"
    entry: UUID = field(default_factory=uuid4)
    id: int = field(default_factory=lambda: next(numbers))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def observed(code: str, value: float, on: date) -> One:
    resource = {
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "valueQuantity": {"value": value},
    }
    return One("examinations", on=on, kind="Observation", resource=resource)


@pytest.mark.parametrize(
    ("days", "until", "current"),
    [
        (0, None, True), (44, None, True), (GIVEN_FOR.days, None, False), (-1, None, False),
        (100, date(2024, 4, 1), True), (10, date(2024, 3, 31), False),
    ],
)  # fmt: skip
def test_a_medicine_is_current_until_its_end_or_for_a_month_and_a_half(days, until, current):
    found = summarise([One("medicines", "Amlodipin 5mg", ago(days), until=until)], TODAY)
    assert bool(found.medicines) is current


@pytest.mark.parametrize(
    ("said", "days", "current"),
    [
        ("1 viên/lần * 2 lần/ngày * 5 ngày [2 viên/ngày]", 4, True),
        ("1 viên/lần * 2 lần/ngày * 5 ngày [2 viên/ngày]", 5, False),
        ("1 viên/lần * 1 lần/ngày * 30 ngày [1 viên/ngày]", 44, True),
        ("1 viên/lần * 1 lần/ngày * 30 ngày [1 viên/ngày]", 45, False),
        ("1 viên/lần * 1 lần/ngày * 90 ngày [1 viên/ngày]", 100, True),
        ("2 ngày uống 1 viên", 40, True),
    ],
)
def test_a_medicine_is_taken_for_as_long_as_it_was_given(said, days, current):
    one = One("medicines", "Warfarin 2mg", ago(days), resource={"dosage": [{"text": said}]})
    found = summarise([one], TODAY)
    assert bool(found.medicines) is current
    assert bool(found.beware) is current


def test_a_medicine_is_listed_once_with_its_latest_dose():
    twice = [One("medicines", "Amlodipin", ago(30)), One("medicines", "AMLODIPIN", ago(2))]
    assert [one.on for one in summarise(twice, TODAY).medicines] == [ago(2)]


@pytest.mark.parametrize(
    ("name", "word"),
    [("Acenocoumarol 4mg", "anticoagulant"), ("Insulin trộn 30/70", "insulin"), ("Paracetamol", None),
     ("XARELTO 20mg", "anticoagulant"), ("Lantus Solostar 100IU/ml", "insulin")],
)  # fmt: skip
def test_what_everybody_who_treats_must_know_is_on_the_banner(name, word):
    found = summarise([One("medicines", name, ago(1))], TODAY).beware
    assert found == ([(word, name)] if word else [])


def test_a_pregnancy_is_told_until_it_has_ended():
    expecting = One("own_illnesses", "Theo dõi thai", ago(60), "Z34.9")
    born = One("own_illnesses", "Đẻ thường", ago(5), "O80.0")
    assert summarise([expecting], TODAY).beware == [("pregnant", "Theo dõi thai")]
    assert summarise([expecting, born], TODAY).beware == []
    assert summarise([One("own_illnesses", "Thai", ago(281), "Z34.9")], TODAY).beware == []
    for code in ("Z32.1", "Z33", "Z36.9"):  # confirmed, met by chance, screened
        assert summarise([One("conclusion", "Thai", ago(2), code)], TODAY).beware != []
    assert summarise([One("conclusion", "Chưa rõ có thai", ago(2), "Z32.0")], TODAY).beware == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [("Đang có thai", True), ("hiện đang mang thai 12 tuần", True), ("2019", False),
     ("chưa đang có thai", False), ("có thai năm 2020", False)],
)  # fmt: skip
def test_a_pregnancy_that_the_form_tells_is_on_the_banner(answer, told):
    said = One(
        "reproductive", "Kỳ có thai cuối cùng", ago(20), "reproductive.last_pregnancy", FORM,
        kind="Observation", resource={"valueString": answer},
    )  # fmt: skip
    assert summarise([said], TODAY).beware == ([("pregnant", answer)] if told else [])
    born = One("conclusion", "Đẻ thường", ago(5), "O80.0")
    assert summarise([said, born], TODAY).beware == []


@pytest.mark.parametrize(
    "codes", [("O82", "O34.2", "O99.0"), ("O34.2", "O82"), ("O72.1",), ("O91.2",)]
)
def test_a_birth_ends_the_pregnancy_whatever_stands_beside_it_that_day(codes):
    before = One("conclusion", "Theo dõi thai", ago(40), "Z34.9")
    listed = [before, *(One("conclusion", code, ago(2), code) for code in codes)]
    assert summarise(listed, TODAY).beware == []
    again = One("own_illnesses", "Có thai", ago(1), "Z34.9")  # another list, and told later
    assert summarise([again, *listed], TODAY).beware == [("pregnant", "Có thai")]


def test_the_days_of_a_line_run_forward_whichever_way_its_entries_come():
    letters = [One("documents", "Lời dặn", ago(days), kind="Composition") for days in (1, 30, 60)]
    (line,) = showing.lines(letters)
    assert (line["on"].value, line["until"].value, line["count"]) == (ago(60), ago(1), 3)


def test_of_visits_of_one_day_the_last_stands_first():
    visits = [One("visits", said, TODAY, kind="Encounter", visit=uuid4()) for said in "ABC"]
    ((_year, found),) = summarise(visits, TODAY).years
    assert [visit.head.display for visit in found] == ["C", "B", "A"]


def test_an_illness_is_a_problem_once_with_its_first_and_last_day():
    named = [One("own_illnesses", "Tăng huyết áp", ago(days), "I10") for days in (400, 200, 3)]
    (problem,) = summarise(named, TODAY).problems
    assert (problem.first, problem.last, problem.times) == (ago(400), ago(3), 3)


def test_figures_are_drawn_over_time_and_unusual_ones_marked():
    found = summarise(
        [
            observed("8480-6", 165, ago(1)),
            observed("8480-6", 120, ago(90)),
            observed("x", 1, TODAY),
        ],
        TODAY,
    )
    (trend,) = found.trends
    assert [(p.value, p.unusual) for p in trend.points] == [(120, False), (165, True)]
    assert trend.last.value == 165


def test_a_pair_of_pressures_makes_two_lines():
    part = {"code": {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]},
            "valueQuantity": {"value": 80}}  # fmt: skip
    one = observed("8480-6", 120, TODAY)
    one.resource["component"] = [part]
    assert [trend.measure.key for trend in summarise([one], TODAY).trends] == [
        "systolic",
        "diastolic",
    ]


def test_what_happened_stands_by_year_the_latest_first_and_each_visit_together():
    visit = uuid4()
    entries = [
        One("visits", kind="Encounter", on=ago(3), visit=visit),
        One("own_illnesses", "Viêm họng", ago(3), "J02.9", visit=visit),
        One("immunisation", "BCG", date(1990, 5, 1), kind="Immunization"),
        One("results", "Không rõ ngày", None),
        One("risk_factors", "Hút thuốc", ago(9)),
    ]
    years = summarise(entries, TODAY).years
    assert [year for year, _visits in years] == [2024, 1990, None]
    (first,) = years[0][1]
    assert (first.head.kind, [one.display for one in first.illnesses]) == (
        "Encounter",
        ["Viêm họng"],
    )


def test_an_empty_record_says_nothing():
    found = summarise([], TODAY)
    assert not any((found.problems, found.medicines, found.years, found.trends, found.beware))
