"""The story of a clerk who delivers a list with rows of another commune, and of who takes them."""

import os

import pytest

from hssk.access.rights import Role
from hssk.exchange.models import Batch
from hssk.exchange.tests.pipeline import APRIL, COMMUNE, MARCH, take_in, write_roster
from hssk.exchange.tests.test_elsewhere import ELSEWHERE, MY, code_of, moved
from hssk.exchange.tests.test_handed_on import OTHERS, OWN
from hssk.kit.tests.browser import violations
from hssk.places.services import unit_on
from tests.system.conftest import PASSWORD
from tests.village import on_duty


@pytest.fixture
def nurse(fresh_database):
    """Who has the commune that the rows name."""
    there = unit_on(code_of(ELSEWHERE), MARCH)
    return on_duty("lan.nhan", role=Role.CLERK, unit=there, password=PASSWORD)


@pytest.fixture
def file(nurse, workers, tmp_path):
    """The list of somebody else's commune."""
    clerk = on_duty(
        "mai.gui", role=Role.CLERK, unit=unit_on(code_of(COMMUNE), MARCH), password=PASSWORD
    )
    take_in(write_roster(tmp_path / "city.xlsx", [moved()]), Batch.ROSTER)
    path = write_roster(tmp_path / "danh_sach_xa.xlsx", [*OWN, MY, *OTHERS])
    return take_in(path, Batch.ROSTER, APRIL, code_of(COMMUNE), by=clerk)[0]


def looked_at(page, name):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("HSSK_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_handed_rows_are_taken_in_by_who_has_the_commune(file, visit, width):
    with visit() as page:
        page.goto(page.site + "/exchange/batches/")
        page.click("text=2 dòng được chuyển đến")
        looked_at(page, f"inbox-{width}")
        page.click("main tbody a")
        assert "Vàng Thị Bốn" in page.inner_text("main")
        page.click("main summary")
        looked_at(page, f"rows-{width}")
        page.click("main summary")
        page.click("text=Nhận 2 dòng")
        page.wait_for_selector("text=Đã ghi vào sổ")
        looked_at(page, f"taken-{width}")
        assert "Đang ở trung tâm y tế" in page.inner_text("main")
        page.goto(page.site + "/exchange/handed/")
        assert "Không có dòng nào đang chờ" in page.inner_text("main")


@pytest.mark.parametrize("who", ["mai.gui"])
def test_the_sender_sees_what_is_with_the_health_centre(file, visit, nurse, width, who):
    nurse.username = who  # signs in
    with visit() as page:
        page.goto(f"{page.site}/exchange/batches/{file.id}/")
        assert "4" in page.inner_text("main .figure:has-text('Đang ở trung tâm y tế')")
        looked_at(page, f"sent-{width}")
        page.click(".figure:has-text('Đang ở trung tâm y tế') a")
        assert page.locator("tbody tr").count() == 4
        looked_at(page, f"centre-{width}")
        page.goto(f"{page.site}/exchange/batches/{file.id}/rows/?only=handed")
        assert page.locator("tbody tr").count() == 2
        looked_at(page, f"handed-{width}")
