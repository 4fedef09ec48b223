"""The record as it was on a day: what had happened by then, what was taken and what was due."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.records.rules.typed import TypedVisit
from hssk.records.services import file_visit
from tests.village import commune, on_duty, village

HOME = "03403"
FIRST, SECOND = date(2024, 3, 1), date(2024, 6, 1)


@pytest.fixture
def my(db):
    return village(f"{HOME} | Bản Tả | Giàng A Páo | no | born=2024-01-15 sex=1")["Giàng A Páo"]


@pytest.fixture
def nurse(my):
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    for on, disease, drug, weight in (
        (FIRST, ("J00", "Cảm lạnh"), "Thuốc ho", 5.0),
        (SECOND, ("R50.9", "Sốt"), "Hạ sốt", 8.0),
        (timezone.localdate(), ("R05", "Ho"), "Thuốc hôm nay", 12.0),
    ):
        visit = TypedVisit(on, figures={"weight": weight}, diseases=(disease,), medicines=(drug,))
        file_visit(
            my.pk, visit, key=uuid4(), unit=commune(HOME), author=user, at=timezone.now()
        )  # fmt: skip
    client = Client()
    client.force_login(user)
    return client


def record(nurse, my, on):
    return nurse.get(f"/record/{my.pk}/", {"on": on})


def test_what_came_after_the_day_is_not_there(nurse, my):
    answer = record(nurse, my, f"{SECOND - timedelta(1)}")
    page = answer.content.decode()
    assert "như ở ngày 31/5/2024" in page
    assert "Cảm lạnh" in page
    assert "Sốt" not in page
    (weight,) = answer.context["summary"].trends
    assert [point.value for point in weight.points] == [5]


def test_medicines_are_those_of_the_day_and_so_are_the_doses_due(nurse, my):
    page = record(nurse, my, f"{FIRST}")
    assert [one.display for one in page.context["summary"].medicines] == ["Thuốc ho"]
    assert ("DPT-VGB-Hib 1", date(2024, 3, 15)) in page.context["due"]
    later = record(nurse, my, f"{SECOND}")
    assert [one.display for one in later.context["summary"].medicines] == ["Hạ sốt"]


@pytest.mark.parametrize("asked", ["", "hôm qua", "2999-01-01", "2024-13-45"])
def test_no_day_and_a_day_to_come_are_read_as_today(nurse, my, asked):
    page = record(nurse, my, asked)
    assert page.context["as_of"] is None
    assert "Thuốc hôm nay" in page.content.decode()
