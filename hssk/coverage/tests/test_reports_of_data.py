"""Reports of the quality of data and of first contact: what the register says, as figures."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from hssk.access.models import User
from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.access.services.scope import within
from hssk.coverage.models import SentReport
from hssk.coverage.reports.facilities import facilities as told
from hssk.coverage.reports.telling import numbers_of
from hssk.coverage.services import figures, ground_of, sending
from hssk.coverage.services.kinds import kinds
from hssk.coverage.services.quality import doubtful
from hssk.coverage.services.registered import registered as registered_of
from hssk.coverage.tests.test_report_files import as_all_ways
from hssk.coverage.tests.test_reports import (  # noqa: F401 - the fixture
    APRIL,
    CITY,
    COMMUNE,
    OTHER,
    by_name,
    city,
)
from hssk.people.models import How, Identifier, Listing, Person, Verification
from hssk.places.models import Facility
from tests.village import MARCH, commune, hamlet, on_duty, recorded


def draft(kind, unit, on=MARCH, against=sending.LAST):
    return sending.draft(kind, unit, on, on, against)


def send(kind, unit):
    by = on_duty(f"gui.{SentReport.objects.count()}")
    return sending.send(draft(kind, unit), unit, by, timezone.now())


def whole_of(content):
    return numbers_of(content, content["whole"])


def born(name, year, sex=1, number="", since=date(2024, 1, 1), **facts):
    """Somebody of the village with a birth date and a number stated of them."""
    who = Person.objects.get(name=name)
    who.birth_on, who.birth_precision, who.sex = date(year, 5, 2), "D", sex
    who.save()
    if number:
        Identifier.objects.create(person=who, kind="pid", value=number, since=since, **facts)
    return who


@pytest.fixture
def people(city):  # noqa: F811
    """In Bản Lớn: 0 is right, the number of 1 is of a woman, that of 2 of another year, 3 has none,
    4 is older than anybody; of all the others nothing is known."""
    at = f"{COMMUNE} Bản_Lớn"
    born(f"{at} 0", 1980, 1, "012080000001")
    born(f"{at} 1", 1980, 1, "012180000002")
    born(f"{at} 2", 1980, 1, "012081000003")
    born(f"{at} 3", 1980)
    born(f"{at} 4", 1900, 2, "012100000004")
    born(f"{at} 6", 1990, 1, "012090000005", status="cancelled")
    born(f"{at} 8", 1990, 1, "012090000006", since=date(2024, 4, 10))
    return city


def test_numbers_and_ages_are_judged_person_by_person(people):
    of = doubtful(ground_of(commune(COMMUNE), MARCH), MARCH)[hamlet(COMMUNE, "Bản Lớn").pk]
    assert (of["wrong_number"], of["no_number"]) == (2, 60 - 4)
    assert of["odd_age"] == 60 - 6  # 4 is of 124 years; the birth of the others is not known
    assert of["flawed"] == 59


def test_a_number_that_fits_is_enough_whatever_else_is_stated(people):
    who = Person.objects.get(name=f"{COMMUNE} Bản_Lớn 1")
    Identifier.objects.create(person=who, kind="pid", value="012080000009", since=MARCH)
    assert whole_of(draft("quality", commune(COMMUNE)))["wrong_number"] == 1


def test_the_report_of_quality_says_what_the_ledger_counts_and_adds_up(people):
    recorded(Person.objects.get(name=f"{COMMUNE} Bản_Lớn 0"), commune(COMMUNE))
    Listing.objects.filter(person__name=f"{COMMUNE} Bản_Lớn 7").update(until=date(2024, 3, 1))
    content = draft("quality", people)
    it, ledger = whole_of(content), figures(people, MARCH).counts
    for count in ("verified", "complete", "to_decide", "unlisted", "duplicates"):
        assert it[count] == getattr(ledger, count)
    assert (it["duplicates"], it["unlisted"]) == (1, 1)
    for line in content["lines"]:
        for count, place in (("flawed", 1), ("unlisted", content["counts"].index("unlisted"))):
            inner = [below["now"][place] for below in line["lines"]]
            assert sum(inner) == numbers_of(content, line)[count]
    hamlets = [below for line in content["lines"] for below in line["lines"]]
    assert {numbers_of(content, below)["duplicates"] for below in hamlets} == {None}


def test_quality_is_compared_with_what_was_sent_and_with_the_ledger(people):
    sent = send("quality", commune(COMMUNE))
    later = draft("quality", commune(COMMUNE), APRIL)
    assert later["against"] == sent.digest
    was = dict(zip(later["compared"], later["whole"]["before"], strict=True))
    assert whole_of(later)["no_number"] - was["no_number"] == -1  # a number came in April
    month = draft("quality", commune(COMMUNE), APRIL, sending.MONTH)
    assert month["whole"]["before"] == later["whole"]["before"]
    assert sending.differences_today(sent) == []
    Identifier.objects.filter(value="012180000002").update(status="cancelled")
    changed = {one.count: (one.sent, one.today) for one in sending.differences_today(sent)
               if one.line == "Xã Sùng Phài"}  # fmt: skip
    assert changed == {"no_number": (173, 174), "wrong_number": (2, 1)}


def registered(names, place):
    Listing.objects.filter(person__name__startswith=names).update(insurance_place=place)


@pytest.fixture
def stations(city):  # noqa: F811
    Facility.objects.create(code="12403", name="Trạm Y tế Sùng Phài", unit=commune(COMMUNE))
    Facility.objects.create(code="12001", name="Bệnh viện đa khoa tỉnh")
    registered(f"{COMMUNE} Bản_Lớn", "12403")
    registered(f"{COMMUNE} Bản_Bốn", "Trạm y tế Sùng Phài")
    registered(f"{COMMUNE} Bản_Ba", "12001")
    registered(f"{OTHER} Tổ_Hai", "12001")
    registered(f"{OTHER} Tổ_Một 1", "12777")
    registered(f"{OTHER} Tổ_Một 2", "12403")
    return city


def test_people_are_counted_by_the_facility_of_their_first_contact(stations):
    content = draft("facilities", stations)
    of = {name: numbers_of(content, line) for name, line in by_name(content).items()}
    station = of["Trạm Y tế Sùng Phài (12403)"]
    assert station["expected"] == 60 + 55 + 11  # 2 and 20 to 29 of Tổ Một
    assert station["near"] == 115
    assert of["Bệnh viện đa khoa tỉnh (12001)"]["expected"] == 95
    assert of["Bệnh viện đa khoa tỉnh (12001)"]["near"] is None
    for count, place in (("expected", 0), ("found", 1), ("missing", 3)):
        assert sum(line["now"][place] for line in content["lines"]) == whole_of(content)[count]


def test_a_facility_of_few_people_is_told_with_another(stations):
    content = draft("facilities", stations)
    small = next(line for line in content["lines"] if "12777" in line["keys"])
    assert len(small["keys"]) > 1
    assert small["name"] == f"{len(small['keys'])} cơ sở ít người đăng ký, tính chung"
    assert small["now"][0] >= 30


def test_where_everybody_is_registered_somewhere_nobody_is_said_not_to_be(stations):
    def said():
        return " ".join(told(draft("facilities", stations)).lead)

    assert "hoặc chưa rõ nơi đăng ký" in said()
    Listing.objects.filter(insurance_place="").update(insurance_place="12001")
    assert "chưa rõ" not in said()
    assert "đăng ký ở nơi khác." in said()


def test_what_somebody_wrote_in_the_place_of_a_facility_is_not_kept_with_few_people(stations):
    registered(f"{OTHER} Tổ_Hai 3", "gọi chị Mỷ 0912345678")
    assert "0912345678" not in send("facilities", stations).content


def test_facilities_are_compared_by_facility(stations):
    late = Person.objects.get(name=f"{COMMUNE} Bản_Ba 1")
    recorded(late, commune(COMMUNE), date(2024, 4, 10))
    line = by_name(draft("facilities", stations, APRIL))["Bệnh viện đa khoa tỉnh (12001)"]
    assert line["now"][1] - line["before"][1] == 1


@pytest.mark.parametrize("kind", ["quality", "facilities"])
def test_page_paper_word_file_and_workbook_carry_the_same_figures(client, people, kind):
    client.force_login(on_duty("chu.tich", Role.CHAIR, people))
    report = send(kind, people)
    as_all_ways(client, report)
    for address in (f"/reports/{report.pk}/", f"/reports/unit/{CITY}/{kind}/?on={MARCH}"):
        page = client.get(address).text
        assert not any(name in page for name in Person.objects.values_list("name", flat=True))


def test_every_kind_of_report_is_offered_of_one_s_own_area_alone(client, people):
    client.force_login(on_duty("chu.tich", Role.CHAIR, commune(COMMUNE)))
    page = client.get(f"/reports/?on={MARCH}").text
    for name in [name for name, kind in kinds().items() if not kind.exact]:
        assert f"/reports/unit/{COMMUNE}/{name}/" in page
        assert client.get(f"/reports/unit/{OTHER}/{name}/?on={MARCH}").status_code == 404
    assert client.get(f"/reports/unit/{COMMUNE}/nothing/?on={MARCH}").status_code == 404


def test_what_our_own_record_says_is_not_told_of_a_hamlet_that_gives_a_small_one_away(
    client,
    city,  # noqa: F811
):
    """Nobody of the small hamlet nor of the one told with it is verified: the sum would say so."""
    officer = on_duty("can.bo")
    for n in range(9):
        who = Person.objects.get(name=f"{COMMUNE} Bản_Lớn {n}")
        act = {"on": MARCH, "how": How.POPULATION, "by": officer, "at": timezone.now()}
        Verification.objects.create(person=who.pk, **act)
    client.force_login(on_duty("chu.tich", Role.CHAIR, commune(COMMUNE)))
    large, other = (hamlet(COMMUNE, name) for name in ("Bản Lớn", "Bản Bốn"))
    page = client.get(f"/coverage/hamlet/{large.pk}/figures/?on={MARCH}")
    assert page.context["whole"].counts.expected == 60
    assert page.context["own"] == []
    assert client.get(f"/coverage/hamlet/{other.pk}/figures/?on={MARCH}").context["own"]


def test_who_may_not_see_figures_gets_none_from_the_database_either(city):  # noqa: F811
    """As the role of the server, in the scope of somebody without a post."""
    ground = ground_of(commune(COMMUNE), MARCH)
    nobody = User.objects.create_user("khong.viec")
    for asks in (doubtful, registered_of):
        with pytest.raises(DatabaseError), transaction.atomic(), within(access_of(nobody, MARCH)):
            asks(ground, MARCH)
        with within(access_of(on_duty(f"xem.{asks.__name__}", Role.CHAIR), MARCH)):
            assert asks(ground, MARCH)
