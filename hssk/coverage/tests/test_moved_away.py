"""Whoever lives elsewhere by now is no longer of the place they left: counted there on the days when
they lived there, and not named (protection.md, AREA: current residence)."""

import io
from datetime import date

import openpyxl
import pytest

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.people.models import Holding, Residence
from hssk.places.models import Household, Unit
from tests.village import MARCH, hamlet, lives, on_duty, recorded, village

LEFT, NOW_IN = "03403", "03387"
MOVED = date(2024, 5, 1)
THEN, AFTER = f"?on={MARCH}", f"?on={MOVED}"
GONE = "(nay ở nơi khác)"
pytestmark = pytest.mark.django_db


def unit(code):
    return Unit.objects.on(MARCH).get(code=code)


@pytest.fixture
def people():
    people = village(f"""
        {LEFT}   | Bản Cũ  | Lò Văn Đi | no | household=1 born=1990 sex=1
        {LEFT}   | Bản Cũ  | Lò Thị Ở  | no | household=1 born=1992 sex=2
        {NOW_IN} | Bản Mới | Vàng A Khác | no | household=1
    """)
    Residence.objects.filter(person=people["Lò Văn Đi"]).update(until=MOVED)
    lives(people["Lò Văn Đi"], hamlet(NOW_IN, "Bản Mới"), MOVED)
    return people


@pytest.fixture
def old_clerk(client, people):
    mai = on_duty("mai", role=Role.CLERK, unit=unit(LEFT))
    client.force_login(mai)
    return mai


def person_page(client, people, name, day):
    return client.get(f"/coverage/person/{people[name].id}/{day}").status_code


def test_their_page_closes_where_they_left_and_opens_where_they_live(client, people, old_clerk):
    for day in (THEN, AFTER):
        assert person_page(client, people, "Lò Văn Đi", day) == 404
        assert person_page(client, people, "Lò Thị Ở", day) == 200
    client.force_login(on_duty("hoa", role=Role.CLERK, unit=unit(NOW_IN)))
    for day in (THEN, AFTER):
        assert person_page(client, people, "Lò Văn Đi", day) == 200


@pytest.mark.parametrize("count", ["expected", "missing"])
def test_a_day_past_counts_them_and_its_list_is_as_long_without_their_name(
    client, old_clerk, people, count
):
    figures = client.get(f"/coverage/unit/{LEFT}/{THEN}").context["whole"].counts
    answer = client.get(f"/coverage/unit/{LEFT}/list/{count}/{THEN}")
    assert answer.context["page"].paginator.count == getattr(figures, count) == 2
    assert len(answer.context["lines"]) == 2
    assert answer.text.count(GONE) == 1
    assert "Lò Văn Đi" not in answer.text
    assert "1990" not in answer.text


def test_no_page_and_no_file_of_the_old_place_names_them(client, old_clerk, people):
    where = hamlet(LEFT, "Bản Cũ")
    home = Household.objects.get(hamlet=where)
    for address in (
        f"/coverage/hamlet/{where.pk}/{THEN}",
        f"/coverage/hamlet/{where.pk}/list/missing/{THEN}",
        f"/coverage/household/{home.pk}/{THEN}",
        f"/coverage/unit/{LEFT}/changes/{AFTER}&since={MARCH}",
        f"/coverage/unit/{LEFT}/changes/left/{AFTER}&since={MARCH}",
    ):
        text = client.get(address).text
        assert GONE in text, address
        assert "Lò Văn Đi" not in text, address
        assert str(people["Lò Văn Đi"].id) not in text, address
    answer = client.get(f"/coverage/unit/{LEFT}/missing.xlsx{THEN}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {GONE, "Lò Thị Ở"} <= cells
    assert "Lò Văn Đi" not in cells
    assert all(people["Lò Văn Đi"].id not in look.people for look in Look.objects.all())


def test_a_record_that_the_place_keeps_is_listed_as_it_says_and_leads_nowhere(
    client, old_clerk, people
):
    recorded(people["Lò Văn Đi"], unit(LEFT))
    Holding.objects.update(name="Lo Van Di")
    answer = client.get(f"/coverage/unit/{LEFT}/list/kept_for_others/{AFTER}")
    assert answer.context["page"].paginator.count == len(answer.context["lines"]) == 1
    assert "Lo Van Di" in answer.text
    assert GONE in answer.text
    assert str(people["Lò Văn Đi"].id) not in answer.text
    assert (
        people["Lò Văn Đi"].id in Look.objects.latest("id").people
    )  # the record is a word of them


def test_who_left_for_nobody_knows_where_stays_with_the_last_place(client, old_clerk, people):
    Residence.objects.filter(person=people["Lò Văn Đi"], until=None).delete()
    assert person_page(client, people, "Lò Văn Đi", AFTER) == 200
    text = client.get(f"/coverage/person/{people['Lò Văn Đi'].id}/{AFTER}").text
    assert "Nơi ở cuối cùng được biết" in text


def test_whoever_lives_in_two_places_is_of_both(client, old_clerk, people):
    lives(people["Lò Văn Đi"], hamlet(LEFT, "Bản Cũ"), MOVED, kind="T")
    assert person_page(client, people, "Lò Văn Đi", AFTER) == 200


def test_a_further_record_is_counted_and_listed_where_the_first_is_not_seen(
    client, old_clerk, people
):
    recorded(people["Lò Văn Đi"], unit(NOW_IN), MARCH)
    recorded(people["Lò Văn Đi"], unit(LEFT), MOVED)
    answer = client.get(f"/coverage/unit/{LEFT}/list/duplicates/{AFTER}")
    counts = client.get(f"/coverage/unit/{LEFT}/{AFTER}").context["whole"].counts
    assert answer.context["page"].paginator.count == counts.duplicates == 1
    assert len(answer.context["lines"]) == 1
