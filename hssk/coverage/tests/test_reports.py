"""Reports that are sent: figures alone, frozen, and what differs since then is said."""

from contextlib import nullcontext
from datetime import date

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.models import SentReport
from hssk.coverage.services import figures, sending
from hssk.people.models import Person
from hssk.places.models import Unit
from tests.village import MARCH, commune, hamlet, lives, on_duty, person, recorded, village

CITY, COMMUNE, OTHER = "12-105", "03403", "03387"
APRIL = date(2024, 4, 30)


def crowd(code, **sizes):
    """Hamlets of these many people; every other one has a record, every tenth waits."""
    states = ("yes", "no", "yes", "no", "ask", "no", "yes", "no", "yes", "yes")
    return village(
        "\n".join(
            f"{code} | {name.replace('_', ' ')} | {code} {name} {n} | {states[n % 10]} | app=1"
            for name, size in sizes.items()
            for n in range(size)
        )
    )


@pytest.fixture
def city(db):
    crowd(COMMUNE, Bản_Bốn=55, Bản_Ba=50, Bản_Nhỏ=12, Bản_Lớn=60)
    crowd(OTHER, Tổ_Một=50, Tổ_Hai=45)
    return Unit.objects.on(MARCH).get(code=CITY)


def made(unit, on=MARCH, against=sending.LAST):
    return sending.draft("progress", unit, on, on, against)


def send(unit, on=MARCH, **how):
    from django.utils import timezone

    by = on_duty(f"gui.{SentReport.objects.count()}")
    return sending.send(made(unit, on, **how), unit, by, timezone.now())


def by_name(content):
    from hssk.coverage.reports.content import lines_of

    return {line["name"]: line for _depth, line in lines_of(content)}


def test_a_report_tells_each_commune_and_each_hamlet_and_adds_up(city):
    content = made(city)
    assert content["counts"][:4] == ["expected", "found", "to_decide", "missing"]
    assert [line["name"] for line in content["lines"]] == ["Xã Sùng Phài", "Phường Tân Phong"]
    for line in (content["whole"], *content["lines"]):
        below = content["lines"] if line is content["whole"] else line["lines"]
        assert [sum(column) for column in zip(*(one["now"] for one in below), strict=True)] == line[
            "now"
        ]
    it = figures(city, MARCH).counts
    assert content["whole"]["now"][:4] == [it.expected, it.found, it.to_decide, it.missing]


def test_a_small_hamlet_is_told_with_another_in_every_report(city):
    names = [line["name"] for line in made(commune(COMMUNE))["lines"]]
    assert "Bản Nhỏ" not in names
    assert "2 nơi ít người, tính chung" in names


def test_a_report_is_compared_with_the_one_sent_before_as_it_was_sent(city):
    first = send(commune(COMMUNE))
    late = village(f"{COMMUNE} | Bản Lớn | Người Nhập Sau | yes")  # of March, known only now
    assert late
    second = made(commune(COMMUNE), APRIL)
    assert second["against"] == first.digest
    assert second["since"] == MARCH.isoformat()
    people, found = second["whole"]["before"]
    assert [people, found] == sending.content_of(first)["whole"]["now"][:2]
    assert second["whole"]["now"][0] == people + 1


def test_without_a_report_before_the_ledger_of_a_month_ago_is_what_it_is_compared_with(city):
    content = made(city, APRIL)
    assert (content["since"], content["against"]) == ("2024-03-30", "")
    assert made(city, APRIL, sending.WEEK)["since"] == "2024-04-23"


def test_what_was_sent_stays_and_a_later_correction_shows_as_a_difference(city):
    report = send(commune(COMMUNE))
    before = SentReport.objects.values("content", "digest").get()
    assert sending.differences_today(report) == []
    recorded(Person.objects.get(name=f"{COMMUNE} Bản_Lớn 1"), commune(COMMUNE))
    found = {
        (one.line, one.count): (one.sent, one.today) for one in sending.differences_today(report)
    }
    assert found[("Bản Lớn", "found")] == (30, 31)
    assert found[("Bản Lớn", "missing")] == (24, 23)
    assert ("Bản Bốn", "found") not in found
    assert SentReport.objects.values("content", "digest").get() == before


@pytest.mark.parametrize("act", ["UPDATE coverage_sentreport SET content = '{}'",
                                 "DELETE FROM coverage_sentreport"])  # fmt: skip
def test_nobody_changes_what_was_sent(city, act):
    send(city)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert SentReport.objects.count() == 1


def test_a_report_whose_digest_is_not_that_of_its_text_is_not_kept(city):
    report = send(city)
    report.pk, report.content = None, report.content.replace("Sùng Phài", "Sùng Phải")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        report.save(force_insert=True)
    assert isinstance(refused.value.__cause__, psycopg.errors.CheckViolation)


def test_a_place_of_few_people_has_no_report_of_its_own(client, db):
    crowd(COMMUNE, Bản_Nhỏ=12)
    client.force_login(on_duty())
    assert "dưới 30 người" in client.get(f"/reports/unit/{COMMUNE}/progress/?on={MARCH}").text


def test_the_chair_reads_the_reports_of_the_own_area_and_sends_none(client, city):
    mine, theirs = send(commune(COMMUNE)), send(commune(OTHER))
    client.force_login(on_duty("chu.tich", Role.CHAIR, commune(COMMUNE)))
    page = client.get("/reports/")
    assert f"/reports/{mine.pk}/" in page.text
    assert f"/reports/{theirs.pk}/" not in page.text
    assert client.get(f"/reports/{mine.pk}/").status_code == 200
    assert client.get(f"/reports/{theirs.pk}/").status_code == 404
    draft = f"/reports/unit/{COMMUNE}/progress/?on={MARCH}"
    assert "Chốt số liệu" not in client.get(draft).text
    assert client.post(draft, {"seen": mine.digest}).status_code == 404
    assert client.get(f"/reports/unit/{OTHER}/progress/?on={MARCH}").status_code == 404


def test_an_officer_sends_what_stood_on_the_page_and_nothing_else(client, city):
    client.force_login(on_duty("can.bo", Role.OFFICER, commune(COMMUNE)))
    draft = f"/reports/unit/{COMMUNE}/progress/?on={MARCH}"
    seen = client.get(draft).context["seen"]
    village(f"{COMMUNE} | Bản Lớn | Người Vừa Nhập | yes")
    assert "Số liệu vừa thay đổi" in client.post(draft, {"seen": seen}).text
    assert not SentReport.objects.exists()
    answer = client.post(draft, {"seen": client.get(draft).context["seen"]}, follow=True)
    report = SentReport.objects.get()
    assert report.sent_by.username == "can.bo"
    assert report.digest in answer.text
    assert "hôm nay vẫn như khi gửi" in answer.text


def test_a_report_names_nobody(client, city):
    report = send(city)
    client.force_login(on_duty("chu.tich", Role.CHAIR, city))
    names = set(Person.objects.values_list("name", flat=True))
    for address in (f"/reports/{report.pk}/", f"/reports/unit/{CITY}/progress/?on={MARCH}"):
        page = client.get(address).text
        assert not any(name in page for name in names)


def test_a_hamlet_that_emptied_stays_on_the_line_that_it_was_on(db):
    crowd(COMMUNE, Bản_Ba=50, Bản_Lớn=60, Bản_Tư=70)
    gone = [person(f"Người Đi {n}") for n in range(12)]
    for who in gone:
        lives(who, hamlet(COMMUNE, "Bản Nhỏ"), until=date(2024, 4, 10))
    then = figures(commune(COMMUNE), MARCH).children
    line = next(
        x for x in made(commune(COMMUNE), APRIL, sending.MONTH)["lines"] if len(x["keys"]) > 1
    )
    small = next(child for child in then if child.name == "Bản Nhỏ")
    assert small.key in line["keys"]
    assert line["before"][0] == 12 + 50 + 60


def chair_page(client, where):
    client.force_login(on_duty("chu.tich", Role.CHAIR, where))
    return client.get(f"/coverage/unit/{where.code}/?on={APRIL}")


def test_the_chair_reads_one_figure_for_each_hamlet_with_its_change(client, city):
    village(
        "\n".join(f"{COMMUNE} | Bản Lớn | Người Mới {n} | yes | since=2024-04-10" for n in range(8))
    )
    page = chair_page(client, commune(COMMUNE))
    rows = {row["label"]: row for row in page.context["rows"]}
    assert (rows["Bản Lớn"]["found"], rows["Bản Lớn"]["expected"]) == (38, 68)
    assert rows["Bản Lớn"]["change"] == 8
    assert rows["Bản Bốn"]["change"] == 0
    assert "+8 từ 1/4/2024" in " ".join(page.text.split())


def test_the_trend_says_what_each_day_s_own_figure_says(client, city):
    village(f"{COMMUNE} | Bản Lớn | Người Mới | yes | since=2024-03-10")
    points = chair_page(client, commune(COMMUNE)).context["points"]
    assert [point.day for point in points][-2:] == [date(2024, 4, 1), APRIL]
    for point in points:
        it = figures(commune(COMMUNE), point.day).counts
        assert (point.found, point.expected) == (it.found, it.expected)


def test_the_chair_is_told_what_to_do_next_and_nobody_s_name(client, city):
    page = chair_page(client, commune(COMMUNE))
    steps = page.context["steps"]
    assert any(step.startswith("Bản Lớn còn thiếu nhiều nhất") for step in steps)
    assert any("đang chờ xác nhận" in step for step in steps)
    names = set(Person.objects.values_list("name", flat=True))
    assert not any(name in page.text for name in names)


def test_a_place_that_lost_records_is_asked_about(client, city):
    from hssk.people.models import Holding

    lost = Person.objects.get(name=f"{COMMUNE} Bản_Bốn 0")
    Holding.objects.filter(person=lost).update(until=date(2024, 4, 10))
    steps = chair_page(client, commune(COMMUNE)).context["steps"]
    assert any(step.startswith("Bản Bốn có ít hơn trước 1 người") for step in steps)


def test_the_chair_s_page_asks_few_questions(client, city, django_assert_max_num_queries):
    chair_page(client, commune(COMMUNE))
    with django_assert_max_num_queries(40):
        client.get(f"/coverage/unit/{COMMUNE}/?on={APRIL}")


def test_a_day_before_any_list_puts_no_places_together(city):
    """Records are older than lists: then a place is known in which nobody is."""
    from hssk.coverage.services.reporting import ledger_before, progress

    early = date(2023, 1, 1)
    for code in (COMMUNE, OTHER):
        recorded(person(f"Ai Đó {code}"), commune(code), early)
    content = progress(city, MARCH, ledger_before(early), MARCH)
    lines = by_name(content)
    assert {"Xã Sùng Phài", "Phường Tân Phong", "Tổ Một", "Tổ Hai"} <= set(lines)
    assert lines["Xã Sùng Phài"]["before"] is None


@pytest.mark.parametrize("kind", ["progress", "quality"])
def test_a_sentence_says_that_nothing_changed_and_not_that_nobody_has_a_record(city, kind):
    from hssk.coverage.services.kinds import told

    since = next(
        s for s in told(sending.draft(kind, city, MARCH, MARCH)).lead if "So với ngày" in s
    )
    assert "không đổi" in since
    assert "0 người" not in since
    late = Person.objects.get(name=f"{COMMUNE} Bản_Lớn 1")
    recorded(late, commune(COMMUNE), date(2024, 3, 20))
    if kind == "progress":
        assert "số người có hồ sơ tăng 1." in " ".join(
            told(sending.draft(kind, city, MARCH, MARCH)).lead
        )


@pytest.mark.parametrize(
    ("role", "of", "may"),
    [
        (Role.CLERK, "03403", True),
        (Role.CLERK, "03387", False),
        (Role.CLINICIAN, "03403", False),
        (Role.CHAIR, "03403", False),
    ],
)
def test_raw_sql_sends_a_report_of_nobody_else_s_unit_and_in_no_other_duty(db, role, of, may):
    user = on_duty("ai.do", role, commune("03403"))
    about = commune(of).pk
    text = "{}"
    added = (
        'INSERT INTO coverage_sentreport (exact, kind, unit_id, "on", sent_by_id, sent_at, digest,'
        " content) VALUES (false, 'found', %s, '2024-03-31', %s, now(),"
        " encode(sha256(convert_to(%s, 'UTF8')), 'hex'), %s)"
    )
    refused = nullcontext() if may else pytest.raises(DatabaseError, match="row-level security")
    with refused, within(access_of(user, MARCH)), connection.cursor() as cursor:
        cursor.execute(added, [about, user.pk, text, text])
