"""The pages of organisations: figures for their contact, a list by its door, work for health staff."""

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.coverage.tests.test_screens import text
from hssk.exchange.models import MemberFile
from hssk.kit.home import Home
from hssk.outreach.models import Contact
from hssk.people.models import Listing, Membership
from hssk.people.services import Event, open_care
from hssk.places.models import Organisation
from hssk.places.services import make_organisation
from tests.village import JANUARY, commune, on_duty, village

NUMBER = "012151000001"


@pytest.fixture
def school(place, people):
    """All forty of a hamlet belong to it, half of them without a record; and one elsewhere."""
    one = make_organisation(name="Trường Bịa", kind="school", unit=place.unit, since=JANUARY)
    far = village("03404 | Bản Xa | Phàn Thị Xa | no")
    for row, who in enumerate([*people.values(), *far.values()]):
        Membership.objects.create(organisation=one, person=who.pk, since=JANUARY, source=1, row=row)
    return one


@pytest.fixture
def clerk(place):
    return on_duty("van.thu", Role.CLERK, unit=place.unit)


def workbook(folder):
    """A list of two, one of whom bears the number of a resident."""
    path = folder / "hoi.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("STT", "Họ và tên", "Năm sinh", "Số CCCD"))
        sheet.write_row(1, 0, (1, "Lò Thị B", 1951, NUMBER))
        sheet.write_row(2, 0, (2, "Ai Không Biết", 1980, ""))
    return SimpleUploadedFile(path.name, path.read_bytes())


def as_(client, user):
    client.force_login(user)
    return client


def page(client, school, which=""):
    return client.get(f"/organisations/{school.pk}/{which}")


def test_the_contact_sees_figures_and_what_to_do_and_nobody_s_name(client, school, people):
    as_(client, on_duty("dau.moi", Role.ORGANISATION_CONTACT, of=school))
    answer = client.get("/organisations/", follow=True)
    said = text(answer)
    assert answer.redirect_chain == [(f"/organisations/{school.pk}/", 302)]
    assert "Có trong danh sách dân 41" in said
    assert "Đã có hồ sơ 20" in said
    assert "Việc của đầu mối" in said
    assert not any(name in answer.text for name in people)
    for way in ("work/", "members/"):
        assert page(client, school, way).status_code == 403
    other = make_organisation(name="Hội Bịa", kind="union", unit=school.unit, since=JANUARY)
    assert page(client, other).status_code == 404
    assert client.get("/").status_code == 403


def test_of_few_members_whoever_sees_no_row_is_told_nothing(client, school):
    Membership.objects.filter(row__gte=29).delete()
    as_(client, on_duty("chu.tich", Role.CHAIR, unit=school.unit))
    assert "dưới 30 người" in text(client.get("/organisations/"))
    assert "không được nêu" in text(page(client, school))


def test_of_two_that_differ_in_few_people_the_smaller_tells_nothing(client, school, people):
    """A school of forty and its union of 38: one from the other is how two people stand."""
    union = make_organisation(name="Công đoàn", kind="union", unit=school.unit, since=JANUARY)
    for row, who in enumerate([*people.values()][:38]):
        Membership.objects.create(organisation=union, person=who.pk, since=JANUARY, source=2,
                                  row=row)  # fmt: skip
    as_(client, on_duty("chu.tich", Role.CHAIR, unit=school.unit))
    said = text(client.get("/organisations/"))
    assert "gần trùng một tổ chức khác: không nêu số liệu" in said
    assert "20" in text(page(client, school))
    assert "chỉ khác một tổ chức bạn cũng xem ở ít người" in text(page(client, union))
    as_(client, on_duty("dau.moi", Role.ORGANISATION_CONTACT, of=union))  # who sees this one alone
    assert "Đã có hồ sơ 19" in text(page(client, union))


def test_health_staff_work_from_the_members_of_their_area_and_elsewhere_is_a_number(
    client, nurse, school, people
):
    answer = page(as_(client, nurse), school, "work/")
    said = text(answer)
    assert "10 hộ, 20 người" in said
    assert "Ở các xã, phường khác: dưới 5 người" in said
    assert "Phàn Thị Xa" not in said
    assert people["Lò Thị A"].pk in Look.objects.latest("id").people
    back = client.post(
        f"/lists/work/{people['Lò Thị A'].pk}/",
        {"list": "organisation", "organisation": school.pk, "kind": "absent", "words": "đi rẫy"},
    )
    assert back.url.startswith(f"/organisations/{school.pk}/work/?")
    assert Contact.objects.get().kind == "absent"


def test_a_commune_whose_people_do_not_belong_there_sees_nothing_of_it(client, school):
    commune("03405")
    as_(client, on_duty("xa.khac", Role.CLINICIAN, unit=commune("03405")))
    assert page(client, school).status_code == 404
    assert "Chưa có tổ chức nào" in text(client.get("/organisations/"))


def test_care_of_one_member_shows_no_organisation_of_elsewhere(client, school, people):
    doctor = on_duty("bac.si", Role.CLINICIAN, unit=commune("03405"))
    who = people["Lò Thị A"].pk
    open_care(who, commune("03405"), Event.VISIT, at=timezone.now(), actor=doctor)
    as_(client, doctor)
    assert page(client, school).status_code == 404
    assert "Chưa có tổ chức nào" in text(client.get("/organisations/"))


def test_a_clerk_makes_one_sends_its_list_writes_it_and_takes_it_back(
    client, clerk, people, tmp_path, settings
):
    settings.HOME = Home(tmp_path / "home").open()
    as_(client, clerk)
    unit = clerk.posts.get().unit
    assert "Thêm tổ chức" in text(client.get("/organisations/"))
    made = client.post(
        "/organisations/new/", {"name": "Hội Bịa", "kind": "union", "unit": f"x · {unit.code}"}
    )
    one = Organisation.objects.get()
    assert made.url == f"/organisations/{one.pk}/"
    Listing.objects.filter(person=people["Lò Thị B"].pk).update(pid=NUMBER)
    assert "Tải bảng mẫu" in text(page(client, one, "members/"))
    assert client.get("/organisations/blank.xlsx").status_code == 200
    sent = client.post(
        f"/organisations/{one.pk}/members/",
        {"upload": workbook(tmp_path), "on": "31/3/2024", "whole": "on"}, follow=True,
    )  # fmt: skip
    file = MemberFile.objects.get()
    said = text(sent)
    assert "Không có trong danh sách dân 1" in said
    assert "1 người được ghi là thành viên" in said
    assert people["Lò Thị B"].pk in Look.objects.latest("id").people
    shown = client.get(f"/organisations/members/{file.pk}/").context["plan"].digest
    client.post(f"/organisations/members/{file.pk}/act/", {"shown": shown})
    assert Membership.objects.get().person == people["Lò Thị B"].pk
    client.post(f"/organisations/members/{file.pk}/act/", {"act": "undo"})
    assert not Membership.objects.exists()


def test_a_file_of_another_commune_s_organisation_is_not_there(client, clerk, school):
    far = make_organisation(name="Hội Xa", kind="union", unit=commune("03404"), since=JANUARY)
    file = MemberFile.objects.create(
        organisation=far, on=JANUARY, file_name="x", digest="x", size=0, actor=clerk,
        created_at="2024-01-01T00:00Z",
    )  # fmt: skip
    as_(client, clerk)
    assert client.get(f"/organisations/members/{file.pk}/").status_code == 404
    assert page(client, far, "members/").status_code == 404
