"""The plan as a paper, and the campaign as the chair sees it: nothing that figures do not tell."""

import io
import re
from datetime import timedelta

import docx
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from hssk.access.rights import Role
from hssk.outreach.reports.plan import plan_file, plan_paper
from hssk.outreach.services.closing import DaySaid, close_day
from hssk.outreach.services.planning import (
    SessionSaid,
    campaign_told,
    costs,
    ground_of,
    make_session,
)
from hssk.outreach.tests.closing import opened, session_to, settle
from hssk.outreach.tests.place import CODE
from hssk.people.models import Person
from hssk.places.models import Hamlet, Unit
from tests.village import hamlet, lives, on_duty, person


@pytest.fixture
def officer(db):
    return on_duty("can.bo", full_name="Vàng A Cán Bộ")


@pytest.fixture
def campaign(officer):
    campaign = opened(settle(), officer)
    session_to(campaign, officer, "Bản Một", days=3, expected={hamlet(CODE, "Bản Một").pk: 10})
    session_to(campaign, officer, "Bản Nhỏ", days=4, expected={hamlet(CODE, "Bản Nhỏ").pk: 2})
    return campaign


@pytest.fixture
def told(campaign, officer):
    return campaign_told(campaign, timezone.localdate(), by=officer)


def words(text):
    return re.sub(r"\s+", "", text)


def text_of(paper):
    parts = []
    for block in [*paper.body, *paper.annexes]:
        if hasattr(block, "rows"):
            parts += [cell.text for row in block.rows for cell in row.cells]
        else:
            parts.append(getattr(block, "text", block))
    return parts


def test_a_small_hamlet_stands_in_the_plan_as_the_average_of_its_line(campaign, told, officer):
    exact = ground_of(campaign, told.on, told.on)
    left = {place.name: place.remaining for place in exact.places}
    assert left == {"Bản Một": 30, "Bản Hai": 20, "Bản Nhỏ": 6, "Bản Con": 10}
    assert {place.name: place.remaining for place in told.ground.places} == {
        "Bản Một": 30, "Bản Hai": 20, "Bản Nhỏ": 8, "Bản Con": 8}  # fmt: skip
    assert (told.ground.found, told.ground.wanted) == (exact.found, exact.wanted)
    assert [one.expected for one in told.sessions] == [10, 2]  # 35 % of eight
    assert told.shared == 1


def test_what_is_expected_of_each_session_adds_up_to_what_is_foretold(
    client, campaign, officer
):  # fmt: skip
    """Whatever was planned when less was known of who comes: one page says one number."""
    session_to(campaign, officer, "Bản Hai", days=5, expected={hamlet(CODE, "Bản Hai").pk: 19})
    told = campaign_told(campaign, timezone.localdate(), by=officer)
    assert [one.expected for one in told.sessions] == [10, 2, 7]
    assert sum(one.expected for one in told.ahead) == told.forecast.reached[1]
    client.force_login(officer)
    page = client.get(f"/sessions/campaigns/{campaign.pk}/")
    assert [line["expected"] for line in page.context["sessions"]] == [10, 2, 7]


def test_a_session_of_no_part_of_it_that_is_foretold_too_is_said(client, campaign, officer):
    where = hamlet(CODE, "Bản Hai")
    said = SessionSaid(unit=campaign.unit, hamlets=[where.pk], place="Trạm y tế", staff="Y tá",
                       on=timezone.localdate() + timedelta(days=6))  # fmt: skip
    make_session(said, by=officer, at=timezone.now())
    told = campaign_told(campaign, timezone.localdate(), by=officer)
    assert sum(one.expected for one in told.ahead) < told.forecast.reached[1]
    words_ = "Đã tính cả 1 buổi lập ngoài chiến dịch này."
    assert words_ in text_of(plan_paper(told, [], timezone.now()))
    client.force_login(on_duty("chu.tich", Role.CHAIR, campaign.unit))
    assert words_ in client.get(reverse("plans:progress", args=[campaign.pk])).text


def test_who_came_is_told_of_larger_hamlets_alone(campaign, officer):
    for name in ("Bản Một", "Bản Nhỏ"):
        session = (
            session_to(campaign, officer, name, days=0)
            if name == "Bản Một"
            else campaign.sessions.last()
        )
        if name == "Bản Nhỏ":
            campaign.sessions.filter(pk=session.pk).update(on=timezone.localdate(), team=None)
            session.refresh_from_db()
        close_day(session, DaySaid(came={session.stops.get().hamlet_id: 4}, began=session.begins,
                                   ended=session.ends), by=officer, at=timezone.now())  # fmt: skip
    told = campaign_told(campaign, timezone.localdate(), by=officer)
    assert {one.hamlets[0]: one.came for one in told.held} == {"Bản Một": 4, "Bản Nhỏ": None}


def test_pdf_and_word_say_all_of_the_plan_in_the_layout_of_offices(told, campaign):
    now, lines = timezone.now(), costs(campaign, [one.session for one in told.sessions])
    paper = plan_paper(told, lines, now)
    pdf = pypdf.PdfReader(io.BytesIO(plan_file(told, lines, "pdf", now)))
    printed = words(" ".join(page.extract_text() for page in pdf.pages))
    file = docx.Document(io.BytesIO(plan_file(told, lines, "docx", now)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    typed = words(" ".join([*(one.text for one in file.paragraphs), *cells]))
    for part in [*text_of(paper), "KẾ HOẠCH", "PHỤ LỤC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                 "Số: /KH-TYT", "(Kèm theo Kế hoạch số /KH-TYT ngày tháng năm"]:  # fmt: skip
        assert words(part) in printed, part
        assert words(part) in typed, part
    assert file.styles["Normal"].font.name == "Times New Roman"
    faces = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("LiberationSerif" in face for face in faces)
    sizes = [
        tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pdf.pages
    ]
    assert (sizes[0], sizes[-1]) == ((210, 297), (297, 210))
    said = " ".join(text_of(paper))
    assert "BS Vàng, ĐD Lò" in said
    assert "1.100.000" in said  # two sessions, two hamlets, once
    assert not any(name in said for name in Person.objects.values_list("name", flat=True))


def test_the_planner_takes_the_plan_along_once_there_is_a_session(client, officer, campaign):
    client.force_login(officer)
    assert "Kế hoạch (Word)" in client.get(f"/sessions/campaigns/{campaign.pk}/").text
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/sessions/campaigns/{campaign.pk}/plan.{kind}")
        assert answer.content.startswith(start)
        assert f".{kind}" in answer.headers["Content-Disposition"]
    campaign.sessions.update(state="cancelled", closed_at=timezone.now(), closed_by=officer)
    page = client.get(f"/sessions/campaigns/{campaign.pk}/plan.pdf", follow=True)
    assert "chưa có buổi nào" in page.text


def test_the_chair_reads_goal_outlook_and_sessions_and_nothing_personal(client, officer, campaign):
    chair = on_duty("chu.tich", Role.CHAIR, campaign.unit)
    client.force_login(chair)
    home = client.get(reverse("plans:overview"))
    assert reverse("plans:overview") in {way["url"] for way in home.context["navigation"]}
    page = client.get(reverse("plans:progress", args=[campaign.pk])).text
    for words_ in ("95 %", "Cần thêm để đạt", "Nhà văn hóa Bản Một", "Bản Nhỏ", "Dự kiến", "Đội 1"):
        assert words_ in page.replace("\N{NO-BREAK SPACE}", " "), words_
    assert "ĐD Lò" not in page
    assert not any(name in page for name in Person.objects.values_list("name", flat=True))
    assert client.get(f"/sessions/campaigns/{campaign.pk}/").status_code == 403
    assert client.get(f"/sessions/campaigns/{campaign.pk}/plan.pdf").status_code == 403


def test_the_counts_of_who_sees_no_row_are_those_of_who_does(client, officer, campaign):
    """Who is away is set aside by reading rows: for the chair as well."""
    from hssk.people.models import Residence

    Residence.objects.filter(person__name="Lò Một A").update(away=True)
    pages = []
    for user in (officer, on_duty("chu.tich", Role.CHAIR, campaign.unit)):
        client.force_login(user)
        pages.append(client.get(reverse("plans:progress", args=[campaign.pk])).context["facts"])
    assert pages[0] == pages[1]
    assert pages[0][1]["value"] == 65  # all who are left, though averages lose some
    assert pages[0][2]["value"] == 1


def test_of_anothers_campaign_one_sees_the_sessions_of_ones_own_area(client, officer, campaign):
    where = hamlet(CODE, "Bản Hai")
    client.force_login(on_duty("truong.ban", Role.HEAD, where=where))
    address = reverse("plans:progress", args=[campaign.pk])
    assert client.get(address).status_code == 404
    session_to(campaign, officer, "Bản Hai", days=5)
    session_to(campaign, officer, "Bản Hai", "Bản Một", days=6, expected={
        where.pk: 3, hamlet(CODE, "Bản Một").pk: 9})  # fmt: skip
    page = client.get(address)
    assert "Bao giờ đạt" not in page.text
    assert [line["one"].expected for line in page.context["ahead"]] == [7, None]
    assert "Nhà văn hóa Bản Nhỏ" not in page.text


def test_a_campaign_of_a_ward_gives_no_small_one_beside_it_away(client, officer, campaign):
    small = Unit.objects.on(timezone.localdate()).filter(parent=campaign.unit.parent)
    other = small.exclude(pk=campaign.unit.pk).filter(level=Unit.COMMUNE).first()
    lives(person("Lò Một Mình"), Hamlet.objects.create(unit=other, name="Tổ Bé", key="to be"))
    address = reverse("plans:progress", args=[campaign.pk])
    client.force_login(on_duty("tinh", Role.PROVINCE, campaign.unit.parent))
    page = client.get(address)
    assert "facts" not in page.context
    assert "tính chung với nơi ít người" in page.text
    assert {line["one"].expected for line in page.context["ahead"]} == {None}
    client.force_login(on_duty("chu.tich", Role.CHAIR, campaign.unit))
    assert "facts" in client.get(address).context
