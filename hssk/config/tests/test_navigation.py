"""The numbers beside the ways through the product."""

import pytest

from hssk.access.rights import Role
from hssk.config import navigation
from hssk.places.models import Unit
from tests.village import MARCH, on_duty

pytestmark = pytest.mark.django_db
ELSEWHERE, AT_WORK = "/help/", "/exchange/review/"


@pytest.fixture
def waiting(monkeypatch, settings):
    """How many pairs wait, as the test says; the numbers of pages may be a minute old."""
    settings.COUNTS_STAND_FOR = 60
    there = {"pairs": 7}
    monkeypatch.setattr(navigation, "_counts", {})
    monkeypatch.setitem(navigation._COUNTED, "exchange:review", lambda request: there["pairs"])
    return there


def clerk(name="mai", code="03403"):
    return on_duty(name, role=Role.CLERK, unit=Unit.objects.on(MARCH).get(code=code))


def number(client, address):
    entries = client.get(address).context["navigation"]
    return next(entry["count"] for entry in entries if entry["url"] == AT_WORK)


def test_a_number_is_asked_once_a_minute_and_always_where_the_work_is_done(client, waiting):
    client.force_login(clerk())
    assert number(client, ELSEWHERE) == 7
    waiting["pairs"] = 6
    assert number(client, ELSEWHERE) == 7
    assert number(client, AT_WORK) == 6
    assert number(client, ELSEWHERE) == 6


def test_nobody_is_shown_the_number_of_somebody_else_or_of_posts_that_ended(client, waiting):
    mai = clerk()
    client.force_login(mai)
    assert number(client, ELSEWHERE) == 7
    waiting["pairs"] = 3
    mai.posts.update(until=MARCH)
    mai.posts.create(
        role=Role.CLERK, unit=Unit.objects.on(MARCH).get(code="03387"), since=MARCH, granted_by=mai
    )
    assert number(client, ELSEWHERE) == 3
    waiting["pairs"] = 1
    client.force_login(clerk("lan"))
    assert number(client, ELSEWHERE) == 1
