"""The story of a turn: the officer of a hospital works a household, hands it to the station where it
lives, and the station sees that it is its turn."""

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.kit.tests.browser import violations
from hssk.outreach.models import Contact, Kind, Step
from hssk.outreach.services.naming import commune_on
from hssk.outreach.tests.place import CODE, PLACE, many
from hssk.people.models import Listing
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.village import commune, hamlet, hospital, on_duty, village


@pytest.fixture
def place(fresh_database):
    people = village(many(40))
    theirs = [people[f"Lò Thị {letter}"].pk for letter in "ACEG"]  # of the first two households
    Listing.objects.filter(person__in=theirs).update(insurance_place=hospital().code)
    on_duty("benh.vien", Role.FIRST_CONTACT, password=PASSWORD, full_name="Lò Văn Viện")
    on_duty("y.ta", Role.CLINICIAN, commune(CODE), password=PASSWORD, full_name="Lò Thị Y Tá")
    return hamlet(CODE, PLACE)


def test_a_hospital_works_a_household_and_hands_it_to_the_station(live_server, place, width):
    with signed_in(live_server, "benh.vien", width) as page:
        assert page.url.endswith("/lists/registered/")  # the one page there is for this post
        assert "4 người theo nơi ở" in page.inner_text("main")
        assert "Chưa hộ nào được chuyển đến đây" in page.inner_text("main")
        assert violations(page) == []
        page.click(f"main >> text={commune_on(place, timezone.localdate())}")
        assert "2 hộ, 4 người" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
        page.focus("main summary:has-text('Lò Thị A')")
        page.keyboard.press("1")
        page.wait_for_url("**done=*")
        assert "Đã ghi: đã lập hồ sơ" in page.inner_text("main")
        assert "2 hộ, 3 người" in page.inner_text("main")
        page.click("summary:has-text('Chuyển lượt') >> nth=0")
        page.fill("[name=due] >> nth=0", "5/12/2099")
        page.fill("[name=why] >> nth=0", "nhà xa bệnh viện")
        assert page.input_value("[name=to] >> nth=0") == f"f{hospital().pk}"
        assert violations(page) == []
        assert fits(page)
        page.click("button:has-text('Chuyển lượt') >> nth=0")
        page.click("main >> text=Đến lượt bên mình")
        assert "1 hộ, 1 người" in page.inner_text("main")
        page.click("summary:has-text('Chuyển lượt') >> nth=0")
        page.fill("[name=due] >> nth=0", "5/12/2099")
        page.fill("[name=why] >> nth=0", "nhà ở gần trạm hơn")
        page.click("button:has-text('Chuyển lượt') >> nth=0")
        assert "Đã chuyển lượt: Trạm y tế" in page.inner_text("body")
        assert violations(page) == []
    assert Contact.objects.get().kind == Kind.RECORD_MADE
    assert Step.objects.filter(ended_at=None).get().side == place.unit
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(f"{page.site}/coverage/hamlet/{place.pk}/")
        page.click("main >> text=Danh sách việc")
        said = page.inner_text("main")
        assert "Chuyển từ Bệnh viện Bịa 12001 ngày" in said
        assert "nhà ở gần trạm hơn" in said
        assert "khám ban đầu ở Bệnh viện Bịa 12001" in said
        assert violations(page) == []
        assert fits(page)
