"""The story of a director who reads the true figure and a nurse who finds her hamlet's missing."""

import pytest

from hssk.kit.tests.browser import violations
from tests.village import MARCH, village

VILLAGE = """
    03403 | Bản Tưởng Tượng | Giàng A Bịa    | yes | household=1 relation=Chủ_hộ born=1958 sex=1
    03403 | Bản Tưởng Tượng | Lò Thị Mơ      | no  | household=1 relation=Vợ born=1961 sex=2
    03403 | Bản Tưởng Tượng | Giàng Thị Tí   | ask | household=1 relation=Con born=2021 sex=2
    03403 | Bản Giả Định    | Vàng Thị Không | no  | household=2 relation=Chủ_hộ born=1990 sex=2
    03387 | Tổ 1            | Trần Văn Ảo    | yes | household=7 relation=Chủ_hộ born=1970 sex=1
"""


@pytest.fixture
def people(fresh_database):
    return village(VILLAGE)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def is_well(page):
    return (violations(page), fits(page)) == ([], True)


def test_the_true_figure_is_seen_before_anything_is_scrolled(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        figure = page.get_by_text("2/5 = 40,0 %", exact=True)
        box = figure.bounding_box()
        assert box["y"] + box["height"] < page.viewport_size["height"]
        assert is_well(page)


def test_two_clicks_lead_to_the_missing_of_a_hamlet_by_name(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        page.get_by_role("link", name="Xã Sùng Phài").click()
        assert is_well(page)
        page.get_by_role("link", name="Bản Tưởng Tượng").click()
        assert page.locator(".lacking").inner_text().startswith("Lò Thị Mơ")
        assert is_well(page)


def test_a_household_and_a_person_are_read_without_numbers_in_the_address(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        page.get_by_role("link", name="Xã Sùng Phài").click()
        page.get_by_role("link", name="Bản Tưởng Tượng").click()
        page.get_by_role("link", name="Hộ số 1 – Giàng A Bịa").click()
        assert is_well(page)
        page.get_by_role("link", name="Lò Thị Mơ").click()
        assert page.inner_text("h1") == "Lò Thị Mơ"
        assert str(people["Lò Thị Mơ"].pk) in page.url
        assert is_well(page)


def test_a_count_leads_to_its_list_and_a_filter_can_be_taken_off(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        page.locator(".figure.missing .value a").click()
        assert page.inner_text("h1") == "Chưa có hồ sơ: 2 người"
        page.locator("details.filters > summary").click()
        page.select_option("#filter_age", "60-")
        page.get_by_role("button", name="Xem kết quả").click()
        assert page.inner_text("h1") == "Chưa có hồ sơ: 1 người"
        assert is_well(page)
        page.get_by_role("link", name="60 tuổi trở lên").click()
        assert page.inner_text("h1") == "Chưa có hồ sơ: 2 người"


def test_the_missing_are_taken_along_as_a_workbook(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải danh sách chưa có hồ sơ").click()
        assert waiting.value.suggested_filename == f"chua-co-ho-so-thanh-pho-lai-chau-{MARCH}.xlsx"


def test_what_changed_between_two_days_is_read_to_the_last_name(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/coverage/unit/12-105/changes/?on={MARCH}&since=2023-12-01")
        assert is_well(page)
        page.locator(".figure .value a").first.click()
        assert page.inner_text("h1") == "Mới là dân cư: 5 người"
        assert page.locator("tbody tr").count() == len(people)
        assert is_well(page)


def test_a_province_and_a_later_day_say_what_they_do_not_know(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/coverage/unit/12/?on=2024-06-01")
        said = page.inner_text("main")
        assert "mới có dữ liệu của 1 trong 8 huyện, thành phố" in said
        assert "số liệu mới nhất là của ngày 1/1/2024" in said
        assert is_well(page)


def test_an_early_day_leads_to_the_first_day(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on=2020-01-01")
        assert is_well(page)
        page.get_by_role("link", name="Xem ngày 1/1/2024").click()
        assert page.inner_text("h1") == "Thành phố Lai Châu"


def test_another_day_s_map_leads_inside_its_units(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}&map=2025-07-01")
        assert is_well(page)
        page.locator(".bars a").first.click()
        assert page.url.endswith("?on=2025-07-01")
        assert is_well(page)


def test_everything_is_reached_by_keyboard(people, visit):
    with visit() as page:
        page.goto(f"{page.site}/?on={MARCH}")
        link = page.get_by_role("link", name="Xã Sùng Phài")
        for _press in range(60):
            page.keyboard.press("Tab")
            if link.evaluate("node => node === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/coverage/unit/03403/**")
