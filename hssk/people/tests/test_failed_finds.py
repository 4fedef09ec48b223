"""Ten wrong tries a day, however many come at one time."""

import threading

import pytest
from django.db import connections
from django.test import Client

from hssk.access.models import Look
from hssk.access.rights import Right, Role
from hssk.people.models import AuditCase
from hssk.people.views.finding import FAILURES_A_DAY
from tests.village import on_duty

AT_ONCE = 16
TYPED = {"number": "012070000123", "name": "Trần Văn Ảo", "birth": "6/5/1970",
         "case_number": "12/TTr", "reason": "đơn của người dân"}  # fmt: skip


@pytest.fixture
def officer(fresh_database):
    return on_duty("so.y.te", role=Role.PROVINCE)


def test_of_many_wrong_tries_at_one_time_ten_are_judged(officer):
    clients = [Client() for _ in range(AT_ONCE)]
    for client in clients:
        client.force_login(officer)
    ready, told = threading.Barrier(AT_ONCE), []

    def asks(client):
        ready.wait()
        told.append(client.post("/people/cases/", TYPED).text)
        connections.close_all()

    threads = [threading.Thread(target=asks, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("cả ba phải đúng" in text for text in told) == FAILURES_A_DAY
    assert sum("quá nhiều lần" in text for text in told) == AT_ONCE - FAILURES_A_DAY
    assert Look.objects.filter(right=Right.CASES, refused=True).count() == AT_ONCE
    assert not AuditCase.objects.exists()
