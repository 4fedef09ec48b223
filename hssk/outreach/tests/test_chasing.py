"""An overdue copy is chased: counted where it is chased, told on the first page, said without names."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.coverage.tests.test_screens import text
from hssk.outreach.models import Copy
from hssk.outreach.rules import messages
from hssk.outreach.tests.test_pages import handed
from tests.village import commune, on_duty

OWED = messages.Owed(
    "K7F3-9BCD", "Bản Tưởng Tượng", date(2026, 11, 20), date(2026, 12, 4), "Trạm y tế xã Giả Định"
)


def overdue(place, nurse, **more) -> Copy:
    copy, today = handed(place, nurse, **more), timezone.localdate()
    Copy.objects.filter(pk=copy.pk).update(issued_on=today - timedelta(days=9), until=today)
    copy.refresh_from_db()
    return copy


def counted(client, path, url):
    """The number beside a way through the product, in either menu."""
    told = client.get(path).context
    return next(
        way["count"] for way in (*told["navigation"], *told["account"]["ways"]) if way["url"] == url
    )


def test_a_reminder_says_which_copy_since_when_and_what_to_do():
    said = messages.reminder(OWED, date(2026, 12, 6))
    for part in ("K7F3-9BCD", "giao ngày 20/11/2026", "trước ngày 4/12/2026", "quá hạn 3 ngày",
                 "Trạm y tế xã Giả Định", "Nếu đã mất"):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("station", ["Trạm y tế xã Giả Định", "Trạm y tế " * 30])
def test_a_reminder_by_sms_is_one_part_of_plain_letters(station):
    owed = messages.Owed(OWED.serial, OWED.hamlet, OWED.issued, OWED.until, station)
    said = messages.reminder_sms(owed, date(2026, 12, 6))
    assert len(said) <= messages.LONGEST_SMS
    assert said.isascii()
    assert said.endswith("Dung chup, dung dua ai.")


def test_whoever_hands_lists_out_is_told_of_the_overdue_of_their_area(client, place, nurse):
    late = overdue(place, nurse)
    first = f"/coverage/unit/{place.unit.code}/"
    client.force_login(nurse)
    assert counted(client, "/lists/", "/lists/") == 1
    assert "1 bản danh sách quá hạn, chưa ai trả" in text(client.get(first))
    client.post(f"/lists/{late.pk}/close/", {"closing": "returned"})
    assert counted(client, "/lists/", "/lists/") == 0
    assert "quá hạn" not in text(client.get(first))
    overdue(place, nurse)
    client.force_login(on_duty("noi.khac", Role.CLINICIAN, commune("03387")))
    assert counted(client, "/lists/", "/lists/") == 0
    assert "quá hạn, chưa ai trả" not in text(client.get("/coverage/unit/03387/"))


def test_a_reminder_names_nobody_who_stands_on_the_list(client, place, nurse):
    late = overdue(place, nurse)
    client.force_login(nurse)
    page = client.get(f"/lists/{late.pk}/reminder/")
    assert f"Bản danh sách số {late.serial}" in text(page)
    said = text(page).replace(nurse.full_name, "")
    assert not {line.name for line in late.lines.all() if line.name in said}
    look = Look.objects.latest("id")
    assert (look.purpose, look.people) == ("outreach:reminder", [])
    assert f"/lists/{late.pk}/reminder/" in client.get("/lists/").content.decode()


def test_nobody_is_reminded_of_a_copy_that_is_not_late_or_not_theirs(client, place, nurse):
    client.force_login(nurse)
    copy = handed(place, nurse)
    answer = client.get(f"/lists/{copy.pk}/reminder/")
    assert answer.headers["Location"] == f"/lists/{copy.pk}/"
    client.force_login(on_duty("noi.khac", Role.CLINICIAN, commune("03387")))
    assert client.get(f"/lists/{copy.pk}/reminder/").status_code == 404


def test_whoever_keeps_a_copy_too_long_is_told_so_and_reads_nothing_of_it(
    client, place, nurse, head
):
    late = overdue(place, nurse, holder_user=head)
    client.force_login(head)
    page = client.get("/lists/held/")
    assert f"Bản {late.serial} đã quá hạn trả" in text(page)
    assert "quá hạn 1 ngày" in text(page)
    assert not {line.name for line in late.lines.all() if line.name in text(page)}
    assert counted(client, "/lists/held/", "/lists/held/") == 1
    first = client.get("/", follow=True)
    assert "1 bản danh sách bạn giữ đã quá hạn trả" in text(first)
    client.force_login(on_duty("khac", Role.HEAD, where=place))
    assert late.serial not in text(client.get("/lists/held/"))
