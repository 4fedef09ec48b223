"""The page that finds people: what it shows, what it writes down, and that addresses carry nothing."""

import pytest
from django.test import Client

from hssk.access.models import Look
from hssk.access.rights import Role
from tests.village import commune, on_duty, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    village("""
        03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 household=12
        03387 | Tổ 1   | Giàng Thị Xa | no | born=1970-05-06
    """)
    client = Client()
    client.force_login(on_duty("van.thu", role=Role.CLERK, unit=commune("03403")))
    return client


def test_a_person_is_found_with_what_tells_namesakes_apart(clerk):
    page = clerk.post("/find/", {"asked": "my giang"}).content.decode()
    assert "Giàng Thị Mỷ" in page
    assert "6/5/1970" in page
    assert "Bản Tả" in page
    assert Look.objects.get(act="list").purpose == "coverage:find"


def test_nobody_of_elsewhere_is_found(clerk):
    page = clerk.post("/find/", {"asked": "giang thi xa"}).content.decode()
    assert "Không tìm thấy ai" in page
    assert "Giàng Thị Xa" not in page


def test_what_is_asked_never_stands_in_an_address(clerk):
    page = clerk.get("/find/", {"asked": "giang"}).content.decode()
    assert "Giàng Thị Mỷ" not in page
    assert 'method="post"' in page


def test_who_is_of_somebody_s_household_is_found_by_the_head(clerk):
    village("""
        03403 | Bản Tả | Vàng A Páo  | no | born=1960-05-06 household=20 relation=Chủ_hộ
        03403 | Bản Tả | Lò Thị Xuân | no | born=1962-05-06 household=20 relation=Vợ
        03403 | Bản Tả | Lò Thị Hoa  | no | born=1962-05-06 household=21 relation=Chủ_hộ
    """)
    page = clerk.post("/find/", {"asked": "vang pao"}).content.decode()
    assert "Trong hộ của Vàng A Páo" in page
    assert "Lò Thị Xuân" in page
    assert "Lò Thị Hoa" not in page
    assert len(Look.objects.get(act="list").people) == 2
    assert "Trong hộ" not in clerk.post("/find/", {"asked": "lo xuan"}).content.decode()
