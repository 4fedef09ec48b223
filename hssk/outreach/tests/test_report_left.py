"""The report of why people are left, and of what they have to open the book with: figures alone."""

from datetime import date

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.coverage.reports import files
from hssk.coverage.reports.telling import numbers_of
from hssk.coverage.services import figures, sending
from hssk.coverage.services.kinds import told
from hssk.coverage.tests.test_report_files import as_all_ways, pdf_text
from hssk.outreach.models import Contact, Kind
from hssk.outreach.reports.left import OF_DEVICES, OF_MISSING
from hssk.outreach.services import reasons_left, record_outcome, withdraw
from hssk.outreach.tests.place import CODE
from hssk.people.models import Holding, Person
from tests.village import on_duty, village

TODAY, DAY = date(2024, 4, 10), date(2024, 4, 2)


@pytest.fixture
def by(nurse):
    return access_of(nurse, TODAY)


@pytest.fixture
def visited(people, by):
    """Five of those without a record, and two of those with one who have not opened the book."""
    for letter, kind, why in (
        ("A", Kind.ABSENT, ""), ("C", Kind.REFUSED, "không cần"), ("E", Kind.TOLD, ""),
        ("G", Kind.UNKNOWN, ""), ("I", Kind.NO_PHONE, ""), ("B", Kind.NO_PHONE, ""),
        ("D", Kind.PHONE_UNFIT, ""),
    ):  # fmt: skip
        record_outcome(people[f"Lò Thị {letter}"].pk, kind, on=DAY, by=by, why=why)
    Holding.objects.filter(person__name="Lò Thị F").update(app_opened=True)
    return people


def draft(place, on=TODAY, against=sending.LAST):
    return sending.draft("left", place.unit, on, on, against)


def whole_of(content):
    return numbers_of(content, content["whole"])


def test_reasons_add_up_to_the_missing_and_devices_to_the_residents(visited, place):
    it = whole_of(draft(place))
    assert sum(it[count] for count in OF_MISSING) == it["missing"]
    assert sum(it[count] for count in OF_DEVICES) + it["app_opened"] == it["expected"] == 40
    assert it["missing"] == figures(CODE, TODAY).counts.missing == 20
    assert [it[count] for count in OF_MISSING] == [15, 1, 1, 1, 1, 1]
    assert [it[count] for count in ("app_opened", *OF_DEVICES)] == [1, 2, 1, 36]


def test_the_report_counts_what_those_with_rows_count_themselves(visited, place):
    left, it = reasons_left(CODE, TODAY)[place.pk], whole_of(draft(place))
    assert left[""] == it["nobody_went"]
    assert left[Kind.ABSENT] == it["absent"]
    assert sum(left.values()) == it["missing"]


def test_a_reason_counts_from_its_day_until_it_is_withdrawn(visited, place, by):
    assert whole_of(draft(place, date(2024, 4, 1)))["nobody_went"] == 20
    withdraw(Contact.objects.get(kind=Kind.REFUSED), by)
    it = whole_of(draft(place))
    assert (it["nobody_went"], it["refused"]) == (16, 0)


def test_who_was_told_since_still_has_no_telephone(visited, place, by):
    record_outcome(visited["Lò Thị I"].pk, Kind.TOLD, on=TODAY, by=by)
    it = whole_of(draft(place))
    assert (it["told"], it["other"], it["no_phone"]) == (2, 0, 2)


def test_the_chair_reads_reasons_of_hamlets_and_those_of_a_small_one_with_another(
    visited, place, client
):
    village("\n".join(f"{CODE} | Bản Nhỏ | Vàng A {n} | no" for n in range(12)))
    village("\n".join(f"{CODE} | Bản Xa | Sùng A {n} | no" for n in range(90)))
    client.force_login(on_duty("chu.tich", Role.CHAIR, place.unit))
    page = client.get(f"/reports/unit/{CODE}/left/?on={TODAY}")
    assert "2 nơi ít người, tính chung" in page.text
    assert "Bản Nhỏ" not in page.text
    assert not any(name in page.text for name in Person.objects.values_list("name", flat=True))


def test_what_is_not_known_is_said_on_the_report_itself(visited, place):
    said = " ".join(told(draft(place)).lead)
    assert "Chưa biết: thiết bị của 36 người chưa mở sổ" in said
    assert "trích xuất phần mềm" in said


def test_page_paper_word_file_and_workbook_carry_the_same_figures(visited, place, client):
    user = on_duty("chu.tich", Role.CHAIR, place.unit)
    client.force_login(user)
    as_all_ways(client, sending.send(draft(place), place.unit, user, timezone.now()))


def progress(place, on=TODAY, against=sending.LAST):
    return sending.draft("progress", place.unit, on, on, against)


def small_beside(place):
    village("\n".join(f"{CODE} | Bản Nhỏ | Vàng A {n} | no" for n in range(12)))
    village("\n".join(f"{CODE} | Bản Xa | Sùng A {n} | no" for n in range(90)))


def test_the_report_of_progress_tells_why_people_are_left_and_no_more_than_that_of_reasons(
    visited, place, client
):
    small_beside(place)
    content = progress(place)
    assert content["parts"] == [draft(place)]  # told together where that report tells together
    user = on_duty("chu.tich", Role.CHAIR, place.unit)
    client.force_login(user)
    sent = sending.send(content, place.unit, user, timezone.now())
    as_all_ways(client, sent)
    page = client.get(f"/reports/unit/{CODE}/progress/?on={TODAY}").text
    assert "1 người đi vắng, 1 người không đồng ý" in page
    assert "2 nơi ít người, tính chung" in page
    assert "PHỤ LỤC II" in pdf_text(files.as_pdf(sent))


def test_a_reason_that_changes_later_shows_as_a_difference_of_the_sent_progress(visited, place, by):
    user = on_duty("chu.tich", Role.CHAIR, place.unit)
    sent = sending.send(progress(place), place.unit, user, timezone.now())
    assert sending.differences_today(sent) == []
    withdraw(Contact.objects.get(kind=Kind.REFUSED), by)
    changed = {(one.count, one.kind, one.sent, one.today) for one in
               sending.differences_today(sent)}  # fmt: skip
    assert changed == {("refused", "left", 1, 0), ("nobody_went", "left", 15, 16)}


def test_a_report_of_progress_that_was_sent_without_reasons_stays_as_it_was(visited, place):
    user = on_duty("chu.tich", Role.CHAIR, place.unit)
    content = progress(place)
    del content["parts"]
    sent = sending.send(content, place.unit, user, timezone.now())
    it = told(sending.content_of(sent))
    assert it.parts == []
    assert "xem báo cáo lý do còn lại" in it.lead[-1]
    assert sending.differences_today(sent) == []
    later = progress(place, date(2024, 4, 20))
    assert later["against"] == sent.digest
    assert later["parts"][0]["against"] == ""  # compared with the ledger: nothing was told then
    assert later["parts"][0]["since"] == str(TODAY)
