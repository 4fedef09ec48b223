"""The story of a list: a nurse hands it out, the head of the hamlet ticks it on his telephone, and
what stood on paper is typed with one key a row."""

from datetime import date

import pytest

from hssk.access.rights import Role
from hssk.kit.tests.browser import violations
from hssk.outreach.models import Copy
from hssk.outreach.tests.place import CODE, PLACE, many
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.village import commune, hamlet, on_duty, village


@pytest.fixture
def place(fresh_database):
    village(many(40))
    here = hamlet(CODE, PLACE)
    on_duty("y.ta", Role.CLINICIAN, commune(CODE), password=PASSWORD, full_name="Lò Thị Y Tá")
    on_duty("truong.ban", Role.HEAD, where=here, password=PASSWORD, full_name="Giàng A Trưởng")
    return here


def ticks():
    return dict(Copy.objects.get().lines.exclude(tick="").values_list("number", "tick"))


def test_a_nurse_hands_a_list_out_and_the_head_ticks_it(live_server, place, width):
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(page.site + "/lists/")
        page.click("main >> text=Giao danh sách")
        page.select_option("[name=hamlet]",
                           value=str(place.pk))  # fmt: skip
        page.click("text=Tiếp tục")
        page.check("[value=no-record]")
        page.check("[value=head]")
        page.fill("[name=holder]", "Giàng A Trưởng")
        page.select_option("[name=holder_user]", index=1)
        assert violations(page) == []
        assert fits(page)
        page.click("text=Giao bản này")
        assert "20 người" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
        page.focus("#line-1-0")
        for key in "1230":
            page.keyboard.press(key)
        page.click("text=Lưu các dấu")
        assert ticks() == {1: "told", 2: "absent", 3: "refused"}
    with signed_in(live_server, "truong.ban", width) as page:
        page.goto(page.site + "/lists/held/")
        page.click(f"text={PLACE}")
        assert "20 người" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
        page.check("#line-5-1")
        page.click("main >> text=Lưu")
        assert ticks() == {1: "told", 2: "absent", 3: "refused", 5: "told"}
        Copy.objects.update(issued_on=date(2024, 1, 1), until=date(2024, 1, 8))
        page.reload()
        assert "Lò Thị" not in page.inner_text("body")
