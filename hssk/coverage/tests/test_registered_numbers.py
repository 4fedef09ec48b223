"""The numbers by facility that the ledger keeps: nothing is left of what was said by mistake."""

from datetime import timedelta

import pytest
from django.db import connection

from hssk.coverage.models import RegisteredDay, RegisteredMonth, RegisteringCount
from hssk.coverage.services import settle
from hssk.people.models import Listing
from tests.village import MARCH, village

pytestmark = pytest.mark.django_db
KEPT = (RegisteringCount, RegisteredDay, RegisteredMonth)
CARD = "GD4141401234567"


def fold():
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_fold()")


def kept_of(facility):
    return sum(model.objects.filter(facility=facility).count() for model in KEPT)


def test_what_a_list_said_of_a_facility_goes_with_it():
    village(f"""
        SP | A | Lò Văn Sơn | no  | place={CARD}
        SP | A | Lò Văn Lả  | no  | place=12001
    """)
    fold()
    assert kept_of(CARD)
    assert kept_of("12001")
    Listing.objects.filter(insurance_place=CARD).update(insurance_place="12001")
    fold()
    Listing.objects.filter(insurance_place="12001").update(since=MARCH + timedelta(days=60))
    fold()  # a month that begins anew carries nothing of it
    assert kept_of(CARD) == 0
    assert kept_of("12001")
