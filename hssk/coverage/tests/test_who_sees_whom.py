"""Who sees whom on the pages of coverage: rows, counts, links and files, for every kind of post."""

import re

import pytest

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.people.models import Person
from hssk.places.models import Hamlet, Household, Unit
from tests.village import MARCH, hamlet, on_duty, person, recorded, village

COMMUNE, OTHER, CITY = "03403", "03387", "12-105"
ON = f"?on={MARCH}"
VILLAGE = f"""
    {COMMUNE} | Bản Tưởng Tượng | Giàng A Bịa | yes | household=1 born=1958 sex=1
    {COMMUNE} | Bản Tưởng Tượng | Lò Thị Mơ   | no  | household=1 born=2021 sex=2
    {COMMUNE} | Bản Giả Định    | Vàng Thị Không | no | household=2 born=1990 sex=2
    {OTHER}   | Tổ 1            | Trần Văn Ảo | no  | household=7 born=1970 sex=1
"""
pytestmark = pytest.mark.django_db
FIGURES_ONLY = (Role.PROVINCE, Role.CHAIR, Role.HEAD)


@pytest.fixture
def people():
    return village(VILLAGE)


def unit(code):
    return Unit.objects.on(MARCH).get(code=code)


def pages_of(code, place, home, person):
    """The addresses that name people, for one commune."""
    return {
        "list": f"/coverage/unit/{code}/list/missing/{ON}",
        "changes": f"/coverage/unit/{code}/changes/{ON}",
        "file": f"/coverage/unit/{code}/missing.xlsx{ON}",
        "hamlet": f"/coverage/hamlet/{place.pk}/{ON}",
        "hamlet list": f"/coverage/hamlet/{place.pk}/list/missing/{ON}",
        "alone": f"/coverage/hamlet/{place.pk}/alone/{ON}",
        "household": f"/coverage/household/{home.pk}/{ON}",
        "person": f"/coverage/person/{person.id}/{ON}",
    }


@pytest.fixture
def here(people):
    place = hamlet(COMMUNE, "Bản Tưởng Tượng")
    home = Household.objects.get(hamlet=place, number="1")
    return pages_of(COMMUNE, place, home, people["Lò Thị Mơ"])


@pytest.fixture
def there(people):
    place = hamlet(OTHER, "Tổ 1")
    home = Household.objects.get(hamlet=place, number="7")
    return pages_of(OTHER, place, home, people["Trần Văn Ảo"])


def statuses(client, pages):
    return {name: client.get(address).status_code for name, address in pages.items()}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLINICIAN, Role.CLERK])
def test_who_keeps_a_register_sees_the_people_of_the_own_area_and_no_others(
    client, here, there, role
):
    client.force_login(on_duty(role=role, unit=unit(COMMUNE)))
    assert set(statuses(client, here).values()) == {200}
    assert set(statuses(client, there).values()) == {404}


@pytest.mark.parametrize("role", FIGURES_ONLY)
def test_who_sees_figures_sees_totals_and_no_row(client, here, there, role):
    client.force_login(on_duty(role=role, unit=unit(CITY)))
    assert set(statuses(client, {**here, **there}).values()) == {403}
    answer = client.get(f"/coverage/unit/{CITY}/{ON}")
    assert answer.status_code == 200
    assert "dưới 30 người" in answer.text
    for name in Person.objects.values_list("name", flat=True):
        assert name not in answer.text
    led_to = re.findall(r'href="(/coverage/[^"]*)"', answer.text)
    assert {client.get(address.replace("&amp;", "&")).status_code for address in led_to} == {200}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INTEGRATOR, Role.AUDITOR])
def test_who_has_nothing_to_do_with_people_sees_not_even_a_figure(client, here, role):
    client.force_login(on_duty(role=role))
    assert set(statuses(client, here).values()) == {403}
    assert client.get(f"/coverage/unit/{CITY}/{ON}").status_code == 403


def test_not_there_and_not_yours_are_the_same_answer(client, here, there):
    client.force_login(on_duty(unit=unit(COMMUNE)))
    nowhere = {
        "hamlet": "/coverage/hamlet/987654321/",
        "household": "/coverage/household/987654321/",
        "person": "/coverage/person/00000000-0000-4000-8000-000000000000/",
    }
    for name, address in nowhere.items():
        answers = [_plain(client, asked) for asked in (address, there[name].partition("?")[0])]
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def _plain(client, address):
    """Status and bytes of an answer, without the address itself and the token of each page."""
    answer = client.get(address)
    body = answer.text.replace(address, "")
    return answer.status_code, re.sub('value="[A-Za-z0-9]{64}"', "", body)


def test_a_post_of_a_hamlet_opens_that_hamlet_alone(client, here, people):
    client.force_login(on_duty(role=Role.COLLABORATOR, where=hamlet(COMMUNE, "Bản Tưởng Tượng")))
    seen = statuses(client, here)
    assert {name for name, status in seen.items() if status == 200} == {
        "hamlet", "hamlet list", "alone", "household", "person",
    }  # fmt: skip
    neighbour = Hamlet.objects.get(name="Bản Giả Định")
    assert client.get(f"/coverage/hamlet/{neighbour.pk}/{ON}").status_code == 404
    assert client.get("/", follow=True).redirect_chain[-1][0].startswith("/coverage/hamlet/")


def test_the_first_page_is_that_of_the_own_area(client, people):
    client.force_login(on_duty(unit=unit(COMMUNE)))
    answer = client.get("/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/coverage/unit/{COMMUNE}/")
    assert "Tổ 1" not in answer.text
    assert f'href="/coverage/unit/{CITY}/' not in answer.text


def test_with_posts_in_several_areas_the_first_page_names_them(client, people):
    mai = on_duty(unit=unit(COMMUNE))
    mai.posts.create(role=Role.CHAIR, unit=unit(OTHER), since="2020-01-01", granted_by=mai)
    client.force_login(mai)
    answer = client.get("/")
    assert f"/coverage/unit/{COMMUNE}/" in answer.text
    assert f"/coverage/unit/{OTHER}/" in answer.text


def test_every_person_shown_was_written_down_before(client, here, people):
    mai = on_duty(unit=unit(COMMUNE))
    client.force_login(mai)
    shown = people["Lò Thị Mơ"]
    for name, address in here.items():
        before = Look.objects.count()
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = Look.objects.filter(actor=mai, refused=False).order_by("-id").first()
        assert Look.objects.count() == before + 1, name
        if shown.name.encode() in body or name == "file":
            assert shown.id in told.people, name


def test_what_was_turned_away_is_written_down_too(client, there, people):
    client.force_login(on_duty(unit=unit(COMMUNE)))
    client.get(there["person"])
    told = Look.objects.get()
    assert told.refused
    assert told.people == [people["Trần Văn Ảo"].id]


def test_the_number_on_a_page_is_that_of_the_list_under_it_for_every_role(client, people):
    for role in (Role.OFFICER, Role.CLINICIAN, Role.CLERK):
        client.force_login(on_duty(f"mai.{role}", role=role, unit=unit(COMMUNE)))
        figures = client.get(f"/coverage/unit/{COMMUNE}/{ON}").context["whole"].counts
        for count in ("expected", "found", "missing"):
            page = client.get(f"/coverage/unit/{COMMUNE}/list/{count}/{ON}").context["page"]
            assert page.paginator.count == getattr(figures, count)


def test_a_post_that_ends_closes_the_page_at_the_next_request(client, here):
    mai = on_duty(unit=unit(COMMUNE))
    client.force_login(mai)
    assert client.get(here["person"]).status_code == 200
    mai.posts.update(until="2021-01-01")
    assert client.get(here["person"]).status_code == 403


def crowd(*sizes):
    """Hamlets of so many people each, of whom every second has a record."""
    village(
        "\n".join(
            f"{COMMUNE} | Bản {size} | Người {size}.{n} | {('yes', 'no')[n % 2]}"
            for size in sizes for n in range(size)
        )
    )  # fmt: skip


def test_small_places_are_rolled_up_for_who_may_see_no_row(client):
    crowd(40, 35, 33, 12)
    client.force_login(on_duty(role=Role.CHAIR, unit=unit(COMMUNE)))
    rows = client.get(f"/coverage/unit/{COMMUNE}/{ON}").context["rows"]
    assert sorted((row["label"], row["expected"]) for row in rows) == [
        ("2 nơi ít người, tính chung", 45), ("Bản 35", 35), ("Bản 40", 40),
    ]  # fmt: skip
    assert not any(row["url"] for row in rows)


def test_whoever_sees_figures_alone_cannot_cut_them_by_filters(client):
    crowd(40)
    client.force_login(on_duty(role=Role.CHAIR, unit=unit(COMMUNE)))
    answer = client.get(f"/coverage/unit/{COMMUNE}/{ON}&sex=2&age=0-5")
    assert answer.status_code == 302
    assert "sex" not in answer.url
    assert 'name="sex"' not in client.get(f"/coverage/unit/{COMMUNE}/{ON}").text


def test_who_holds_every_hamlet_of_today_still_sees_nobody_of_another_commune(client):
    """Only one commune has sent its roster; the extract is of the whole city."""
    people = village(f"{COMMUNE} | Bản Tưởng Tượng | Giàng A Bịa | yes")
    here, there = person("Người Ở Đây"), person("Người Nơi Khác")
    recorded(here, unit(COMMUNE))
    recorded(there, unit(OTHER))
    client.force_login(on_duty(unit=unit(COMMUNE)))
    seen = {
        who.name: client.get(f"/coverage/person/{who.id}/{ON}").status_code
        for who in (*people.values(), here, there)
    }
    assert seen == {"Giàng A Bịa": 200, "Người Ở Đây": 200, "Người Nơi Khác": 404}


def test_a_hamlet_head_sees_the_figure_of_the_own_hamlet_and_no_name(client):
    crowd(40, 12)
    client.force_login(on_duty(role=Role.HEAD, where=hamlet(COMMUNE, "Bản 40")))
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert answer.context["whole"].counts.expected == 40
    assert "Người 40." not in answer.text
    itself = answer.request["PATH_INFO"]  # of today: the one page of the room that it leads to
    assert set(re.findall(r'href="(/coverage/[^"?#]*)', answer.text)) == {itself}
    small = hamlet(COMMUNE, "Bản 12")
    assert client.get(f"/coverage/hamlet/{small.pk}/figures/").status_code == 404
    client.force_login(on_duty("hai", role=Role.HEAD, where=small))
    assert "dưới 30 người" in client.get("/", follow=True).text


def test_figures_of_one_area_lead_to_no_list_though_another_area_has_lists(client, people):
    mai = on_duty(unit=unit(COMMUNE))
    mai.posts.create(role=Role.CHAIR, unit=unit(OTHER), since="2020-01-01", granted_by=mai)
    client.force_login(mai)
    assert "/list/" not in client.get(f"/coverage/unit/{OTHER}/{ON}").text


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.CLERK, Role.OFFICER])
def test_no_page_leads_where_its_reader_may_not_go(client, people, here, role):
    ask = village(f"{COMMUNE} | Bản Tưởng Tượng | Sùng Thị Chờ | ask")
    client.force_login(on_duty(role=role, unit=unit(COMMUNE)))
    pages = [
        f"/coverage/unit/{COMMUNE}/{ON}",
        f"/coverage/unit/{COMMUNE}/list/to_decide/{ON}",
        f"/coverage/person/{ask['Sùng Thị Chờ'].id}/{ON}",
        *(here[name] for name in ("list", "changes", "hamlet", "household", "person")),
    ]
    led_to = set()
    for address in pages:
        text = client.get(address).text
        assert 'href=""' not in text, address
        led_to |= {found.replace("&amp;", "&") for found in re.findall(r'href="(/[^"]*)"', text)}
    closed = {
        address for address in led_to
        if not address.startswith("/static/") and client.get(address).status_code >= 400
    }  # fmt: skip
    assert closed == set()


def test_a_page_says_why_its_reader_sees_this_person(client, people, here):
    client.force_login(on_duty(role=Role.CLINICIAN, unit=unit(COMMUNE)))
    text = client.get(here["person"]).text
    assert "Vì sao tôi thấy người này?" in text
    assert "Nhân viên y tế trạm" in text
    assert "Người này sống ở đó." in text


def test_a_record_kept_in_the_area_is_why_somebody_who_lives_nowhere_is_seen(client, people):
    nobody = person("Không Nơi Ở")
    recorded(nobody, unit(COMMUNE))
    client.force_login(on_duty(role=Role.CLERK, unit=unit(COMMUNE)))
    text = client.get(f"/coverage/person/{nobody.id}/{ON}").text
    assert "Hồ sơ của người này được giữ ở đó." in text


def test_a_place_told_together_with_a_small_one_has_no_figures_of_its_own_for_who_sees_both(client):
    crowd(40, 35, 33, 12)
    joined, alone = hamlet(COMMUNE, "Bản 33"), hamlet(COMMUNE, "Bản 40")
    client.force_login(on_duty(role=Role.CHAIR, unit=unit(COMMUNE)))
    answer = client.get(f"/coverage/hamlet/{joined.pk}/figures/{ON}")
    assert answer.context["whole"].counts.expected == 0
    assert "được tính chung với nơi ít người" in answer.text
    assert (
        client.get(f"/coverage/hamlet/{alone.pk}/figures/{ON}").context["whole"].counts.expected
        == 40
    )
    client.force_login(on_duty("dau", role=Role.HEAD, where=joined))
    answer = client.get(f"/coverage/hamlet/{joined.pk}/figures/{ON}")
    assert answer.context["whole"].counts.expected == 33
