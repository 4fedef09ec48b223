"""Who sees a unit and what lies in it learns of no few people by taking one from the other."""

from datetime import date

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.coverage.reports.content import lines_of
from hssk.coverage.services import figures, sending
from hssk.coverage.services.small import rolled_up
from hssk.coverage.tests.test_reports import APRIL, CITY, COMMUNE, OTHER, crowd
from hssk.people.models import Listing
from hssk.places.models import Unit
from tests.village import MARCH, commune, hamlet, lives, on_duty, person

SMALL = "03386"
pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """A commune of which a few people are known, and one that is told together with it."""
    crowd(COMMUNE, Bản_Lớn=120, Bản_Ba=100)
    crowd(OTHER, Tổ_Một=40, Tổ_Hai=45)
    crowd(SMALL, Tổ_Bé=12)
    return Unit.objects.on(MARCH).get(code=CITY)


@pytest.fixture
def chair(client, city):
    client.force_login(on_duty("chu.tich", Role.CHAIR, city))
    return client


def sent(unit, kind="progress", on=MARCH):
    content = sending.draft(kind, unit, on, on)
    return sending.send(content, unit, on_duty(f"gui.{unit.code}.{kind}"), timezone.now())


def files_of(client, report):
    ends = ("report.pdf", "report.docx", "report.xlsx")
    return {client.get(f"/reports/{report.pk}/{end}").status_code for end in ends}


def test_a_commune_told_together_with_a_small_one_has_no_report_for_who_sees_the_city(chair, city):
    line = next(child for child in rolled_up(figures(city, MARCH).children) if not child.key)
    assert (line.counts.expected, line.counts.found) == (97, 48)
    report = sent(commune(OTHER))
    for address in (f"/reports/unit/{OTHER}/progress/?on={MARCH}", f"/reports/{report.pk}/"):
        page = chair.get(address)
        assert "nên không nêu" in page.text
        assert "told" not in page.context
        assert "42" not in page.text  # of its 85, which leave 6 of the 12
    assert files_of(chair, report) == {404}
    assert "told" in chair.get(f"/reports/unit/{COMMUNE}/progress/?on={MARCH}").context


def test_whoever_sees_that_commune_alone_or_its_rows_reads_its_reports(client, city):
    report = sent(commune(OTHER))
    readers = [("cua.phuong", Role.CHAIR, commune(OTHER)), ("can.bo", Role.OFFICER, city)]
    for name, role, unit in readers:
        client.force_login(on_duty(name, role, unit))
        assert "told" in client.get(f"/reports/unit/{OTHER}/progress/?on={MARCH}").context
        assert "told" in client.get(f"/reports/{report.pk}/").context
        assert files_of(client, report) == {200}


def test_nor_have_the_hamlets_of_such_a_commune_figures_of_their_own(chair):
    there = hamlet(OTHER, "Tổ Hai")
    page = chair.get(f"/coverage/hamlet/{there.pk}/figures/?on={MARCH}")
    assert page.context["whole"].counts.expected == 0


def test_a_province_that_tells_a_district_together_tells_none_of_its_communes(client, city):
    far = Unit.objects.on(MARCH).filter(level=Unit.COMMUNE, path__startswith="12/")
    crowd(far.exclude(path__startswith=city.path).first().code, Bản_Xa=12)
    client.force_login(on_duty("tinh", Role.PROVINCE, city.parent))
    for code in (CITY, COMMUNE):
        page = client.get(f"/coverage/unit/{code}/?on={MARCH}")
        assert page.context["whole"].counts.expected == 0


def test_days_on_which_a_commune_was_told_together_are_no_points_of_its_trend(chair):
    for n in range(60):  # the small commune is large by April
        lives(person(f"Người Mới {n}"), hamlet(SMALL, "Tổ Bé"), since=date(2024, 4, 10))
    page = chair.get(f"/coverage/unit/{OTHER}/?on={APRIL}")
    assert [point.day for point in page.context["points"]] == [APRIL]
    assert {row["change"] for row in page.context["rows"]} == {None}
    page = chair.get(f"/reports/unit/{OTHER}/progress/?on={APRIL}&against=month")
    assert "told" not in page.context


def registered(names, many, place):
    of = Listing.objects.filter(person__name__startswith=names).order_by("pk").values("pk")
    Listing.objects.filter(pk__in=[one["pk"] for one in of[:many]]).update(insurance_place=place)


def test_facilities_are_told_of_one_level_to_who_sees_two(client, city):
    crowd(SMALL, Tổ_Lớn=120)
    crowd(OTHER, Tổ_Ba=60)
    Listing.objects.update(insurance_place="12002")
    for names, many in ((COMMUNE, 100), (OTHER, 60), (SMALL, 3)):
        registered(names, many, "12001")

    def told(unit):
        content = sending.draft("facilities", unit, MARCH, MARCH)
        return {line["keys"][0]: line["now"] for _depth, line in lines_of(content)}["12001"]

    apart = [told(unit)[0] for unit in (city, commune(COMMUNE), commune(OTHER))]
    assert apart[0] - apart[1] - apart[2] == 3  # what nobody is to work out of the small commune
    report = sent(commune(COMMUNE), "facilities")
    client.force_login(on_duty("chu.tich", Role.CHAIR, city))
    assert "told" in client.get(f"/reports/unit/{CITY}/facilities/?on={MARCH}").context
    for address in (f"/reports/unit/{OTHER}/facilities/?on={MARCH}", f"/reports/{report.pk}/"):
        assert "told" not in client.get(address).context
    offered = client.get(f"/reports/?on={MARCH}").text
    assert f"/reports/unit/{CITY}/facilities/" in offered
    assert f"/reports/unit/{OTHER}/facilities/" not in offered
    client.force_login(on_duty("cua.xa", Role.CHAIR, commune(COMMUNE)))
    assert "told" in client.get(f"/reports/{report.pk}/").context
