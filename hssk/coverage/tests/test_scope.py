"""A figure says of which places and of which day it speaks, and its exports say of whom."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from hssk.access.rights import Role
from hssk.coverage.models import DayCount, PendingCount
from hssk.kit.tests.conftest import compiled_messages  # noqa: F401
from hssk.places.models import Hamlet
from hssk.places.services import unit_on
from tests.village import MARCH, hamlet, lives, on_duty, person, village

CITY, COMMUNE = "12-105", "03403"
ON = f"?on={MARCH}"
JANUARY = date(2024, 1, 1)


@pytest.fixture
def people(db):
    return village(f"""
        {COMMUNE} | Bản Tưởng Tượng | Giàng A Bịa | yes | born=1958 sex=1 place=12001
        {COMMUNE} | Bản Tưởng Tượng | Lò Thị Mơ   | no  | born=2021 sex=2 place=12001
        03387     | Tổ 1            | Trần Văn Ảo | no  | born=1970 sex=1 place=10007
    """)


@pytest.fixture
def nurse(client, db):
    client.force_login(on_duty())
    return client


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_province_says_which_districts_have_data_and_which_have_none(nurse, people):
    page = text(nurse.get(f"/coverage/unit/12/{ON}"))
    assert "mới có dữ liệu của 1 trong 8 huyện, thành phố" in page
    assert "chỉ đếm: Thành phố Lai Châu." in page
    assert re.search(r"Chưa có dữ liệu: [^.]*Huyện Tam Đường[^.]*\.", page)


def test_a_city_says_which_communes_have_none_also_while_filtered(nurse, people):
    for query in (ON, f"{ON}&age=0-5"):
        page = text(nurse.get(f"/coverage/unit/{CITY}/{query}"))
        assert "mới có dữ liệu của 2 trong 7 xã, phường" in page


def test_a_commune_counts_itself_and_says_no_more(nurse, people):
    assert "Chưa phải con số" not in text(nurse.get(f"/coverage/unit/{COMMUNE}/{ON}"))


def test_a_later_day_is_told_the_day_of_the_newest_data(nurse, people):
    page = text(nurse.get("/?on=2025-06-01"))
    assert "Trang này hỏi ngày 1/6/2025, nhưng số liệu mới nhất là của ngày 1/1/2024" in page
    assert "Người dân đã có hồ sơ ngày 1/1/2024" in page
    assert "Số liệu tính đến ngày 1/1/2024." in page


def test_the_newest_day_itself_needs_no_notice(nurse, people):
    assert "Trang này hỏi ngày" not in text(nurse.get(f"/?on={JANUARY}"))


def test_an_early_day_is_told_when_the_data_begins(nurse, people):
    answer = nurse.get("/?on=2020-01-01")
    assert "Danh sách nhân khẩu đầu tiên là của ngày 1/1/2024" in text(answer)
    assert "hãy nhập hai tệp" not in text(answer)
    assert 'name="on"' in answer.content.decode()
    followed = nurse.get(answer.context["first_url"])
    assert followed.context["whole"].counts.expected == len(people)


def test_a_unit_on_an_early_day_leads_to_the_first_day_too(nurse, people):
    answer = nurse.get(f"/coverage/unit/{COMMUNE}/?on=2020-01-01")
    assert "Danh sách nhân khẩu đầu tiên" in text(answer)
    assert answer.context["first_url"].startswith(f"/coverage/unit/{COMMUNE}/")


def test_a_unit_of_another_day_s_map_leads_to_its_page_on_that_day(nurse, people):
    page = nurse.get(f"/coverage/unit/{CITY}/{ON}&map=2025-07-01")
    rows = page.context["rows"]
    assert [row["url"] for row in rows if not row["url"].endswith("?on=2025-07-01")] == []
    within = [nurse.get(row["url"]).context["whole"].counts.expected for row in rows]
    assert within == [row["expected"] for row in rows]
    assert not any(row["note"].startswith(row["label"]) for row in rows)


def test_a_commune_offers_no_map_that_would_change_nothing(nurse, people):
    assert 'id="ask_map"' not in nurse.get(f"/coverage/unit/{COMMUNE}/{ON}").content.decode()
    assert 'id="ask_map"' in nurse.get(f"/coverage/unit/{CITY}/{ON}").content.decode()


def test_the_facilities_that_cards_name_are_offered_with_their_people(nurse, people):
    page = text(nurse.get(f"/coverage/unit/{CITY}/{ON}"))
    assert "12001 (2 người)" in page
    assert "10007 (1 người)" in page
    html = nurse.get(f"/coverage/unit/{CITY}/{ON}&place=12001").content.decode()
    assert '<option value="12001" selected>' in html
    assert "Nơi đăng ký KCB ban đầu: 12001" in html
    assert "1/2 = 50,0" in text(nurse.get(f"/coverage/unit/{CITY}/{ON}&place=12001"))


def test_a_facility_that_no_card_names_stays_in_the_question(nurse, people):
    html = nurse.get(f"/coverage/unit/{CITY}/{ON}&place=99999").content.decode()
    assert '<option value="99999" selected>99999 (0 người)' in html


def test_a_filtered_workbook_says_of_whom_it_is(nurse, people):
    on = f"?on={JANUARY}"
    answer = nurse.get(f"/coverage/unit/{COMMUNE}/missing.xlsx{on}&age=0-5&sex=2")
    assert answer["Content-Disposition"].endswith(
        f'"chua-co-ho-so-duoi-6-tuoi-nu-xa-sung-phai-{JANUARY}.xlsx"'
    )
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    said = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert "DANH SÁCH NGƯỜI CHƯA CÓ HỒ SƠ SỨC KHỎE BẢN TƯỞNG TƯỢNG (DƯỚI 6 TUỔI, NỮ)" in said
    assert said[-1] == "Cộng: 1 người (Dưới 6 tuổi, Nữ)"


@pytest.mark.parametrize(("written", "goal"), [("95,5", "95,5"), ("95.5 %", "95,5"), ("90", "90")])
def test_a_goal_may_be_written_as_people_here_write(nurse, people, written, goal):
    answer = nurse.post(f"/coverage/unit/{CITY}/goal/{ON}", {"percent": written}, follow=True)
    assert f"Mục tiêu của Thành phố Lai Châu là {goal} %" in text(answer)


@pytest.mark.usefixtures("compiled_messages")
def test_the_counting_rule_and_an_unknown_unit_are_said_in_english_too(nurse, people, settings):
    nurse.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(nurse.get(f"/coverage/unit/{CITY}/{ON}&people=55"))
    assert "Foreigner" in page
    assert "Người nước ngoài" not in page
    assert "counted once" in text(nurse.get(f"/coverage/unit/{CITY}/{ON}"))
    assert "Không" not in text(nurse.get(f"/coverage/unit/99999/{ON}"))


def test_every_kind_of_change_has_a_full_list_page_by_page(nurse, people, monkeypatch):
    from hssk.coverage.views import changing

    monkeypatch.setattr(changing, "ROWS_ON_A_PAGE", 2)
    since = f"{ON}&since=2023-12-01"
    page = nurse.get(f"/coverage/unit/{CITY}/changes/{since}")
    entered = next(group for group in page.context["groups"] if group["count"])
    seen = []
    for number in (1, 2):
        answer = nurse.get(f"{entered['url']}&page={number}")
        seen += [line["person"].name for line in answer.context["lines"]]
    assert sorted(seen) == sorted(people)
    assert nurse.get(f"/coverage/unit/{CITY}/changes/gone/{since}").status_code == 404


def test_a_list_of_a_city_names_the_commune_of_each_hamlet_and_its_pages(nurse, people):
    page = text(nurse.get(f"/coverage/unit/{CITY}/list/expected/{ON}"))
    assert "Tổ 1 , Phường Tân Phong" in page or "Tổ 1, Phường Tân Phong" in page
    assert (
        "Phường Tân Phong"
        not in text(nurse.get(f"/coverage/unit/03387/list/expected/{ON}"))
        .partition("Họ và tên")[2]
        .partition("Đang xem")[0]
    )


def test_a_code_of_another_day_leads_to_its_successors_and_to_its_own_day(nurse, people):
    answer = nurse.get(f"/coverage/unit/{COMMUNE}/?on=2025-08-01")
    links = [other["url"] for other in answer.context["others"]]
    assert [nurse.get(link).status_code for link in links] == [200, 200]
    assert links[-1].endswith(f"/{COMMUNE}/?on=2025-06-30")


def test_a_table_taken_along_says_what_it_counts_and_of_which_day(nurse, people):
    answer = nurse.get("/coverage/unit/12/coverage.xlsx?on=2024-05-01")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    title = next(
        row[0]
        for row in book.worksheets[0].iter_rows(values_only=True)
        if row[0] and "TỶ LỆ" in row[0]
    )
    assert title.endswith(
        "TỈNH LAI CHÂU (MỚI CÓ DỮ LIỆU CỦA 1/8 ĐƠN VỊ BÊN DƯỚI, "
        "SỐ LIỆU MỚI NHẤT LÀ CỦA NGÀY 1/1/2024)"
    )


def test_a_record_that_grows_old_is_no_newer_data(nurse, people):
    PendingCount.objects.create(place=1, day=date(2025, 1, 1), fresh=-1)
    assert nurse.get("/").context["asked"].latest == JANUARY


def test_what_was_written_a_moment_ago_is_the_newest_data_at_once(nurse, people):
    assert nurse.get("/").context["asked"].latest == JANUARY
    moved_in = date(2024, 3, 20)
    lives(person("Người Mới Đến"), hamlet(COMMUNE, "Bản Tưởng Tượng"), moved_in)
    assert nurse.get("/").context["asked"].latest == moved_in


def test_a_first_list_whose_worker_died_before_it_counted_is_no_empty_ledger(nurse, db):
    lives(person("Người Đầu Tiên"), hamlet(COMMUNE, "Bản Tưởng Tượng"), JANUARY)
    assert not DayCount.objects.exists()
    assert "1 người dân = 0 đã có hồ sơ" in text(nurse.get("/"))


def test_a_new_ward_is_not_sent_to_the_old_one_whose_code_it_bears(client, people):
    """03388 was Phường Quyết Tiến till 30/6/2025, and is Phường Đoàn Kết from then on."""
    village("03388 | Tổ 1 | Lò Văn Ảo | no")
    ward = unit_on("03388", date(2025, 7, 1))
    client.force_login(on_duty(role=Role.CHAIR, unit=ward))
    first = client.get("/", follow=True)
    assert "Phường Đoàn Kết" in text(first)
    assert "Trang này hỏi ngày 1/7/2025" in text(first)
    assert "Xem ngày" not in text(first)
    reports = client.get("/reports/").context["areas"]
    assert [area["unit"] for area in reports] == [ward]
    assert client.get(reports[0]["reports"][0]["url"]).context["unit"] == ward


def test_a_head_of_a_hamlet_is_told_that_reports_are_of_whole_communes(client, people):
    client.force_login(on_duty(role=Role.HEAD, where=Hamlet.objects.first()))
    page = text(client.get("/reports/"))
    assert "Báo cáo lập cho cả xã, phường trở lên" in page
    assert "Mở một báo cáo ở trên" not in page
