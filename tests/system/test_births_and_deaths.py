"""The story of a life at a station: born without a name, named, and a death that was wrong."""

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.coverage.services import figures, settle
from hssk.kit.tests.browser import violations
from hssk.people.models import Birth, Person
from hssk.people.tests.moving import NEW, unit
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.village import on_duty, village


@pytest.fixture
def people(fresh_database):
    found = village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 relation=chủ_hộ born=1990 sex=1
        {NEW} | Bản Mới | Giàng Thị Mỷ  | yes | household=12 relation=vợ born=1995-06-05 sex=2
    """)
    on_duty("y.ta", Role.CLINICIAN, unit(NEW), password=PASSWORD, full_name="Lò Thị Y Tá")
    return found


def counted():
    settle()
    counts = figures("03408", timezone.localdate()).counts  # what the ward of then is part of now
    return counts.expected, counts.found


def is_in_order(page):
    assert violations(page) == []
    assert fits(page)


def test_twins_are_born_named_and_one_is_wrongly_said_to_have_died(live_server, people, width):
    mother = people["Giàng Thị Mỷ"].pk
    assert counted() == (2, 2)
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(f"{page.site}/coverage/person/{mother}/")
        page.click("text=Khai sinh bé")
        page.fill("[name=clock]", "04:10")
        page.select_option("[name=sex_1]", "2")
        page.click("text=Sinh đôi, sinh ba")
        page.select_option("[name=sex_2]", "1")
        page.fill("[name=name_2]", "Giàng A Páo")
        is_in_order(page)
        page.click("text=Khai sinh >> nth=-1")
        assert page.inner_text("h1") == "Con bà Giàng Thị Mỷ (bé thứ 1)"
        assert "bé thứ 1 trong 2 bé" in page.inner_text("main")
        is_in_order(page)
        first = Person.objects.get(pk=Birth.objects.get(nth=1).child)
        assert counted() == (4, 4)

        page.goto(f"{page.site}/coverage/person/{mother}/")
        page.click("text=Khai sinh bé")
        page.select_option("[name=sex_1]", "2")
        page.click("main button")
        assert "Có thể bé đã có ở đây" in page.inner_text("main")
        is_in_order(page)
        page.select_option("[name=known_1]", str(first.pk))
        page.click("main button")
        assert page.inner_text("h1") == "Con bà Giàng Thị Mỷ (bé thứ 1)"
        assert counted() == (4, 4)

        page.click("text=Ghi tên, số")
        page.fill("[name=name]", "Giàng Thị Sua")
        is_in_order(page)
        page.click("main button")
        assert page.inner_text("h1") == "Giàng Thị Sua"

        page.click("text=Ghi là đã mất")
        today = timezone.localdate()
        page.fill("[name=on]", f"{today.day}/{today.month}/{today.year}")
        is_in_order(page)
        page.click("main button")
        assert "Hồ sơ được giữ lại" in page.inner_text("main")
        is_in_order(page)
        assert counted() == (3, 3)

        page.click("text=Rút lại: người này còn sống")
        page.fill("[name=why]", "ghi nhầm trẻ cùng tên")
        is_in_order(page)
        page.click("main button")
        page.click("text=Đã sửa những gì")
        assert "ghi nhầm trẻ cùng tên" in page.inner_text("main")
        is_in_order(page)
        assert counted() == (4, 4)
