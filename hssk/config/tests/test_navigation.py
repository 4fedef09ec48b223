"""The numbers beside the ways through the product."""

import pytest
from django.db import connection
from django.utils import timezone

from hssk.access.rights import Role
from hssk.config import navigation
from hssk.people.models import AuditCase
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


def number(client, address, of=AT_WORK):
    context = client.get(address).context
    entries = [*context["navigation"], *context["account"]["ways"]]
    return next(entry["count"] for entry in entries if entry["url"] == of)


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


def test_a_page_for_everybody_counts_in_the_scope_of_whoever_asks(client, waiting, monkeypatch):
    """Without one the wall shows nothing: broken glasses, pairs and moves that waited were none,
    and were none on every page for a minute."""
    mai = clerk()
    client.force_login(mai)

    def whoever_asks(_request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_user_asking()")
            return cursor.fetchone()[0]

    monkeypatch.setitem(navigation._COUNTED, "exchange:review", whoever_asks)
    assert number(client, ELSEWHERE) == mai.pk


def test_the_second_officer_sees_that_a_case_waits_and_the_first_does_not(client, waiting):
    first, second = (on_duty(name, role=Role.PROVINCE) for name in ("mot", "hai"))
    AuditCase.objects.create(number="1", reason="?", opened_by=first, opened_at=timezone.now())
    for user, count in ((first, 0), (second, 1)):
        client.force_login(user)
        assert number(client, ELSEWHERE, "/people/cases/") == count
