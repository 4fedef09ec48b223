"""The invented city and real people never mix."""

from datetime import date

import pytest
import xlsxwriter

from hssk.access.models import User
from hssk.exchange.errors import Refused
from hssk.exchange.invented import invent, write_files
from hssk.exchange.models import Batch
from hssk.exchange.services.importing import open_batch
from hssk.places.services import unit_on

MARCH = date(2024, 3, 1)
pytestmark = pytest.mark.django_db


def opened(path):
    return open_batch(
        path, kind="roster", unit=unit_on("12-105", MARCH), on=MARCH, partial=False,
        actor=User.objects.get_or_create(username="mai")[0], area=None,
    )  # fmt: skip


@pytest.fixture
def list_of_somebody(tmp_path):
    path = tmp_path / "danh_sach.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "Họ và tên")
    return path


def test_a_real_list_is_refused_in_the_invented_home(settings, list_of_somebody):
    settings.HSSK_INVENTED = True
    with pytest.raises(Refused, match="thành phố bịa"):
        opened(list_of_somebody)
    assert not Batch.objects.exists()


def test_an_invented_list_is_taken_in_the_invented_home(settings, tmp_path):
    settings.HSSK_INVENTED = True
    assert opened(write_files(invent(people=60), tmp_path).roster).pk


def test_a_real_list_is_taken_in_a_real_home(settings, list_of_somebody):
    settings.HSSK_INVENTED = False
    assert opened(list_of_somebody).pk
