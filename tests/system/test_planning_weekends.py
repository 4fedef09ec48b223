"""The story of a campaign: an officer opens it, sends a team, has weekends proposed, overrules one by
hand, reads when the goal will be met, and takes the plan along as a paper; the chair reads it on a
telephone; a nurse makes a session without any of it, closes its day and sends the report."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.kit.tests.browser import violations
from hssk.outreach.models import Campaign, Session
from hssk.outreach.tests.place import many
from hssk.people.models import Person
from tests.system.conftest import PASSWORD, until
from tests.system.test_moving import fits, signed_in
from tests.village import commune, on_duty, village

CODE = "03403"
SHOTS = os.environ.get("HSSK_SHOTS")


@pytest.fixture
def staff(fresh_database):
    for name, count in (("Bản Một", 90), ("Bản Hai", 60), ("Bản Ba", 40)):
        village(many(count, name, CODE).replace("Lò Thị", f"Lò {name.split()[1]}"))
    on_duty("can.bo", Role.OFFICER, password=PASSWORD, full_name="Vàng A Cán Bộ")
    on_duty("y.ta", Role.CLINICIAN, commune(CODE), password=PASSWORD, full_name="Lò Thị Y Tá")
    on_duty("chu.tich", Role.CHAIR, password=PASSWORD, full_name="Vàng A Tịch")


def looked_at(page, name, width):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert violations(page) == []
    assert fits(page)


def open_campaign(page):
    page.goto(page.site + "/sessions/")
    page.click("main >> text=Mở chiến dịch")
    page.select_option("[name=unit]", index=1)
    page.fill("[name=name]", "Phủ hồ sơ cuối năm")
    page.fill("[name=percent]", "95")
    last = timezone.localdate() + timedelta(days=120)
    page.fill("[name=last]", last.isoformat())
    return last


def test_an_officer_has_weekends_proposed_and_overrules_one(live_server, workers, staff, width):
    with signed_in(live_server, "can.bo", width) as page:
        open_campaign(page)
        looked_at(page, "campaign-new", width)
        page.click("main button")
        assert "Chưa có đội nào" in page.inner_text("main")
        page.click("a.button >> text=Thêm đội")
        page.fill("[name=name]", "Đội 1")
        page.fill("[name=capacity]", "40")
        looked_at(page, "team", width)
        page.click("main button")
        page.fill("[name=cost]", "Bồi dưỡng một buổi")
        page.fill("[name=amount]", "150.000")
        page.click("text=Ghi khoản chi")
        page.click("button >> text=Đề xuất lịch")
        page.wait_for_selector("text=Nhận các buổi được chọn", timeout=60_000)
        page.click("main summary >> nth=0")
        looked_at(page, "proposal", width)
        assert "dự kiến" in page.inner_text("main")
        page.uncheck("[name=outing] >> nth=-1")
        page.click("text=Nhận các buổi được chọn")
        made = Session.objects.count()
        assert made == 2
        assert "Các buổi đã lập đưa thêm" in page.inner_text("main")
        assert f"{150_000 * made:,}".replace(",", ".") in page.inner_text("#costs")
        looked_at(page, "campaign", width)
        page.click(".frame a >> nth=0")
        looked_at(page, "session", width)
        page.click("text=Dời hoặc sửa")
        first = Session.objects.earliest("on")
        later = first.on + timedelta(days=2)
        page.fill("[name=on]", later.isoformat())
        page.click("main button")
        assert "giữ nguyên" in page.inner_text("main")
        page.goto(page.site + f"/sessions/campaigns/{Campaign.objects.get().pk}/places/")
        page.fill("main input >> nth=1", "đường lên núi")
        looked_at(page, "places", width)
        page.click("text=Lưu các tuyến")
        page.goto(page.site + f"/sessions/campaigns/{Campaign.objects.get().pk}/")
        for words, end in (("Kế hoạch (Word)", ".docx"), ("PDF để in", ".pdf")):
            with page.expect_download() as taken:
                page.click(f"text={words}")
            assert taken.value.suggested_filename.endswith(end)
    with signed_in(live_server, "chu.tich", width) as page:
        page.goto(page.site + "/sessions/overview/")
        looked_at(page, "overview", width)
        page.click("main >> text=Phủ hồ sơ cuối năm")
        looked_at(page, "progress", width)
        assert "Sắp tới: 2 buổi" in page.inner_text("main")
        names = Person.objects.values_list("name", flat=True)
        assert not any(name in page.inner_text("body") for name in names)
    first.refresh_from_db()
    assert (first.on, first.fixed) == (later, True)


def test_a_nurse_makes_a_session_by_hand_closes_its_day_and_sends_the_report(
    live_server, staff, width
):
    today = timezone.localdate()
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(page.site + "/sessions/")
        assert "Chiến dịch" not in page.inner_text("main")
        looked_at(page, "sessions-empty", width)
        page.click("main >> text=Lập buổi bằng tay")
        page.fill("[name=on]", today.isoformat())
        page.fill("[name=place]", "Nhà văn hóa Bản Một")
        page.fill("[name=staff]", "Lò Thị Y Tá")
        page.fill("#find", "ban mot")
        page.check("[name=hamlets]:visible")
        assert "Đã chọn 1 tổ, bản, còn 45 người" in page.inner_text(".picked")
        looked_at(page, "session-new", width)
        page.click("[data-save]")
        page.click("main section >> text=Kết thúc buổi >> nth=-1")
        page.fill("[name^=came-]", "12")
        page.fill("[name=more-0]", "Thuê loa")
        page.fill("[name=much-0]", "80.000")
        page.fill("[name=problems]", "Mất điện một tiếng")
        looked_at(page, "closing", width)
        page.click("text=Kết thúc buổi và xem báo cáo")
        assert "lập hồ sơ cho 12 người" in page.inner_text("main")
        looked_at(page, "day-report", width)
        page.click("text=Chốt số liệu và gửi")
        looked_at(page, "sent-day", width)
        with page.expect_download() as taken:
            page.click("text=Word để ký, gửi")
        assert taken.value.suggested_filename.endswith(".docx")
        page.goto(page.site + "/sessions/")
        looked_at(page, "sessions", width)
    until(lambda: Session.objects.get().stops.get().came == 12, 5)
