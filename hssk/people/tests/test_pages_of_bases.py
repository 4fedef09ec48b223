"""Breaking the glass, reviewing who did, opening a case: the pages, and what lies behind none of them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look
from hssk.access.services.looks import OPEN
from hssk.access.tests.test_coming_in import code_for, turned_on
from hssk.access.tiers import Kind
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.models import AuditCase, Basis, Identifier
from tests.village import MARCH, commune, on_duty, person, village

PASSWORD = "mot cau ngan de nho"
GLASS, REVIEWS, CASES = "/people/emergency/", "/people/emergency/reviews/", "/people/cases/"
TYPED = {"number": "012070000123", "name": "Trần Văn Ảo", "birth": "6/5/1970"}
ASKED = {**TYPED, "reason": "danger", "note": "tai nạn xe máy"}
CASE = {**TYPED, "case_number": "12/TTr", "reason": "đơn của người dân"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    people = village("""
        03387 | Tổ 1 | Trần Văn Ảo   | yes | born=1970-05-06 sex=1 household=7 ethnicity=23 phone=0700000001 relation=con
        03387 | Tổ 1 | Trần Thị Chủ  | no  | born=1950 sex=2 household=7 phone=0700000002 relation=chủ_hộ
        03387 | Tổ 1 | Trần Thị Khác | no  | born=1980 sex=2 household=7 phone=0700000003 relation=vợ
    """)
    one = people["Trần Văn Ảo"]
    Identifier.objects.create(person=one, kind=Identifier.PID, value=TYPED["number"])
    return one


@pytest.fixture
def nurse(client):
    user = on_duty("lo.thi.bia", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return user


@pytest.fixture
def proved(client, nurse):
    """The nurse, with a second step that was proved just now."""
    secret = turned_on(client)
    answer = client.post("/accounts/second/again/", {"code": code_for(secret, 1), "next": GLASS})
    assert answer.url == GLASS
    return nurse


def broken(client):
    answer = client.post(GLASS, ASKED)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLINICIAN])
def test_nobody_but_a_clinician_comes_near_the_glass(client, patient, role):
    client.force_login(on_duty("other", role=role))
    assert client.get(GLASS).status_code == 403
    assert client.post(GLASS, ASKED).status_code == 403


def test_who_has_no_second_factor_is_told_to_get_one_and_breaks_nothing(client, nurse, patient):
    page = client.post(GLASS, ASKED)
    assert "Bật bảo vệ hai lớp" in page.text
    assert "dị ứng, nhóm máu, thai nghén" in page.text  # what it opens is told before it is broken
    assert "<textarea" not in page.text
    assert not Basis.objects.exists()


def test_a_second_factor_that_was_not_proved_just_now_is_asked_for(client, proved, patient):
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    page = client.post(GLASS, ASKED)
    assert "/accounts/second/again/?next=%2Fpeople%2Femergency%2F" in page.text
    assert not Basis.objects.exists()


def test_the_emergency_set_of_one_person_is_shown_and_nothing_else(client, proved, patient):
    page = client.get(broken(client))
    facts = page.text.partition("<main")[2]
    for shown in ("Trần Văn Ảo", "1970", "Nam", "0700000001", "Trần Thị Chủ", "0700000002"):
        assert shown in facts
    for hidden in (TYPED["number"], "Trần Thị Khác", "0700000003", "5/1970", "Tổ 1", "Hộ số",
                   str(patient.id)):  # fmt: skip
        assert hidden not in page.text


def test_it_is_written_down_before_it_is_shown_once_for_each_look(client, proved, patient):
    address = broken(client)
    assert not Look.objects.filter(right=Right.EMERGENCY).exists()
    client.get(address)
    looked = Look.objects.get(right=Right.EMERGENCY)
    assert (looked.actor, looked.act, looked.people) == (proved, OPEN, [patient.id])


def test_it_opens_no_other_page(client, proved, patient):
    broken(client)
    assert client.get(f"/coverage/person/{patient.id}/").status_code == 404
    assert client.get("/coverage/unit/03387/list/expected/?on=2024-03-31").status_code == 404


def test_after_four_hours_it_is_as_if_it_had_never_been(client, proved, patient):
    now = timezone.now()
    over = Basis.objects.create(
        person=patient.id, kind=Kind.BREAK_GLASS, user=proved, why="danger", granted_by=proved,
        since=now - timedelta(hours=4, seconds=1), until=now - timedelta(seconds=1),
    )  # fmt: skip
    mine, nowhere = (client.get(f"{GLASS}{pk}/") for pk in (over.pk, 987654321))
    assert mine.status_code == nowhere.status_code == 404
    same = re.compile(
        f'/{over.pk}/|/987654321/|value="[A-Za-z0-9]{{64}}"'
    )  # what was typed, and chance
    assert same.sub("", mine.text) == same.sub("", nowhere.text)


def test_the_broken_glass_of_somebody_else_is_not_there(client, proved, patient):
    address = broken(client)
    client.force_login(on_duty("dong.nghiep", role=Role.CLINICIAN, unit=commune("03403")))
    assert client.get(address).status_code == 404
    assert client.get(f"{GLASS}{10**24}/").status_code == 404


def test_whoever_has_no_post_any_more_sees_nothing_behind_the_glass(client, proved, patient):
    address = broken(client)
    proved.posts.update(role=Role.CLERK)
    assert client.get(address).status_code == 403


def test_where_the_record_says_nothing_the_page_says_that_it_may_not_be_so(client, proved, patient):
    page = client.get(broken(client))
    assert "Điều không có ở đây chưa chắc là không có" in page.text
    assert "chưa có trong hệ thống" not in page.text


@pytest.mark.parametrize(
    "wrong", [{"number": "012070000124"}, {"name": "Trần Văn"}, {"birth": "7/5/1970"}]
)
def test_whatever_is_wrong_the_answer_is_the_same_and_is_written_down(
    client, proved, patient, wrong
):
    page = client.post(GLASS, {**ASKED, **wrong})
    assert "cả ba phải đúng" in page.text
    assert not Basis.objects.exists()
    assert Look.objects.filter(right=Right.EMERGENCY, refused=True, people=[]).count() == 1


def test_ten_wrong_tries_a_day_are_enough(client, proved, patient):
    for _ in range(10):
        client.post(GLASS, {**ASKED, "name": "Sai Tên"})
    assert "quá nhiều lần" in client.post(GLASS, ASKED).text
    assert not Basis.objects.exists()


@pytest.mark.parametrize("missing", ["reason", "note", "number", "name", "birth"])
def test_nothing_is_broken_without_a_reason_or_with_less_than_all_that_is_asked(
    client, proved, patient, missing
):
    client.post(GLASS, {**ASKED, missing: ""})
    assert not Basis.objects.exists()


def test_a_birth_date_that_is_none_is_said_in_words(client, proved, patient):
    for birth in ("31/2/1970", "x", "1/2/3/4", "0/0/0"):
        assert "Hãy ghi ngày sinh như" in client.post(GLASS, {**ASKED, "birth": birth}).text


# the review


@pytest.fixture
def judge(client):
    user = on_duty("bao.ve", role=Role.AUDITOR, full_name="Người Bảo Vệ")
    client.force_login(user)
    return user


def glass_of(user, who, hours=1):
    since = timezone.now() - timedelta(hours=hours)
    return Basis.objects.create(
        person=who.id, kind=Kind.BREAK_GLASS, user=user, why="danger", granted_by=user,
        note="tai nạn", since=since, until=since + timedelta(hours=4),
    )  # fmt: skip


def test_the_privacy_officer_is_told_how_many_and_why_but_not_whom(client, nurse, patient, judge):
    glass_of(nurse, patient)
    page = client.get(REVIEWS)
    assert '<span class="count">1</span>' in page.text
    assert "tai nạn" in page.text
    assert nurse.username in page.text
    for hidden in ("Trần Văn Ảo", TYPED["number"], str(patient.id)):
        assert hidden not in page.text


def test_a_late_review_suspends_and_the_review_restores(client, proved, patient, judge):
    late = glass_of(proved, patient, hours=73)
    client.force_login(proved)
    assert "đang tạm dừng" in client.get(GLASS).text
    client.force_login(judge)
    assert "quá hạn" in client.get(REVIEWS).text
    said = {"justified": "yes", "note": "đã hỏi trạm"}
    assert "Đã ghi" in client.post(f"{GLASS}{late.pk}/review/", said, follow=True).text
    assert "đã hỏi trạm" in client.get(REVIEWS).text
    client.force_login(proved)
    assert "đang tạm dừng" not in client.get(GLASS).text


def test_a_glass_found_to_be_broken_without_reason_shows_nothing_from_then_on(
    client, proved, patient, judge
):
    one = glass_of(proved, patient)
    client.force_login(proved)
    assert patient.name in client.get(f"{GLASS}{one.pk}/").text
    client.force_login(judge)
    client.post(f"{GLASS}{one.pk}/review/", {"justified": "no", "note": "không có ca nào"})
    client.force_login(proved)
    assert client.get(f"{GLASS}{one.pk}/").status_code == 404
    one.refresh_from_db()
    assert one.ended_by == judge


def test_no_conclusion_writes_none(client, proved, patient, judge):
    one = glass_of(proved, patient)
    assert "Hãy chọn kết luận" in client.post(f"{GLASS}{one.pk}/review/", {}, follow=True).text
    assert not one.reviews.exists()
    assert client.post(f"{GLASS}987654321/review/", {"justified": "yes"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_or_writes_reviews(client, patient, role):
    user = on_duty("other", role=role)
    one = glass_of(user, patient)
    client.force_login(user)
    assert client.get(REVIEWS).status_code == 403
    assert client.post(f"{GLASS}{one.pk}/review/", {"justified": "yes"}).status_code == 403


# cases


@pytest.fixture
def opened(client, patient):
    """A case that waits for a second officer; (first, second, its address)."""
    nurse = on_duty("nguoi.xem", role=Role.CLINICIAN, unit=commune("03387"))
    other = person("Người Ngoài Vụ")
    look(access_of(nurse, MARCH), OPEN, Right.REGISTER, [patient.id, other.id])
    look(access_of(nurse, MARCH), OPEN, Right.REGISTER, [other.id])
    first = on_duty("so.y.te", role=Role.PROVINCE)
    client.force_login(first)
    answer = client.post(CASES, CASE)
    assert answer.status_code == 302, answer.context["form"].errors
    return first, on_duty("bao.ve", role=Role.AUDITOR), answer.url


def test_a_case_shows_no_look_until_somebody_else_has_confirmed_it(client, opened):
    first, second, address = opened
    assert "nguoi.xem" not in client.get(address).text
    client.post(f"{address}confirm/")
    assert AuditCase.objects.get().confirmed_by is None
    client.force_login(second)
    assert "nguoi.xem" not in client.get(address).text
    assert "Đã xác nhận" in client.post(f"{address}confirm/", follow=True).text
    assert "nguoi.xem" not in client.get(address).text  # nor does it open anything to the second
    client.force_login(first)
    page = client.get(address)
    assert page.text.count("<small>nguoi.xem</small>") == 1  # of the person named, once
    assert "Tự đóng lúc" in page.text
    assert client.post(f"{address}close/").status_code == 302
    page = client.get(address)
    assert "nguoi.xem" not in page.text
    assert "Người đóng" in page.text
    assert "Tự đóng lúc" not in page.text


def test_the_second_officer_refuses_a_case_and_whoever_opened_it_reads_why(client, opened):
    first, second, address = opened
    client.post(f"{address}refuse/", {"why": "tự rút"})
    assert AuditCase.objects.get().closed_at is None  # whoever opened it closes it instead
    client.force_login(second)
    assert "Từ chối vụ này" in client.get(address).text
    assert "Hãy ghi vì sao" in client.post(f"{address}refuse/", follow=True).text
    why = {"why": "đơn không nêu ai đã xem"}
    assert "Đã từ chối vụ" in client.post(f"{address}refuse/", why, follow=True).text
    client.force_login(first)
    page = client.get(address)
    assert "không được xác nhận" in page.text
    assert why["why"] in page.text
    assert "nguoi.xem" not in page.text
    client.force_login(on_duty("ba", role=Role.AUDITOR))
    assert client.post(f"{address}refuse/", why).status_code == 404


def test_a_case_opens_the_log_and_not_the_record(client, opened, patient):
    first, second, address = opened
    client.force_login(second)
    client.post(f"{address}confirm/")
    client.force_login(first)
    assert client.get(f"/coverage/person/{patient.id}/").status_code == 403
    assert client.get(f"/accounts/looks/person/{patient.id}/").status_code == 403
    text = client.get(address).text
    for hidden in (TYPED["number"], "0700000001", "Tổ 1", "1970", str(patient.id)):
        assert hidden not in text


def test_more_people_are_named_before_the_confirmation_and_none_after(client, opened, patient):
    first, second, address = opened
    extra = person("Hai Người", birth_on=patient.birth_on)
    type(extra).objects.filter(pk=extra.pk).update(birth_precision="D")
    Identifier.objects.create(person=extra, kind=Identifier.PID, value="012070000999")
    typed = {**TYPED, "number": "012070000999", "name": "Hai Người"}
    assert "Vụ nêu 2 người" in client.post(address, typed, follow=True).text
    client.force_login(second)
    client.post(f"{address}confirm/")
    client.force_login(first)
    client.post(address, typed, follow=True)
    assert AuditCase.objects.get().subjects.count() == 2


def test_a_case_that_cannot_be_opened_or_widened_tells_nobody_s_being_there(
    client, opened, patient
):
    """A refusal after the search told, as often as one liked and without a line, who is known."""
    first, second, address = opened
    nobody = {"number": "012070000998", "name": "Trần Văn Ảo"}
    for told in ({}, nobody):  # the number of the case is in use
        page = client.post(CASES, {**CASE, **told})
        assert list(page.context["form"].errors) == ["case_number"]
    client.force_login(second)
    client.post(f"{address}confirm/")
    client.force_login(first)
    for told in ({}, nobody):
        assert "trước khi vụ được xác nhận" in client.post(
            address, {**TYPED, **told}, follow=True
        ).text  # fmt: skip


def test_reading_a_case_is_written_down(client, opened, patient):
    _first, _second, address = opened
    client.get(address)
    assert Look.objects.filter(right=Right.CASES, people=[patient.id]).exists()


def test_a_case_of_others_that_waits_for_nobody_is_not_there(client, opened):
    _first, second, address = opened
    client.force_login(second)
    client.post(f"{address}confirm/")
    client.force_login(on_duty("ba", role=Role.AUDITOR))
    assert client.get(address).status_code == 404
    assert client.post(f"{address}close/").status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.AUDITOR, Role.PROVINCE)])
def test_nobody_else_has_anything_to_do_with_cases(client, role):
    client.force_login(on_duty("other", role=role))
    assert client.get(CASES).status_code == 403
    assert client.post(CASES, CASE).status_code == 403


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_have_no_barrier(client, proved, patient, opened, width):
    first, second, address = opened
    client.force_login(second)
    glass_of(proved, patient)
    pages = [client.get(path).text for path in (REVIEWS, CASES, address)]
    client.post(f"{address}confirm/")
    client.force_login(first)
    pages.append(client.get(address).text)
    client.force_login(proved)
    pages.append(client.get(GLASS).text)
    with browser_page(width) as page:
        for text in pages:
            show(page, text)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
