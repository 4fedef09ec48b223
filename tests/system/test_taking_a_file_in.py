"""The story of a nurse who takes two files in, sends errors back, and takes a file back."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook

from hssk.kit.tests.browser import violations
from tests.system.conftest import until

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Tổ, bản",
    "Số hộ",
    "Quan hệ với chủ hộ",
]
ROSTER = [
    [1, "Giàng A Bịa", "02/03/1980", "Nam", "012080000001", "Bản Tưởng Tượng", "1", "Chủ hộ"],
    [2, "Lò Thị Mơ", "15/08/1984", "Nữ", "012184000002", "Bản Tưởng Tượng", "1", "Vợ"],
    [3, None, "01/01/2015", "Nam", None, "Bản Tưởng Tượng", "1", "Con"],
    [4, "Vàng Thị Không", "11/11/1990", "Nữ", "012190000003", "Bản Giả Định", "2", "Chủ hộ"],
]


def roster(tmp_path, rows=ROSTER, header=HEADER, name="danh_sach.xlsx"):
    book = Workbook()
    sheet = book.active
    sheet.title = "Tân Phong"
    sheet.append(["DANH SÁCH NHÂN KHẨU PHƯỜNG TÂN PHONG"])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def send(page, *paths, on="13/3/2024", unit="Tân Phong, Thành phố Lai Châu"):
    page.goto(page.site + "/exchange/import/")
    page.set_input_files("input[type=file]", [str(path) for path in paths])
    page.fill("[name=on]", on)
    page.fill("[name=unit]", unit)
    page.click("main form button")


def shown(page, text):
    return text in page.inner_text("main")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_file_is_taken_in_and_its_errors_come_back(visit, tmp_path):
    with visit() as page:
        send(page, roster(tmp_path))
        page.get_by_text("Dòng trong tệp").wait_for(timeout=60_000)
        assert shown(page, "Đã ghi vào sổ")
        assert shown(page, "1 dòng chưa nhận được")
        assert shown(page, "Dòng 5")
        assert violations(page) == []
        assert fits(page)
        with page.expect_download() as given:
            page.click("text=Tải các dòng lỗi")
        sheet = openpyxl.load_workbook(BytesIO(given.value.path().read_bytes())).active
        assert sheet.title == "Tân Phong"
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert rows[1][:8] == HEADER
        assert rows[2][0] == 3
        assert rows[2][8]


def test_the_form_says_what_is_missing_and_offers_units_that_fit(visit, tmp_path):
    with visit() as page:
        page.goto(page.site + "/exchange/import/")
        assert violations(page) == []
        assert fits(page)
        send(page, roster(tmp_path), on="31/2/2024", unit="Tân Phong")
        assert shown(page, "“31/2/2024” không phải là ngày")
        send(page, roster(tmp_path), unit="Tân Phong")
        assert shown(page, "Có nhiều đơn vị như vậy")
        assert shown(page, "Phường Tân Phong, Thành phố Lai Châu")
        assert violations(page) == []


def test_a_file_that_cannot_be_read_says_what_to_do(visit, tmp_path):
    path = tmp_path / "danh_sach.xls"
    path.write_text("<html><table><tr><td>không phải Excel</td></tr></table></html>")
    with visit() as page:
        send(page, path)
        page.get_by_text("Tệp này không đọc được").wait_for(timeout=60_000)
        assert shown(page, "Cần làm:")
        assert violations(page) == []


def test_undoing_says_what_will_change_before_it_happens(visit, tmp_path):
    from hssk.people.models import Person

    with visit() as page:
        send(page, roster(tmp_path))
        page.get_by_text("Hoàn tác tệp này").click(timeout=60_000)
        page.get_by_role("button", name="Hoàn tác tệp này").wait_for(timeout=60_000)
        assert shown(page, "chưa có gì được làm")
        assert shown(page, "Phường Tân Phong")
        assert violations(page) == []
        assert fits(page)
        assert Person.objects.count() == 3
        page.get_by_role("button", name="Hoàn tác tệp này").click()
        page.get_by_text("Tệp này đã được hoàn tác").wait_for(timeout=60_000)
        assert Person.objects.count() == 0


def test_headers_nobody_knows_are_shown_corrected_and_remembered(visit, tmp_path):
    from hssk.exchange.models import Batch

    strange = ["A1", "Người", "Lúc ra đời", "G", "Mã số gì đó", "Ở đâu", "H", "Là ai"]
    with visit() as page:
        send(page, roster(tmp_path, header=strange))
        page.get_by_text("Chưa ghi gì vào sổ").wait_for(timeout=60_000)
        page.get_by_role("link", name="Xem cách đọc các cột").click()
        assert shown(page, "Giàng A Bịa")
        assert violations(page) == []
        assert fits(page)
        page.get_by_label("Cột F").select_option("hamlet")
        page.get_by_role("button", name="Đọc theo cách này").click()
        page.locator(".state", has_text="Đã ghi vào sổ").wait_for(timeout=60_000)
        assert Batch.objects.get().rows.earliest("id").facts["hamlet"] == "Bản Tưởng Tượng"
        later = roster(tmp_path, ROSTER[:2], strange, name="sau.xlsx")
        send(page, later, on="20/3/2024")
        page.locator(".state", has_text="Đã ghi vào sổ").wait_for(timeout=60_000)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_a_worker_that_was_killed_has_a_successor(visit, tmp_path, workers):
    import os
    import signal

    from hssk.exchange.models import Batch

    spawned = []
    spawn = workers._spawn

    def noted(*given):
        spawned.append(spawn(*given))
        return spawned[-1]

    workers._spawn = noted
    try:
        with visit() as page:
            send(page, roster(tmp_path))
            until(lambda: spawned)
            os.kill(spawned[0].pid, signal.SIGKILL)
            page.locator(".state", has_text="Đã ghi vào sổ").wait_for(timeout=60_000)
        assert len(spawned) > 1
        assert Batch.objects.get().rows.count() == len(ROSTER)
    finally:
        workers._spawn = spawn
