"""The end of a session's day: what is written down, what it costs, what is reported and stays so."""

import io
import re
from datetime import time, timedelta

import docx
import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.kit.official.kept import canonical, read
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import DayReport, Kind, Session
from hssk.outreach.reports.day import day_content, day_file, day_told, today_otherwise
from hssk.outreach.services import record_outcome
from hssk.outreach.services.closing import DaySaid, close_day, send_day, usual_spending
from hssk.outreach.services.daybooks.checking_in import came
from hssk.outreach.services.planning import costs
from hssk.outreach.tests.closing import opened, session_to, settle
from hssk.outreach.tests.place import CODE
from hssk.people.models import Person
from tests.village import commune, hamlet, on_duty


@pytest.fixture
def unit(db):
    return settle()


@pytest.fixture
def officer(unit):
    return on_duty("can.bo", full_name="Vàng A Cán Bộ")


@pytest.fixture
def campaign(unit, officer):
    return opened(unit, officer)


@pytest.fixture
def session(campaign, officer):
    one, small = hamlet(CODE, "Bản Một").pk, hamlet(CODE, "Bản Nhỏ").pk
    return session_to(campaign, officer, "Bản Một", "Bản Nhỏ", expected={one: 14, small: 2})


def said(session, **more):
    came = {stop.hamlet_id: n for stop, n in zip(session.stops.all(), (11, 3), strict=True)}
    return DaySaid(**{"came": came, "began": time(7), "ended": time(15), **more})


def closed(session, by, **more):
    close_day(session, said(session, **more), by=by, at=timezone.now())
    return day_content(session, by=by, today=timezone.localdate())


def met(officer, place, *kinds):
    """Somebody of the hamlet without a record for each of these outcomes, today."""
    by = access_of(officer, timezone.localdate())
    name = f"Lò {place.split()[1]} "
    people = [
        one
        for n, one in enumerate(Person.objects.filter(name__startswith=name).order_by("birth_on"))
        if n % 2 == 0
    ]
    for person, kind in zip(people, kinds, strict=False):
        record_outcome(person.pk, kind, on=by.day, by=by,
                       **({"why": "bận"} if kind is Kind.REFUSED else {}))  # fmt: skip


def test_a_day_that_is_closed_says_hours_costs_and_what_came_of_it(session, officer, campaign):
    assert usual_spending(session) == {"Bồi dưỡng": 150_000, "Xăng xe": 100_000}
    closed(session, officer, spent={"Bồi dưỡng": 120_000, "Xăng xe": 0, "Thuê loa": 80_000})
    session.refresh_from_db()
    assert (session.state, [stop.came for stop in session.stops.all()]) == ("held", [11, 3])
    lines = {line.name: (line.sum, line.spent) for line in costs(campaign, campaign.sessions.all())}
    assert lines == {"Bồi dưỡng": (150_000, 120_000), "Xăng xe": (100_000, 0),
                     "Tờ rơi": (700_000, 0), "Thuê loa": (0, 80_000)}  # fmt: skip
    closed(session, officer, spent={"Bồi dưỡng": 130_000})
    assert [(one.name, one.amount) for one in session.spendings.all()] == [("Bồi dưỡng", 130_000)]


def test_what_went_wrong_names_nobody_and_hours_go_forward(session, officer):
    who = Person.objects.filter(name__startswith="Lò Một ").first()
    for words in (f"Nhà {who.name.upper()} không cho vào", f"gặp {who.name}, mất điện"):
        with pytest.raises(CannotPlan, match="tên một người dân"):
            closed(session, officer, problems=words)
    with pytest.raises(CannotPlan, match="Giờ về"):
        closed(session, officer, ended=time(6))
    session.refresh_from_db()
    assert session.state == "planned"
    assert (
        closed(session, officer, problems="Mất điện một tiếng")["problems"] == "Mất điện một tiếng"
    )


def test_of_a_small_hamlet_no_figure_stands_in_the_report(session, officer):
    met(officer, "Bản Nhỏ", Kind.REFUSED)
    content = closed(session, officer)
    assert [line["name"] for line in content["lines"]] == ["Bản Một"]
    assert content["lines"][0]["expected"] is None  # of a day's capacity it would tell the rest
    assert content["outcomes"] == {"told": {}, "rest": 0}
    assert "1 tổ, bản ít người không nêu số" in " ".join(
        block for block in day_told(content) if isinstance(block, str)
    )


def test_outcomes_and_reasons_of_few_people_stand_as_one_and_all_adds_up(session, officer):
    met(officer, "Bản Một", *[Kind.ABSENT] * 6, Kind.REFUSED, Kind.NO_PHONE, Kind.RECORD_MADE)
    content = closed(session, officer)
    assert content["outcomes"] == {"told": {}, "rest": 8}
    [line] = content["lines"]
    reasons = content["reasons"]
    assert sum(reasons["told"].values()) + reasons["rest"] == line["left"] == 29
    assert (line["made"], line["met"]) == (11, 8)


def test_who_died_left_or_is_known_by_nobody_is_among_what_the_day_brought(session, officer):
    met(officer, "Bản Một", Kind.DIED, Kind.MOVED, Kind.UNKNOWN, Kind.ABSENT, Kind.RECORD_MADE)
    [line] = closed(session, officer)["lines"]
    assert (line["met"], line["left"]) == (4, 26)
    assert [(one.made, one.met) for one in came(session)] == [(1, 4), (0, 0)]


def test_what_was_sent_stays_and_a_correction_shows_as_what_it_would_say_today(session, officer):
    content = closed(session, officer)
    report = send_day(session, content, by=officer, at=timezone.now())
    assert report.content == canonical(content)
    today = timezone.localdate()
    assert today_otherwise(report, by=officer, today=today) == []
    closed(session, officer, came={stop.hamlet_id: 12 for stop in session.stops.all()})
    assert any("Lập hồ sơ: 12" in line for line in today_otherwise(report, by=officer, today=today))
    assert read(DayReport.objects.get().content) == content
    for change in (
        lambda: DayReport.objects.update(content="{}"),
        lambda: DayReport.objects.all().delete(),
        lambda: DayReport.objects.create(session=session, content="{}", digest="0" * 64,
                                         sent_by=officer, sent_at=timezone.now()),
    ):  # fmt: skip
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


def words(text):
    return re.sub(r"\s+", "", text)


def test_page_paper_and_word_file_say_the_same(client, session, officer):
    content = closed(session, officer, problems="Mất điện", spent={"Bồi dưỡng": 120_000})
    report = send_day(session, content, by=officer, at=timezone.now())
    client.force_login(officer)
    page = words(re.sub(r"<[^>]+>", " ", client.get(f"/sessions/reports/{report.pk}/").text))
    pdf = words(
        " ".join(
            p.extract_text() for p in pypdf.PdfReader(io.BytesIO(day_file(report, "pdf"))).pages
        )
    )
    paper = docx.Document(io.BytesIO(day_file(report, "docx")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    word = words(" ".join([*(one.text for one in paper.paragraphs), *cells]))
    for block in day_told(content):
        said_ = [getattr(block, "text", block)] if not hasattr(block, "rows") else [
            cell.text for row in block.rows for cell in row.cells]  # fmt: skip
        for one in said_:
            assert all(words(one) in where for where in (page, pdf, word)), one
    assert report.digest in pdf
    assert report.digest in word
    assert day_file(report, "pdf") == day_file(report, "pdf")


def test_a_sent_report_is_read_by_who_sees_the_figures_of_its_hamlets(client, session, officer):
    report = send_day(session, closed(session, officer), by=officer, at=timezone.now())
    address = reverse("plans:sent-day", args=[report.pk])
    for user, status in (
        (on_duty("chu.tich", Role.CHAIR, session.unit), 200),
        (on_duty("noi.khac", Role.CHAIR, commune("03404")), 404),
        (on_duty("truong.ban", Role.HEAD, where=hamlet(CODE, "Bản Một")), 404),
        (on_duty("quan.tri", Role.ADMINISTRATOR), 403),
    ):
        client.force_login(user)
        page = client.get(address)
        assert page.status_code == status, user
        assert not any(one in page.text for one in Person.objects.values_list("name", flat=True))


def test_closing_is_a_form_filled_from_the_day_and_the_report_is_one_click_on(
    client, session, officer
):
    met(officer, "Bản Một", Kind.RECORD_MADE, Kind.RECORD_MADE)
    client.force_login(officer)
    address = reverse("plans:close-day", args=[session.pk])
    form = client.get(address).context["form"]
    started = {bound.name: bound.value() for bound in form}
    one, small = (stop.hamlet_id for stop in session.stops.all())
    assert (started[f"came-{one}"], started[f"came-{small}"]) == (2, 0)
    assert (started["began"], started["spent-0"], started["spent-1"]) == (
        "07:30",
        "150.000",
        "100.000",
    )
    posted = {name: value for name, value in started.items() if value is not None}
    wrong = client.post(address, {**posted, "much-0": "5.000"})
    assert "chi cho việc gì" in wrong.text
    page = client.post(address, {**posted, "more-0": "Thuê loa", "much-0": "5.000"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("plans:day-report", args=[session.pk])
    assert "Thuê loa" in page.text
    told = " ".join(page.text.split())
    assert "2 hồ sơ của ngày này chưa có trong phần mềm đang dùng" in told
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    report = reverse("plans:day-report", args=[session.pk])
    assert not DayReport.objects.exists()
    assert "chưa gửi gì" in client.post(report, {"seen": "x"}).text
    sent = client.post(report, {"seen": seen}, follow=True)
    assert DayReport.objects.get().digest in sent.text


def test_a_session_that_is_not_closed_or_cancelled_has_no_report(client, session, officer):
    client.force_login(officer)
    page = client.get(reverse("plans:day-report", args=[session.pk]), follow=True)
    assert "chưa kết thúc" in page.text
    Session.objects.update(state="cancelled", closed_at=timezone.now(), closed_by=officer)
    gone = client.get(reverse("plans:close-day", args=[session.pk]))
    assert gone.status_code == 302


def test_a_book_that_comes_home_after_the_end_is_told_till_the_end_is_said_anew(
    client, session, officer
):
    one, small = (stop.hamlet_id for stop in session.stops.all())
    noon = timezone.now() - timedelta(seconds=5)
    close_day(session, said(session, came={one: 0, small: 0}), by=officer, at=noon)
    client.force_login(officer)
    report, end = (reverse(f"plans:{name}", args=[session.pk])
                   for name in ("day-report", "close-day"))  # fmt: skip
    told = "kết quả của ngày đã đổi: Bản Một: 2 hồ sơ."
    assert "đã đổi" not in client.get(report).text
    met(officer, "Bản Một", Kind.RECORD_MADE, Kind.RECORD_MADE)
    for page in (report, reverse("plans:session", args=[session.pk])):
        assert told in " ".join(client.get(page).text.split())
    form = client.get(end).context["form"]
    assert [bound.value() for bound in form.came()] == [2, 0]
    assert "Lần kết thúc trước ghi 0." in form[f"came-{one}"].help_text
    posted = {bound.name: value for bound in form if (value := bound.value()) is not None}
    page = client.post(end, posted, follow=True)
    assert "lập hồ sơ cho 2 người" in " ".join(page.text.split())
    assert "đã đổi" not in page.text
