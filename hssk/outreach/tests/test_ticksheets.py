"""A copy goes out as a workbook and its ticks come back, shown before they are written."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hssk.access.models import Look
from hssk.exchange.errors import Refused
from hssk.exchange.services import members
from hssk.exchange.services.importing import open_batch
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.models import Handover
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, cards, issue
from hssk.people.services import object_to_lists
from tests.village import MARCH, commune, on_duty, organisation

HEAD = 6  # the row of the titles; columns: number, name, year, head, task, tick
NAME, TICK = 2, 6


@pytest.fixture
def copy(place, nurse, client):
    client.force_login(nurse)
    wanted = Wanted(hamlet=place, purpose=Purpose.NO_RECORD, on=MARCH, office=Holder.HEAD,
                    holder="Giàng A Trưởng")  # fmt: skip
    return issue(wanted, by=nurse, at=timezone.now())


def book_of(client, copy):
    return client.get(f"/lists/{copy.pk}/list.xlsx").content


def filled(content, change):
    book = openpyxl.load_workbook(BytesIO(content))
    change(book.active)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("danh_sach.xlsx", out.getvalue())


def sent(client, copy, content, change):
    return client.post(f"/lists/{copy.pk}/sent/", {"upload": filled(content, change)})


def done(client, copy, page):
    said = dict(re.findall(r'name="(line-\d+|shown)" value="(\w+)"', page.text))
    return client.post(f"/lists/{copy.pk}/sent/done/", said, follow=True)


def ticks(copy):
    return {line.number: line.tick for line in copy.lines.all() if line.tick}


def test_a_workbook_of_a_copy_has_its_six_fields_in_its_own_order_and_no_other(client, copy):
    content = book_of(client, copy)
    page = openpyxl.load_workbook(BytesIO(content)).active
    rows = [list(row) for row in page.iter_rows(min_row=HEAD, values_only=True)]
    assert rows[0] == ["Số", "Họ và tên", "Sinh năm", "Chủ hộ", "Việc", "Đã báo"]
    lines = list(copy.lines.all())
    assert [row[:5] for row in rows[1:]] == [
        [f"{copy.serial}-{line.number}", line.name, line.year, line.head,
         "mời đến trạm lập hồ sơ"] for line in lines
    ]  # fmt: skip
    assert all(not row[TICK - 1] for row in rows[1:])
    assert not re.search(r"0900000000|012\d{9}|1950", str(rows))
    assert book_of(client, copy) == content
    look = Look.objects.filter(purpose="outreach:ticksheet").latest("id")
    assert {line.person for line in lines} <= set(look.people)


def test_ticks_come_back_shown_first_and_once(client, copy):
    def ticked(page):
        page.cell(HEAD + 1, TICK).value = "x"
        page.cell(HEAD + 2, TICK).value = "Đi vắng"

    content = book_of(client, copy)
    page = sent(client, copy, content, ticked)
    assert "Chưa ghi gì" in page.text
    assert ticks(copy) == {}
    done(client, copy, page)
    assert ticks(copy) == {1: "told", 2: "absent"}
    again = sent(client, copy, content, ticked)
    assert "Không có dấu nào mới" in again.text
    stale = done(client, copy, page)
    assert "Hãy gửi lại tệp" in stale.text


def test_what_is_wrong_says_where_and_holds_nothing_up(client, copy):
    names = [line.name for line in copy.lines.all()]

    def muddled(page):
        for row, said in enumerate(("có lẽ", "x", "x", "x"), HEAD + 1):
            page.cell(row, TICK).value = said
        page.cell(HEAD + 2, NAME).value = names[4]
        page.cell(HEAD + 3, 1).value = "ZZZZ-ZZZZ-3"

    page = sent(client, copy, book_of(client, copy), muddled)
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    assert f"Danh sách, {HEAD + 1}" in told
    assert "Cột F: Không hiểu dấu “có lẽ”" in told
    assert f"Cột B: Số này là của {names[1]}" in told
    assert "Cột A: Dòng này là của bản ZZZZ-ZZZZ" in told
    done(client, copy, page)
    assert ticks(copy) == {4: "told"}


def test_a_workbook_that_is_no_copy_is_refused_and_a_copy_is_no_list_of_residents(
    client, copy, tmp_path
):
    def untitled(page):
        page.cell(HEAD, TICK).value = "Gì đó"

    content = book_of(client, copy)
    assert "Không trang nào có dòng tiêu đề" in sent(client, copy, content, untitled).text
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match="bản danh sách đã giao"):
        open_batch(path, kind="roster", unit=copy.hamlet.unit, on=MARCH, partial=False,
                   actor=copy.issued_by, area=None)  # fmt: skip


def test_the_door_for_members_of_organisations_refuses_a_copy_by_its_name(client, copy, tmp_path):
    path = tmp_path / "thanh_vien.xlsx"
    path.write_bytes(book_of(client, copy))
    school = organisation(unit=copy.hamlet.unit.code)
    with pytest.raises(Refused, match="bản danh sách đã giao"):
        members.stage(path, school, on=MARCH, whole=True, by=copy.issued_by, at=timezone.now())
    assert not school.member_files.exists()


def test_who_objected_since_is_in_no_workbook(client, copy, people, nurse):
    object_to_lists(people["Lò Thị A"], by=nurse, at=timezone.now())
    assert client.get(f"/lists/{copy.pk}/list.xlsx").status_code == 302


def test_to_others_the_workbook_is_not_there(client, copy):
    client.force_login(on_duty("noi.khac", unit=commune("03386")))
    for address in ("list.xlsx", "sent/", "sent/done/"):
        asked = client.get if address == "list.xlsx" else client.post
        assert asked(f"/lists/{copy.pk}/{address}").status_code == 404


@pytest.mark.parametrize("width", [1280, 360])
def test_what_came_back_is_shown_to_everybody(client, copy, width):
    def ticked(page):
        page.cell(HEAD + 1, TICK).value = "x"
        page.cell(HEAD + 2, TICK).value = "có lẽ"

    told = sent(client, copy, book_of(client, copy), ticked).text
    with browser_page(width) as page:
        show(page, told)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_workbook_of_a_list_of_cards_says_handed_and_hands_over_when_its_copy_is_back(
    client, place, nurse
):
    client.force_login(nurse)
    cards.print_run(place, MARCH, by=nurse, at=timezone.now())
    wanted = Wanted(hamlet=place, purpose=Purpose.CARD, on=MARCH, office=Holder.HEAD,
                    holder="Giàng A Trưởng")  # fmt: skip
    copy = issue(wanted, by=nurse, at=timezone.now())

    def ticked(page):
        assert page.cell(HEAD, TICK).value == "Đã giao"
        page.cell(HEAD + 1, TICK).value = "Đã giao"
        page.cell(HEAD + 2, TICK).value = "x"

    page = sent(client, copy, book_of(client, copy), ticked)
    assert "đã giao" in page.text
    done(client, copy, page)
    client.post(f"/lists/{copy.pk}/close/", {"closing": "returned"})
    assert ticks(copy) == {1: "told", 2: "told"}
    assert Handover.objects.filter(how="tick", taken_back_at=None).count() == 2


def test_two_hands_fill_in_a_sheet_each_and_what_one_left_blank_the_other_says(client, copy):
    def each_their_own(page):
        other = page.parent.copy_worksheet(page)
        page.cell(HEAD + 1, TICK).value = "đã báo"
        other.cell(HEAD + 2, TICK).value = "đi vắng"
        other.cell(HEAD + 3, TICK).value = "đã báo"

    page = sent(client, copy, book_of(client, copy), each_their_own)
    assert "Số này đã có ở dòng" not in page.text
    done(client, copy, page)
    assert ticks(copy) == {1: "told", 2: "absent", 3: "told"}
