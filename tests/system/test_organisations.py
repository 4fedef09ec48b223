"""The story of a school's list: a clerk sends it and writes it, the nurse works from it, and the
school's contact sees how many and nobody."""

import pytest
import xlsxwriter

from hssk.access.rights import Role
from hssk.kit.home import Home
from hssk.kit.tests.browser import violations
from hssk.outreach.tests.place import CODE, PLACE, many
from hssk.people.models import Listing
from hssk.places.services import make_organisation
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.village import JANUARY, commune, hamlet, on_duty, village

STAFF = 36


@pytest.fixture
def school(fresh_database, settings, tmp_path):
    settings.HOME = Home(tmp_path / "home").open()
    people = village(many(40))
    hamlet(CODE, PLACE)
    for number, who in enumerate(people.values()):
        Listing.objects.filter(person=who.pk).update(pid=f"0121{50 + number:02}{number:06}")
    with xlsxwriter.Workbook(tmp_path / "nhan_vien.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("STT", "Họ và tên", "Số CCCD"))
        for number, name in enumerate(list(people)[:STAFF]):
            pid = f"0121{50 + number:02}{number:06}"
            sheet.write_row(number + 1, 0, (number + 1, name, pid))
    one = make_organisation(name="Trường Bịa", kind="school", unit=commune(CODE), since=JANUARY)
    on_duty("van.thu", Role.CLERK, commune(CODE), password=PASSWORD, full_name="Lò Văn Thư")
    on_duty("y.ta", Role.CLINICIAN, commune(CODE), password=PASSWORD, full_name="Lò Thị Y Tá")
    on_duty("dau.moi", Role.ORGANISATION_CONTACT, of=one, password=PASSWORD)
    return one


def test_a_list_comes_in_and_its_contact_sees_no_name(live_server, school, width, tmp_path):
    with signed_in(live_server, "van.thu", width) as page:
        page.goto(f"{page.site}/organisations/")
        assert violations(page) == []
        page.click("main >> text=Trường Bịa")
        assert "Chưa có danh sách thành viên" in page.inner_text("main")
        page.click("main a:has-text('Gửi danh sách')")
        assert violations(page) == []
        page.set_input_files("[name=upload]", tmp_path / "nhan_vien.xlsx")
        page.fill("[name=on]", "31/3/2024")
        page.click("main button:has-text('Xem từng dòng')")
        assert f"{STAFF} người được ghi là thành viên" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
        page.click("main button:has-text('Ghi thành viên')")
        assert "không thêm, không bớt ai" in page.inner_text("main")
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(f"{page.site}/organisations/{school.pk}/work/")
        assert "9 hộ, 18 người" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
    with signed_in(live_server, "dau.moi", width) as page:
        assert page.url.endswith(
            f"/organisations/{school.pk}/"
        )  # the one page there is for this post
        said = page.inner_text("main")
        assert "Việc của đầu mối" in said
        assert "Lò Thị" not in said
        assert violations(page) == []
        assert fits(page)
