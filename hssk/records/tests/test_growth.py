"""How a child grows: weight and height over age, each number said, and nothing of it for the grown."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from hssk.kit.dates import PartialDate
from hssk.kit.drawings import growth
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.services import Event, open_care
from hssk.records.rules.fhir import SELF
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
        page.screenshot(path=f"/tmp/rest_growth_{width}.png", full_page=True)
        assert page.locator("svg.growth").is_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("years", "drawn"), [(5, True), (17, True), (19, False)])
def test_only_who_is_under_eighteen_is_drawn_over_age(db, years, drawn):
    who = weighed(born_before(years), {100: 6, 1000: 13})
    assert ('class="line growth"' in at_work().get(f"/record/{who.pk}/").text) is drawn


def test_the_axis_is_of_months_and_of_years_beyond_three():
    small, big = (
        growth([(1, 4.1, "4,1"), (20, 11, "11")]),
        growth([(1, 4.1, "4,1"), (70, 20, "20")]),
    )
    assert [f">{tick}</text>" in small for tick in (6, 18, 24)] == [True] * 3
    assert [f">{tick}</text>" in big for tick in (1, 5, 6)] == [True] * 3
    assert ">24</text>" not in big


def test_numbers_do_not_stand_over_each_other_and_points_are_all_there():
    points = [(month, 3 + month / 10, f"{month}") for month in range(36)]
    drawn = growth(points)
    assert drawn.count("<circle") == 36
    assert 3 < drawn.count('" y="') - 7 < 12  # numbers, without the ticks of the axis
    assert growth([]) == ""
