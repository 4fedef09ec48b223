"""How a child grows: weight and height over age, each number said, and nothing of it for the grown."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from hssk.kit.dates import PartialDate, months_later
from hssk.kit.drawings import growth
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.services import Event, open_care
from hssk.records.rules import growing, tables
from hssk.records.rules.fhir import SELF
from hssk.records.rules.growing import expected, usual
from hssk.records.services import Draft, write
from hssk.records.tests.test_filling import at_work
from tests.village import commune, on_duty, village


def weighed(born, weights):
    """A child with these weights: days after birth → kg."""
    table = f"03403 | Bản Tả | Giàng A Bé | no | born={born:%Y-%m-%d} sex=1"
    who = village(table)["Giàng A Bé"]
    open_care(who.pk, commune("03403"), Event.VISIT, at=timezone.now(),
              actor=on_duty("trực", unit=commune("03403")))  # fmt: skip
    drafts = [
        Draft(entry=uuid.uuid4(), person=who.pk, section="examinations", display="Cân nặng",
              on=PartialDate(on := born + timedelta(days)), resource={
                  "resourceType": "Observation", "status": "final", "subject": {"reference": SELF},
                  "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
                  "effectiveDateTime": on.isoformat(),
                  "valueQuantity": {"value": kg, "unit": "kg"}})
        for days, kg in weights.items()
    ]  # fmt: skip
    with transaction.atomic():
        write(drafts, source=1)
    return who


def born_before(years):
    return timezone.localdate() - timedelta(round(years * 365.25))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_child_is_drawn_over_age_with_its_numbers(fresh_database, width):
    who = weighed(born_before(2), {3: 3.2, 183: 7.5, 366: 9.4, 700: 12})
    answer = at_work().get(f"/record/{who.pk}/")
    for said in ("0 tháng tuổi: 3,2 kg", "6 tháng tuổi: 7,5 kg", "12 tháng tuổi: 9,4 kg"):
        assert f"<li>{said}</li>" in answer.text
    with browser_page(width) as page:
        show(page, answer.text)
        assert page.locator("svg.growth").is_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_months_of_age_are_those_of_the_calendar_and_figures_as_they_were_measured(db):
    born = (timezone.localdate() - timedelta(400)).replace(day=15)
    birthday = months_later(born, 9)
    who = weighed(born, {(birthday - born).days - 1: 8.25, (birthday - born).days: 8.5})
    answer = at_work().get(f"/record/{who.pk}/")
    for said in ("8 tháng tuổi: 8,25 kg", "9 tháng tuổi: 8,5 kg"):
        assert f"<li>{said}</li>" in answer.text


@pytest.mark.parametrize(("years", "drawn"), [(5, True), (17, True), (19, False)])
def test_only_who_is_under_eighteen_is_drawn_over_age(db, years, drawn):
    who = weighed(born_before(years), {100: 6, 1000: 13})
    assert ('class="line growth"' in at_work().get(f"/record/{who.pk}/").text) is drawn


def test_the_axis_is_of_months_and_of_years_beyond_three():
    small, big = (
        growth([(1, 4.1, "4,1", False), (20, 11, "11", False)]),
        growth([(1, 4.1, "4,1", False), (70, 20, "20", False)]),
    )
    assert [f">{tick}</text>" in small for tick in (6, 18, 24)] == [True] * 3
    assert [f">{tick}</text>" in big for tick in (1, 5, 6)] == [True] * 3
    assert ">24</text>" not in big


def test_numbers_do_not_stand_over_each_other_and_points_are_all_there():
    points = [(month, 3 + month / 10, f"{month}", False) for month in range(36)]
    drawn = growth(points)
    assert drawn.count("<circle") == 36
    assert 3 < drawn.count('" y="') - 7 < 12  # numbers, without the ticks of the axis
    assert growth([]) == ""


@pytest.mark.parametrize(("measure", "sex", "month", "low", "middle", "high"), [
    ("weight", 1, 12, 7.7, 9.6, 12.0), ("weight", 2, 24, 9.0, 11.5, 14.8),
    ("height", 1, 36, 88.7, 96.1, 103.5), ("height", 2, 60, 99.9, 109.4, 118.9),
    ("weight", 1, 120, 23.2, 31.2, 45.0), ("height", 2, 216, 149.8, 163.1, 176.3),
])  # fmt: skip
def test_the_band_is_what_the_who_prints(measure, sex, month, low, middle, high):
    """Source: WHO charts of 2006 and 2007, z-scores, as printed."""
    at = expected(measure, sex, month)
    assert [round(at.value(z), 1) for z in (-2, 0, 2)] == [low, middle, high]
    assert at.z(at.value(1.3)) == pytest.approx(1.3)


def test_of_no_sex_before_birth_or_of_the_grown_nothing_is_expected():
    for measure, sex, age in (("weight", 0, 12), ("weight", 1, -1), ("weight", 1, 121)):
        assert expected(measure, sex, age) is None
    assert list(usual("height", 3, 24)) == []


def test_without_the_file_of_the_who_there_is_no_band_and_nothing_else_is_missing(
    monkeypatch, tmp_path
):
    growing._table.cache_clear()
    monkeypatch.setattr(tables, "CODES", tmp_path)
    try:
        assert expected("weight", 1, 12) is None
        assert list(usual("weight", 1, 24)) == []
    finally:
        growing._table.cache_clear()


def test_a_child_far_below_the_band_is_a_square_and_said_to_be(db):
    who = weighed(born_before(2), {3: 3.2, 366: 6.1})
    text = at_work().get(f"/record/{who.pk}/").text
    assert "12 tháng tuổi: 6,1 kg (thấp hơn −2 độ lệch chuẩn)" in text
    assert "<li>0 tháng tuổi: 3,2 kg</li>" in text
    assert text.count('class="odd"') >= 2
    assert 'class="usual"' in text
