"""Workbooks of posts: what each row would do, done in one act, the same twice, taken back."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hssk.access.models import Post, User
from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.services import access_of, end_post, within
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.formats.tables.tests import making
from hssk.exchange.models import PostDone, PostFile, PostRow
from hssk.exchange.services import posting
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.places.models import Hamlet, Unit
from tests.village import MARCH, on_duty

TODAY = timezone.localdate()
HEADER = ["Tên đăng nhập", "Họ và tên", "Nhiệm vụ", "Đơn vị (mã hoặc tên)", "Tổ, bản", "Từ ngày",
          "Kết thúc ngày", "Việc"]  # fmt: skip
pytestmark = pytest.mark.django_db


def unit(code):
    return Unit.objects.on(MARCH).get(code=code)


@pytest.fixture
def mai():
    return on_duty("mai", unit=unit("12-105"), full_name="Lò Thị Mai")


@pytest.fixture
def giver(mai):
    return access_of(mai, TODAY)


def table(*lines):
    """A CSV file: each line "user | name | role | unit | hamlet | from | until | action"."""
    rows = [HEADER, *([cell.strip() for cell in line.split("|")] for line in lines)]
    text = "\r\n".join(";".join(row) for row in rows)
    return SimpleUploadedFile("cán bộ.csv", text.encode("utf-8-sig"))


def staged(giver, *lines):
    with within(giver):
        return posting.stage(table(*lines), giver=giver)


def planned(giver, *lines):
    """What each line would do; for a wrong one, the column and what is wrong."""
    with within(giver):
        steps = posting.plan(posting.stage(table(*lines), giver=giver), giver=giver)
    return [
        (s.does, s.column, s.message.format(**s.params)) if s.does == posting.WRONG else s.does
        for s in steps
    ]


def done(giver, *lines):
    """Stage the lines and carry them out; the file and the first passwords."""
    file = staged(giver, *lines)
    with within(giver):
        shown = posting.digest_of_plan(posting.plan(file, giver=giver))
        return file, posting.carry_out(file, shown, giver=giver)


LAN = "lan | Vàng Thị Lan | Cán bộ dân số, văn thư xã | 03403"


def test_a_row_makes_an_account_with_its_post_and_hands_out_one_password(giver):
    _file, handed = done(giver, LAN)
    lan = User.objects.get(username="lan")
    post = lan.posts.get()
    assert (post.role, post.unit, post.since, post.granted_by) == (
        Role.CLERK, unit("03403"), TODAY, giver.user,
    )  # fmt: skip
    assert [lan.check_password(each.password) for each in handed] == [True]
    with connection.cursor() as cursor:  # it stands in no table
        for model in (PostFile, PostRow, PostDone):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {model._meta.db_table} t")
            assert handed[0].password not in (cursor.fetchone()[0] or "")


def test_two_posts_of_one_new_user_make_one_account(giver):
    chair = "lan | Vàng Thị Lan | Lãnh đạo UBND (xem số liệu) | 03387"
    assert planned(giver, LAN, chair) == [posting.ACCOUNT, posting.POST]
    _file, handed = done(giver, LAN, chair)
    assert len(handed) == 1
    assert User.objects.get(username="lan").posts.count() == 2


def test_two_people_of_one_new_login_name_are_not_made_one(giver):
    other = "lan | Hoàng Thị Lan | Cán bộ dân số, văn thư xã | 03387"
    first, (does, column, said) = planned(giver, LAN, other)
    assert (first, does, column) == (posting.ACCOUNT, posting.WRONG, "A")
    assert "mang họ tên khác" in said
    done(giver, LAN, other)
    assert User.objects.get(username="lan").posts.get().unit == unit("03403")


def test_a_login_name_in_other_letters_is_the_same_account(giver):
    """Signing in tells no two apart: a second account would shut both out, for good."""
    capital = LAN.replace("lan |", "Lan |", 1)
    done(giver, capital)
    assert planned(giver, LAN) == [posting.UNCHANGED]
    done(giver, LAN, LAN.upper())
    assert User.objects.get(username__iexact="lan").posts.count() == 1


def test_the_same_file_twice_adds_nothing(giver):
    first = staged(giver, LAN)
    assert staged(giver, LAN) == first
    done(giver, LAN)
    before = list(Post.objects.values())
    assert planned(giver, LAN) == [posting.UNCHANGED]
    _file, handed = done(giver, LAN)
    assert handed == []
    assert list(Post.objects.values()) == before
    assert User.objects.filter(username="lan").count() == 1


def test_an_ended_post_is_ended_once_and_on_the_day_that_is_said(giver):
    done(giver, LAN)
    later = TODAY + timedelta(days=30)
    line = f"lan | | văn thư xã | | | | {later:%d/%m/%Y} | Kết thúc"
    assert planned(giver, line) == [posting.ENDING]
    done(giver, line)
    post = Post.objects.get(user__username="lan")
    assert (post.until, post.ended_by) == (later, giver.user)
    assert planned(giver, line) == [posting.UNCHANGED]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("a b | X | Văn thư xã | 03403", "A", "ký tự không dùng được"),
        ("l\u0430n | X | Văn thư xã | 03403", "A", "ký tự không dùng được"),  # a Cyrillic а
        ("LOCAL-OPERATOR | | Văn thư xã | 03403", "D", "không được giao nhiệm vụ này"),
        ("lan | X | Bác sĩ riêng | 03403", "C", "Không có nhiệm vụ nào tên “Bác sĩ riêng”"),
        ("lan | X | Văn thư xã | Xã Không Có", "D", "Không tìm thấy đơn vị “Xã Không Có”"),
        ("lan | X | Văn thư xã | ", "", "phải ghi đơn vị"),
        ("lan | X | Văn thư xã | 00001", "D", "không được giao nhiệm vụ này"),
        ("lan | X | Kiểm tra, bảo vệ dữ liệu | 03403", "C", "không được giao nhiệm vụ này"),
        ("mai | Lò Thị Mai | Văn thư xã | 03403", "D", "không được giao nhiệm vụ này"),
        ("local-operator | | Văn thư xã | 03403", "D", "không được giao nhiệm vụ này"),
        ("mai | Hoàng Văn Khác | Văn thư xã | 03403", "A", "mang họ tên khác"),
        ("lan | X | Trưởng bản | 03403 | Bản Không Có", "E", "chưa có tổ, bản tên như vậy"),
        ("lan | X | Văn thư xã | 03403 | Bản A", "E", "không giao cho một tổ, bản"),
        ("lan | X | Văn thư xã | 03403 | | hôm kia", "F", "“hôm kia” không phải là ngày"),
        ("lan | X | Văn thư xã | 03403 | | | 1/1/2020", "G", "đã qua"),
        ("lan | X | Văn thư xã | 03403 | | | | nghỉ phép", "H", "Không hiểu “nghỉ phép”"),
        ("lan | X | Văn thư xã | 03403 | | | | kết thúc", "A", "không có nhiệm vụ như vậy"),
    ],
)
def test_a_wrong_row_says_which_column_and_what(giver, line, column, words):
    ((does, at, said),) = planned(giver, line)
    assert (does, at) == (posting.WRONG, column)
    assert words in said


def test_wrong_rows_do_nothing_and_hold_nothing_up(giver):
    done(giver, "xa | X | Văn thư xã | 00001", LAN, LAN)
    assert [post.user.username for post in Post.objects.exclude(user=giver.user)] == ["lan"]
    assert not User.objects.filter(username="xa").exists()


def test_a_unit_is_found_by_name_within_the_area_and_a_hamlet_by_its_name(giver):
    place = Hamlet.objects.create(unit=unit("03403"), name="Bản Lùng Than", key="lung than")
    name = str(unit("03403"))
    done(giver, f"so | Lý A Sò | Trưởng bản | {name} | bản Lùng Than")
    post = Post.objects.get(user__username="so")
    assert (post.unit, post.hamlet) == (unit("03403"), place)


def test_a_code_whose_zero_excel_has_dropped_is_still_that_code(giver):
    assert planned(giver, "lan | X | Văn thư xã | 3403") == [posting.ACCOUNT]


@pytest.mark.parametrize("other", ["| 1/1/2099 |", "| 1/1/2099 | Kết thúc", "||"])
def test_what_one_row_ends_no_other_row_of_the_file_leaves_open(giver, other):
    done(giver, LAN)
    ends = "lan || Cán bộ dân số, văn thư xã | 03403 ||| | Kết thúc"
    again = f"lan || Cán bộ dân số, văn thư xã | 03403 || {other}"
    assert planned(giver, ends, again) == [posting.ENDING, (posting.WRONG, "", "Trùng với dòng 2.")]
    done(giver, ends, again, "")
    assert Post.objects.get(user__username="lan").until == TODAY


@pytest.mark.parametrize("name", ["#?", "12", "Vàng\u202eLan"])
def test_nobody_is_called_by_what_is_no_name(giver, name):
    does = planned(giver, f"lan | {name} | Cán bộ dân số, văn thư xã | 03403")
    assert does == [(posting.WRONG, "B", "Họ và tên không đọc được.")]


@pytest.mark.parametrize("role", [role for role in Role if Right.POSTS not in RIGHTS[role]])
def test_who_gives_no_posts_one_by_one_gives_none_by_a_workbook(client, role):
    client.force_login(on_duty("so", role=role, unit=unit("12-105")))
    assert client.get("/exchange/posts/").status_code == 403
    assert client.post("/exchange/posts/", {"upload": table(LAN)}).status_code == 403


def test_what_changed_since_it_was_shown_is_shown_again_and_not_done(giver):
    file = staged(giver, LAN)
    with within(giver):
        shown = posting.digest_of_plan(posting.plan(file, giver=giver))
    User.objects.create_user("lan")
    with within(giver), pytest.raises(Refused, match="đã có thay đổi"):
        posting.carry_out(file, shown, giver=giver)
    assert not Post.objects.filter(user__username="lan").exists()


def test_taken_back_its_posts_end_its_accounts_sleep_and_nothing_is_erased(giver):
    so = on_duty("so", role=Role.CLERK, unit=unit("03403"))
    file, _handed = done(giver, LAN, "so | | văn thư xã | 03403 | | | | kết thúc")
    assert not Post.objects.on(TODAY).filter(user=so).exists()
    posts = Post.objects.count()
    with within(giver):
        foreseen = posting.foresee_take_back(file, giver=giver)
        assert posting.take_back(file, giver=giver) == foreseen
    assert (foreseen.ended, foreseen.given, foreseen.asleep) == (1, 1, 1)
    lan = User.objects.get(username="lan")
    assert not lan.is_active
    assert not Post.objects.filter(user=lan, until=None).exists()
    again = Post.objects.on(TODAY).get(user=so)
    assert (again.unit, again.role) == (unit("03403"), Role.CLERK)
    assert Post.objects.count() == posts + 1
    assert PostRow.objects.filter(file=file).count() == 2
    with within(giver), pytest.raises(Refused):
        posting.take_back(file, giver=giver)


def test_who_has_another_post_by_now_does_not_sleep(giver, mai):
    file, _handed = done(giver, LAN)
    lan = User.objects.get(username="lan")
    Post.objects.create(user=lan, role=Role.CHAIR, unit=unit("03387"), since=TODAY, granted_by=mai)
    with within(giver):
        posting.take_back(file, giver=giver)
    lan.refresh_from_db()
    assert lan.is_active


def test_after_it_was_taken_back_the_same_file_wakes_its_accounts(giver):
    file, _handed = done(giver, LAN)
    with within(giver):
        posting.take_back(file, giver=giver)
    assert planned(giver, LAN) == [posting.WOKEN]
    _file, handed = done(giver, LAN)
    lan = User.objects.get(username="lan")
    assert lan.is_active
    assert lan.check_password(handed[0].password)


@pytest.mark.parametrize("write", [making.xlsx, making.ods])
def test_rows_are_kept_letter_by_letter_with_sheet_and_number(giver, tmp_path, write):
    rows = [["GIAO NHIỆM VỤ"], HEADER, ["lan", "Vàng Thị Lan ", "Văn thư xã", 3403]]
    content = Path(write(tmp_path / "a.bin", rows)).read_bytes()
    with within(giver):
        file = posting.stage(SimpleUploadedFile("a.xlsx", content), giver=giver)
    row = file.rows.get()
    assert (row.number, row.cells[:4]) == (3, ["lan", "Vàng Thị Lan ", "Văn thư xã", 3403])


def test_the_blank_workbook_comes_back_as_an_empty_list_and_filled_in_as_rows(giver):
    blank = posting.blank_workbook(giver)
    book = CalamineWorkbook.from_filelike(BytesIO(blank))
    assert book.sheet_names == ["Danh sách", "Hướng dẫn"]
    with within(giver), pytest.raises(Refused, match="chưa có dòng nào"):
        posting.stage(SimpleUploadedFile("a.xlsx", blank), giver=giver)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"%PDF-1.7 x", UnreadableFile, "PDF"),
        ("Họ tên;Tuổi\r\nA;3".encode(), Refused, "Không trang nào có dòng tiêu đề"),
        (("Tên đăng nhập;Nhiệm vụ\r\n" + "a;b\r\n" * 2001).encode(), UnreadableFile, "2.000 dòng"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_with_what_to_do(giver, content, error, words):
    with within(giver), pytest.raises(error) as caught:
        posting.stage(SimpleUploadedFile("a.csv", content), giver=giver)
    assert words in caught.value.message
    assert caught.value.advice


def seen_by(user):
    """The rows that PostgreSQL itself shows somebody, whatever the program asks."""
    access = access_of(user, TODAY)
    with within(access):
        return PostRow.objects.count(), [file.pk for file in posting.files_for(access)]


def test_rows_are_seen_by_who_brought_them_and_who_gives_posts_there(giver, mai):
    file, _handed = done(giver, LAN)
    waiting = staged(giver, "so | Lý A Sò | Văn thư xã | 03387")
    assert seen_by(mai) == (2, [waiting.pk, file.pk])
    assert seen_by(on_duty("xa.khac", unit=unit("03403"))) == (1, [file.pk])
    assert seen_by(on_duty("xa.xoi", unit=unit("01"))) == (0, [])
    assert seen_by(on_duty("van.thu", role=Role.CLERK, unit=unit("12-105"))) == (0, [])


def test_another_officer_of_the_area_takes_back_and_a_stranger_finds_nothing(giver, client):
    file, _handed = done(giver, LAN)
    client.force_login(on_duty("xa.xoi", unit=unit("01")))
    for way in ("", "do/", "undo/"):
        ask = client.post if way else client.get
        assert ask(f"/exchange/posts/{file.pk}/{way}").status_code == 404
    client.force_login(on_duty("ban.cua.mai", unit=unit("12-105")))
    page = client.post(f"/exchange/posts/{file.pk}/undo/", follow=True)
    assert "Đã hoàn tác: 1 nhiệm vụ kết thúc" in page.text


def test_the_pages_tell_the_story_and_show_passwords_once(client, mai):
    client.force_login(mai)
    page = client.post(
        "/exchange/posts/", {"upload": table(LAN, "a b | | Văn thư xã")}, follow=True
    )
    assert "Chưa có gì được làm" in page.text
    assert "Cột A:" in page.text
    assert Post.objects.count() == 1
    address = page.request["PATH_INFO"]
    answer = client.post(f"{address}do/", {"shown": page.context["digest"], "as": "page"})
    password = answer.context["handed"][0].password
    assert password in answer.text
    after = client.get(address)
    assert password not in after.text
    assert "Cột A:" in after.text  # what is to be corrected and sent again
    assert "Hoàn tác tệp này" in after.text


def test_the_passwords_come_as_a_workbook_too(client, mai):
    client.force_login(mai)
    page = client.post("/exchange/posts/", {"upload": table(LAN)}, follow=True)
    answer = client.post(
        f"{page.request['PATH_INFO']}do/", {"shown": page.context["digest"], "as": "workbook"}
    )
    cells = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    words = {str(cell) for row in cells.to_python() for cell in row}
    lan = User.objects.get(username="lan")
    assert any(lan.check_password(word) for word in words if word.count("-") == 3)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_post_ended_by_hand_since_is_left_when_the_file_is_taken_back(giver, mai):
    file, _handed = done(giver, LAN)
    end_post(Post.objects.get(user__username="lan"), on=TODAY, giver=giver)
    with within(giver):
        assert posting.take_back(file, giver=giver).ended == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_pages_of_workbooks_of_posts(client, mai, width):
    client.force_login(mai)
    begin = client.get("/exchange/posts/")
    page = client.post(
        "/exchange/posts/", {"upload": table(LAN, "a b | | Văn thư xã")}, follow=True
    )
    address = page.request["PATH_INFO"]
    slips = client.post(f"{address}do/", {"shown": page.context["digest"], "as": "page"})
    for html in (begin.text, page.text, slips.text, client.get(address).text):
        with browser_page(width) as shown:
            show(shown, html)
            assert violations(shown) == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
