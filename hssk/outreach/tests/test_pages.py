"""The pages of copies: handed out, printed, ticked, taken back; and the holder's own telephone."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hssk.access.models import Look
from hssk.access.rights import Right, Role
from hssk.access.services.telling import in_words
from hssk.coverage.tests.test_screens import text
from hssk.outreach.forms import IssueForm
from hssk.outreach.models import Contact, Copy
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, issue
from hssk.outreach.services.naming import commune_on
from hssk.people.services import object_to_lists
from hssk.places.models import Hamlet
from tests.village import MARCH, commune, on_duty


@pytest.fixture
def signed_in(client, nurse):
    client.force_login(nurse)
    return client


def handed(place, nurse, **more):
    wanted = {"hamlet": place, "purpose": Purpose.NO_RECORD, "on": MARCH, "office": Holder.HEAD,
              "holder": "Giàng A Trưởng", **more}  # fmt: skip
    return issue(Wanted(**wanted), by=nurse, at=timezone.now())


def hand(client, place, **more):
    said = {"purpose": "no-record", "office": "head", "holder": "Giàng A Trưởng", "days": "7"}
    return client.post(f"/lists/new/?hamlet={place.pk}", {**said, **more})


def test_a_copy_is_handed_out_in_two_steps_and_told_in_everybodys_log(signed_in, place, people):
    assert "Chưa giao bản danh sách nào" in text(signed_in.get("/lists/"))
    assert "Bản Tưởng Tượng" in text(signed_in.get("/lists/new/"))
    assert "Chưa có hồ sơ sức khỏe: 20 người" in text(
        signed_in.get(f"/lists/new/?hamlet={place.pk}")
    )
    answer = hand(signed_in, place)
    copy = Copy.objects.get()
    assert answer.headers["Location"] == f"/lists/{copy.pk}/"
    look = Look.objects.get(act="hand")
    assert set(look.people) == {line.person for line in copy.lines.all()}
    told = next(iter(in_words([look])))
    assert told.act == "ghi tên vào một bản danh sách giao đi"
    assert told.purpose == f"giao một bản danh sách cho tổ, bản ({copy.serial})"


def test_more_than_a_thousand_are_written_as_people_write_them():
    counts = dict.fromkeys(Purpose, 1234)
    words = dict(IssueForm(None, counts=counts, holders=()).fields["purpose"].choices)
    assert words[Purpose.CHECK_UP] == "Buổi khám chung cho mọi người: 1.234 người"


def test_a_page_shows_every_line_and_writes_that_it_did(signed_in, place, nurse):
    copy = handed(place, nurse)
    said = text(signed_in.get(f"/lists/{copy.pk}/"))
    assert all(line.name in said for line in copy.lines.all())
    assert "20 người" in said
    look = Look.objects.latest("id")
    assert (look.right, len(look.people)) == (Right.LISTS, 20)


def test_the_paper_is_a_pdf_and_printing_is_a_look(signed_in, place, nurse):
    copy = handed(place, nurse)
    answer = signed_in.get(f"/lists/{copy.pk}/paper.pdf")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert Look.objects.filter(act="print", right=Right.LISTS).count() == 1


def test_no_paper_of_a_copy_that_is_closed_or_over(signed_in, place, nurse):
    copy = handed(place, nurse)
    signed_in.post(f"/lists/{copy.pk}/close/", {"closing": "returned"})
    late = handed(place, nurse)
    today = timezone.localdate()
    Copy.objects.filter(pk=late.pk).update(issued_on=today - timedelta(days=9), until=today)
    for one in (copy, late):
        assert signed_in.get(f"/lists/{one.pk}/paper.pdf").status_code == 302


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "²", ""])
def test_no_address_of_a_hamlet_fails(signed_in, place, asked):
    assert signed_in.get("/lists/new/", {"hamlet": asked}).status_code == 200


def test_a_hamlet_that_is_no_more_gets_no_list(signed_in, place):
    Hamlet.objects.filter(pk=place.pk).update(until=timezone.localdate())
    assert "Việc" not in text(signed_in.get(f"/lists/new/?hamlet={place.pk}"))
    assert signed_in.get(f"/lists/hamlet/{place.pk}/invite/").status_code == 404


def test_why_nothing_is_handed_out_stands_in_the_form(signed_in, place, nurse):
    handed(place, nurse)
    assert "Hãy nhận lại bản ấy" in text(hand(signed_in, place))
    assert "Nhiều nhất 14 ngày" in text(hand(signed_in, place, purpose="check-up", days="30"))
    assert Copy.objects.count() == 1


def test_no_purpose_but_those_of_the_closed_list(signed_in, place):
    assert hand(signed_in, place, purpose="diabetes").status_code == 200
    assert not Copy.objects.exists()


def test_receipt_ticks_and_return_are_written_down(signed_in, place, nurse):
    copy = handed(place, nurse)
    signed_in.post(f"/lists/{copy.pk}/taken/")
    signed_in.post(f"/lists/{copy.pk}/ticks/", {"line-1": "told", "line-2": "refused", "x": "1"})
    assert signed_in.post(f"/lists/{copy.pk}/close/", {"closing": "lost", "why": ""}).headers[
        "Location"
    ]
    copy.refresh_from_db()
    assert copy.closed_at is None
    signed_in.post(f"/lists/{copy.pk}/close/", {"closing": "returned"})
    copy.refresh_from_db()
    assert (copy.taken_on, copy.closing) == (timezone.localdate(), "returned")
    assert copy.lines.exclude(tick="").count() == 2
    assert "2/20" in text(signed_in.get("/lists/"))
    assert signed_in.post(f"/lists/{copy.pk}/close/", {}).status_code == 200


def test_what_is_overdue_stands_first(signed_in, place, nurse):
    today = timezone.localdate()
    handed(place, nurse, days=14)
    late = handed(place, nurse, purpose=Purpose.CHECK_UP)
    Copy.objects.filter(pk=late.pk).update(issued_on=today - timedelta(days=9), until=today)
    answer = signed_in.get("/lists/")
    assert "2 bản: 2 chưa trả, 1 quá hạn" in text(answer)
    serials = re.findall(r"/lists/(\d+)/\"", answer.content.decode())
    assert serials[0] == str(late.pk)
    assert "quá hạn, chưa trả" in text(answer)


def test_the_holder_reads_and_ticks_it_on_a_telephone_until_it_ends(client, place, nurse, head):
    copy = handed(place, nurse, holder_user=head)
    client.force_login(head)
    assert copy.serial in text(client.get("/lists/held/"))
    said = text(client.get(f"/lists/held/{copy.pk}/"))
    assert all(line.name in said for line in copy.lines.all())
    assert Look.objects.filter(actor=head, right=Right.HELD).latest("id").people
    client.post(f"/lists/held/{copy.pk}/ticks/", {"line-1": "told"})
    assert copy.lines.get(number=1).tick == "told"
    today = timezone.localdate()
    Copy.objects.filter(pk=copy.pk).update(issued_on=today - timedelta(days=7), until=today)
    assert client.get(f"/lists/held/{copy.pk}/").status_code == 404
    assert client.post(f"/lists/held/{copy.pk}/ticks/", {"line-2": "told"}).status_code == 404
    owed = text(client.get("/lists/held/"))
    assert not any(line.name in owed for line in copy.lines.all())


def test_who_objects_leaves_the_telephone_at_once_and_the_paper_is_printed_no_more(
    client, place, people, nurse, head
):
    copy = handed(place, nurse, holder_user=head)
    object_to_lists(people["Lò Thị C"], by=nurse, at=timezone.now())
    client.force_login(head)
    lines = client.get(f"/lists/held/{copy.pk}/").context["rows"]
    assert len(lines) == 19
    assert "Lò Thị C" not in {line.name for line in lines}
    client.force_login(nurse)
    assert "1 người trên bản này đã đề nghị" in text(client.get(f"/lists/{copy.pk}/"))
    assert client.get(f"/lists/{copy.pk}/paper.pdf").headers["Location"] == f"/lists/{copy.pk}/"


def test_a_copy_that_somebody_else_holds_or_that_came_back_is_not_there(client, place, nurse, head):
    copy = handed(place, nurse, holder_user=head)
    client.force_login(on_duty("khac", Role.HEAD, where=place))
    assert client.get(f"/lists/held/{copy.pk}/").status_code == 404
    Copy.objects.filter(pk=copy.pk).update(
        closed_at=timezone.now(), closed_by=nurse, closing="returned"
    )
    client.force_login(head)
    assert client.get(f"/lists/held/{copy.pk}/").status_code == 404


def test_a_head_hands_nothing_out_and_opens_no_copy_of_the_area(client, place, nurse, head):
    copy = handed(place, nurse, holder_user=head)
    client.force_login(head)
    for path in ("/lists/", "/lists/new/", f"/lists/{copy.pk}/", f"/lists/{copy.pk}/paper.pdf"):
        assert client.get(path).status_code in (403, 404), path


def test_another_communes_nurse_finds_neither_the_hamlet_nor_the_copy(client, place, nurse):
    copy = handed(place, nurse)
    client.force_login(on_duty("khac", Role.CLINICIAN, commune("03387")))
    assert "0 bản" not in text(client.get("/lists/"))
    for path in (f"/lists/{copy.pk}/", f"/lists/{copy.pk}/paper.pdf"):
        assert client.get(path).status_code == 404
    assert "Bản Tưởng Tượng" not in text(client.get(f"/lists/new/?hamlet={place.pk}"))


def test_an_objection_is_one_press_from_the_person(signed_in, place, people):
    who = people["Lò Thị A"]
    assert "Tên trên danh sách giao đi" in text(signed_in.get(f"/coverage/person/{who.pk}/"))
    page = f"/people/{who.pk}/lists/"
    assert "không đưa tên vào danh sách" in text(signed_in.get(page))
    signed_in.post(page)
    hand(signed_in, place)
    assert not Copy.objects.get().lines.filter(person=who.pk).exists()
    assert "đồng ý lại" in text(signed_in.get(page))
    assert signed_in.post(page, {"why": ""}).status_code == 200
    assert signed_in.post(page, {"why": "tự đến trạm"}).status_code == 302
    assert Look.objects.filter(act="object", people=[who.pk]).count() == 2


def ward_of(place):
    """The ward of today in which the hamlet's commune of 2024 lies."""
    ward = commune_on(place, timezone.localdate())
    assert ward != place.unit
    return ward


def test_pages_and_papers_name_the_commune_of_today(signed_in, place, nurse):
    copy, ward = handed(place, nurse), str(ward_of(place))
    hamlet = f"?hamlet={place.pk}"
    for page in ("/lists/", f"/lists/{copy.pk}/", f"/lists/new/{hamlet}", f"/lists/work/{hamlet}",
                 f"/lists/hamlet/{place.pk}/invite/", "/lists/cards/",
                 f"/lists/cards/hamlet/{place.pk}/", "/lists/work/",
                 "/lists/new/"):  # fmt: skip
        said = text(signed_in.get(page))
        assert ward in said, page
        assert str(place.unit) not in said, page
    paper = PdfReader(BytesIO(signed_in.get(f"/lists/{copy.pk}/paper.pdf").content))
    assert ward in paper.pages[0].extract_text()


def test_whoever_works_for_the_ward_of_today_may_hold_a_copy_on_their_telephone(signed_in, place):
    new = on_duty("cong.tac.vien", Role.COLLABORATOR, unit=ward_of(place))
    answer = hand(signed_in, place, office=Holder.HEALTH_WORKER, holder_user=new.pk)
    assert answer.status_code == 302
    assert Copy.objects.get().holder_user == new


def test_what_another_ticked_meanwhile_is_not_wiped_by_a_page_that_stood_open(
    signed_in, place, nurse
):
    """The station has the copy open while its holder ticks on the telephone: both write on it."""
    copy = handed(place, nurse)
    shown = signed_in.get(f"/lists/{copy.pk}/").text
    form = dict(re.findall(r'name="(line-\d+)" value="(\w*)" checked', shown))
    form["was"] = re.search(r'name="was" value="([^"]*)"', shown)[1]
    copy.lines.filter(number__in=(2, 3)).update(tick="told")
    signed_in.post(f"/lists/{copy.pk}/ticks/", {**form, "line-1": "absent", "line-3": "refused"})
    ticks = dict(copy.lines.exclude(tick="").values_list("number", "tick"))
    assert ticks == {1: "absent", 2: "told", 3: "refused"}
    shown = signed_in.get(f"/lists/{copy.pk}/").text
    form["was"] = re.search(r'name="was" value="([^"]*)"', shown)[1]
    signed_in.post(f"/lists/{copy.pk}/ticks/", {**form, "line-2": "told", "line-3": "refused"})
    assert not copy.lines.get(number=1).tick  # taken away on the page


def test_a_copy_that_was_lost_takes_no_ticks_until_it_is_found(signed_in, place, nurse):
    copy = handed(place, nurse)
    address = f"/lists/{copy.pk}/"
    signed_in.post(f"{address}close/", {"closing": "lost", "why": "rơi ở chợ"})
    lost = signed_in.get(address)
    assert "Lưu các dấu" not in text(lost)
    assert "Đã tìm thấy: ghi là đã trả lại" in text(lost)
    found = signed_in.post(f"{address}close/", {"closing": "returned"}, follow=True)
    assert "đã trả lại" in text(found)
    assert "rơi ở chợ" in text(found)
    signed_in.post(f"{address}ticks/", {"line-1": "told"})
    assert Contact.objects.get().kind == "told"
    again = signed_in.post(
        f"{address}close/", {"closing": "lost", "why": "rơi lần nữa"}, follow=True
    )
    assert "Bản này đã trả lại, hoặc đã ghi là mất" in text(again)
