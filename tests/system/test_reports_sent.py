"""The story of a report: an officer sends it, the chair reads it on a telephone and takes it along."""

import pytest

from hssk.access.rights import Role
from hssk.coverage.models import SentReport
from hssk.coverage.tests.test_reports import COMMUNE, crowd
from hssk.kit.tests.browser import violations
from hssk.people.models import Person
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.village import commune, on_duty

ON = "2024-03-31"


@pytest.fixture
def place(fresh_database):
    crowd(COMMUNE, Bản_Bốn=55, Bản_Ba=50, Bản_Nhỏ=12, Bản_Lớn=60)
    on_duty("can.bo", Role.OFFICER, commune(COMMUNE), password=PASSWORD, full_name="Lò Thị Cán Bộ")
    on_duty("chu.tich", Role.CHAIR, commune(COMMUNE), password=PASSWORD, full_name="Vàng A Tịch")


def right(page):
    """Nothing that axe objects to, nothing wider than the screen, nobody's name."""
    assert violations(page) == []
    assert fits(page)
    body = page.inner_text("body")
    assert not any(name in body for name in Person.objects.values_list("name", flat=True))
    return body


def test_an_officer_sends_a_report_and_the_chair_reads_it(live_server, place, width):
    with signed_in(live_server, "can.bo", width) as page:
        page.goto(page.site + f"/reports/?on={ON}")
        right(page)
        for kind in ("Chất lượng dữ liệu", "Nơi đăng ký khám chữa bệnh ban đầu", "Lý do còn lại"):
            page.click(f"main .makes >> text={kind}")
            assert "Báo cáo như sẽ gửi lúc này" in right(page)
            page.goto(page.site + f"/reports/?on={ON}")
        page.click("main .makes >> text=Tiến độ tạo lập hồ sơ")
        assert "Báo cáo như sẽ gửi lúc này" in right(page)
        page.click("text=Chốt số liệu và gửi")
        assert SentReport.objects.get().digest in right(page)
    with signed_in(live_server, "chu.tich", width) as page:
        page.goto(page.site + f"/coverage/unit/{COMMUNE}/?on={ON}")
        body = right(page)
        assert "Việc nên làm tiếp" in body
        assert "Bản Nhỏ" not in body
        page.goto(page.site + "/reports/")
        page.click("main table >> text=Tiến độ tạo lập hồ sơ")
        body = right(page)
        assert "Chốt số liệu" not in body
        with page.expect_download() as taken:
            page.click("text=PDF để in")
        assert taken.value.suggested_filename == f"bao-cao-xa-sung-phai-{ON}.pdf"
