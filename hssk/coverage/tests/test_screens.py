"""The pages of coverage: the true figure first, a list behind every count, few questions asked."""

import re
from datetime import date
from itertools import pairwise

import pytest

from hssk.coverage.views.counts import BY_NAME, RECORDS
from hssk.people.models import Person
from hssk.places.models import Hamlet, Household, Unit
from tests.village import MARCH, commune, on_duty, person, recorded, village

CITY, COMMUNE = "12-105", "03403"
ON = f"?on={MARCH}"
VILLAGE = f"""
    {COMMUNE} | Bản Tưởng Tượng | Giàng A Bịa    | yes | household=1 relation=Chủ_hộ born=1958 sex=1 updated=2024-02-01 visits=2 app=1
    {COMMUNE} | Bản Tưởng Tượng | Lò Thị Mơ      | no  | household=1 relation=Vợ born=1961 sex=2
    {COMMUNE} | Bản Tưởng Tượng | Giàng Thị Tí   | ask | household=1 relation=Con born=2021 sex=2 phone=0900000000
    {COMMUNE} | Bản Giả Định    | Vàng Thị Không | no  | household=2 relation=Chủ_hộ born=1990 sex=2 away=1
    {COMMUNE} | Bản Giả Định    | Thào A Một     | no  | born=1991 sex=1
    03387     | Tổ 1            | Trần Văn Ảo    | yes | household=7 relation=Chủ_hộ born=1970 sex=1
"""


@pytest.fixture
def people(db):
    return village(VILLAGE)


@pytest.fixture
def nurse(client, db):
    client.force_login(on_duty())
    return client


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def heading(answer) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", answer.content.decode())[1])


def test_an_empty_installation_says_what_to_do_first(nurse):
    page = text(nurse.get("/"))
    assert "hãy nhập hai tệp" in page
    assert page.index("Danh sách nhân khẩu") < page.index("Trích xuất hồ sơ sức khỏe")
    assert "hssk serve" not in page


def test_an_invented_city_says_how_to_start_with_real_people(nurse, people, settings):
    settings.HSSK_INVENTED = True
    assert ".venv/bin/hssk serve" in text(nurse.get("/" + ON))


def test_the_first_page_is_the_unit_that_holds_all_the_data(nurse, people):
    assert heading(nurse.get("/" + ON)) == "Thành phố Lai Châu"


def test_one_commune_alone_is_its_own_first_page(nurse, db):
    village(f"{COMMUNE} | Bản Tưởng Tượng | Giàng A Bịa | yes")
    assert heading(nurse.get("/" + ON)) == "Xã Sùng Phài"


def test_the_true_figure_stands_beside_the_software_s_own(nurse, people):
    recorded(people["Giàng A Bịa"], commune(COMMUNE))
    page = text(nurse.get("/" + ON))
    assert "2/6 = 33,3 %" in page
    assert "6 người dân = 2 đã có hồ sơ + 1 còn chờ xem lại + 3 chưa có hồ sơ" in page
    assert "4/6 = 66,7 %" in page
    assert "Còn thiếu 4 người để đạt 95 %" in page
    assert page.index("2/6 = 33,3 %") < page.index("4/6 = 66,7 %")
    assert "hồ sơ thừa của người đã có hồ sơ −1" in page
    assert "Mỗi người được tính một lần" in page


def test_more_records_than_people_is_said_and_not_clipped(nurse, people):
    for _again in range(5):
        recorded(people["Giàng A Bịa"], commune(COMMUNE))
    page = text(nurse.get("/" + ON))
    assert "133,3 %" in page
    assert "nhiều hồ sơ hơn số dòng" in page


def test_the_worst_place_stands_first(nurse, people):
    page = nurse.get("/" + ON).content.decode()
    assert page.index(">Xã Sùng Phài</a>") < page.index(">Phường Tân Phong</a>")


def test_a_commune_of_records_that_has_no_roster_yet_has_reached_no_goal(nurse, people):
    recorded(person("Không Rõ Ở Đâu"), commune("03409"))
    rows = text(nurse.get("/" + ON)).split("Độ bao phủ theo xã, phường")[1]
    assert "Xã San Thàng 0/0 – 0 0" in rows
    assert "0/0 – 0 0 đã đạt" not in rows


def test_one_goes_down_by_links_from_the_city_to_a_person(nurse, people):
    hamlet = Hamlet.objects.get(name="Bản Tưởng Tượng")
    home = Household.objects.get(hamlet=hamlet)
    steps = [
        "/" + ON,
        f"/coverage/unit/{COMMUNE}/{ON}",
        f"/coverage/hamlet/{hamlet.pk}/{ON}",
        f"/coverage/household/{home.pk}/{ON}",
        f"/coverage/person/{people['Lò Thị Mơ'].pk}/{ON}",
    ]
    for here, below in pairwise(steps):
        if below.split("?")[0] not in nurse.get(here).content.decode():
            pytest.fail(f"{here} does not lead to {below}")
    assert heading(nurse.get(steps[-1])) == "Lò Thị Mơ"


def test_a_household_is_called_by_its_head_and_shows_who_is_missing(nurse, people):
    hamlet = Hamlet.objects.get(name="Bản Tưởng Tượng")
    page = text(nurse.get(f"/coverage/hamlet/{hamlet.pk}/{ON}"))
    assert "Hộ số 1 – Giàng A Bịa" in page
    assert "1/3 có hồ sơ" in page
    assert (
        "Hộ có 3 người: 1 người đã có hồ sơ, 1 người còn chờ xem lại, 1 người chưa có hồ sơ" in page
    )


def test_those_of_no_household_are_not_forgotten(nurse, people):
    hamlet = Hamlet.objects.get(name="Bản Giả Định")
    assert "Chưa rõ hộ" in text(nurse.get(f"/coverage/hamlet/{hamlet.pk}/{ON}"))
    assert "Thào A Một" in text(nurse.get(f"/coverage/hamlet/{hamlet.pk}/alone/{ON}"))


@pytest.mark.parametrize("count", [name for name in BY_NAME if name != "doubles"])
def test_a_list_has_as_many_rows_as_its_count_says(nurse, people, count):
    recorded(people["Giàng A Bịa"], commune(COMMUNE))
    home = nurse.get("/" + ON).content.decode()
    tile = rf'<a href="(/coverage/unit/{CITY}/list/{count}/[^"]*)"[^>]*>(\d+)</a>'
    address, number = re.search(tile, home).groups()
    answer = nurse.get(address.replace("&amp;", "&"))
    noun = "hồ sơ" if BY_NAME[count] in RECORDS else "người"
    assert heading(answer).endswith(f": {number} {noun}")
    assert len(answer.context["lines"]) == int(number)


def test_a_list_is_read_page_by_page_and_nobody_is_lost(nurse, db, monkeypatch):
    from hssk.coverage.views import lists

    monkeypatch.setattr(lists, "ROWS_ON_A_PAGE", 2)
    village(VILLAGE)
    seen = []
    for number in (1, 2, 3):
        answer = nurse.get(f"/coverage/unit/{CITY}/list/expected/{ON}&page={number}")
        seen += [line["name"] for line in answer.context["lines"]]
    assert sorted(seen) == sorted(Person.objects.values_list("name", flat=True))


def test_a_filter_stays_while_going_down_and_its_chip_takes_it_away(nurse, people):
    page = nurse.get(f"/{ON}&sex=2&age=0-5").content.decode()
    assert "0/1 = 0 %" in page.replace("\xa0", " ")
    assert f"/coverage/unit/{COMMUNE}/?sex=2&amp;age=0-5" in page.replace(
        f"on={MARCH}&amp;", ""
    ).replace("age=0-5&amp;sex=2", "sex=2&amp;age=0-5")
    assert "Cách tính của phần mềm" not in page  # it knows no such groups
    chips = re.findall(r'<li><a href="([^"]*)">(Nữ|Dưới 6 tuổi)', page)
    assert [(("sex=" in url), label) for url, label in chips] == [
        (True, "Dưới 6 tuổi"),
        (False, "Nữ"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [("sex=1", "2/3"), ("age=60-", "1/2"), ("phone=yes", "0/1"), ("phone=no", "2/5")],
)
def test_filters_count_whom_they_name(nurse, people, query, found):
    assert f"{found} = " in text(nurse.get(f"/{ON}&{query}"))


def test_another_day_s_map_says_what_it_counts_and_what_it_lacks(nurse, people):
    page = text(nurse.get(f"/{ON}&map=2025-07-01"))
    assert "gồm Xã Sùng Phài (Thành phố Lai Châu)" in page
    assert "thiếu dữ liệu của" in page
    assert "Phường Tân Phong (Thành phố Lai Châu)" in page


def test_a_code_of_another_day_is_explained_not_just_missing(nurse, people):
    answer = nurse.get(f"/coverage/unit/{CITY}/?on=2025-08-01")
    assert answer.status_code == 404
    assert "không còn mã" in text(answer)


@pytest.mark.parametrize("query", ["on=32/13/2024", "on=0001-01-01", "sex=x&age=y", "map=nay"])
def test_an_address_nobody_can_mean_breaks_nothing(nurse, people, query):
    assert nurse.get(f"/?{query}").status_code == 200


def test_two_days_say_who_came_and_who_got_a_record(nurse, people):
    recorded(people["Lò Thị Mơ"], commune(COMMUNE), since=date(2024, 3, 15))
    page = text(nurse.get(f"/coverage/unit/{CITY}/changes/{ON}&since=2024-03-01"))
    assert "Mới có hồ sơ: 1 người Lò Thị Mơ" in page


def test_no_pace_promises_no_day(nurse, people):
    assert "Không có nhịp thì không hứa ngày nào" in text(nurse.get("/" + ON))


def test_a_goal_is_set_by_a_button_and_holds_below(nurse, people):
    address = f"/coverage/unit/{CITY}/goal/{ON}"
    answer = nurse.post(address, {"percent": "97.5"}, follow=True)
    assert "Mục tiêu của Thành phố Lai Châu là 97,5 %" in text(answer)
    assert "để đạt 97,5 %" in text(nurse.get(f"/coverage/unit/{COMMUNE}/{ON}"))
    nurse.post(address, {"percent": ""})
    assert "để đạt 95 %" in text(nurse.get("/" + ON))


@pytest.mark.parametrize("percent", ["0", "101", "nhiều"])
def test_a_goal_nobody_can_mean_is_refused(nurse, people, percent):
    answer = nurse.post(f"/coverage/unit/{CITY}/goal/{ON}", {"percent": percent})
    assert answer.context["form"].errors["percent"]


@pytest.mark.parametrize("file", ["missing.xlsx", "coverage.xlsx"])
def test_workbooks_are_handed_over(nurse, people, file):
    answer = nurse.get(f"/coverage/unit/{CITY}/{file}{ON}")
    assert answer["Content-Disposition"].endswith(f'-thanh-pho-lai-chau-{MARCH}.xlsx"')
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_merged_person_leads_to_the_one_who_stands(nurse, people):
    kept, merged = people["Lò Thị Mơ"], people["Thào A Một"]
    Person.objects.filter(pk=merged.pk).update(root=kept.pk, same_as=kept)
    answer = nurse.get(f"/coverage/person/{merged.pk}/{ON}")
    assert answer.url.startswith(f"/coverage/person/{kept.pk}/")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 40),
        ("/coverage/unit/{commune}/", 40),
        ("/coverage/hamlet/{hamlet}/", 27),
        ("/coverage/person/{person}/", 30),
        ("/coverage/unit/12-105/list/missing/", 30),
        ("/coverage/unit/12-105/list/nobody_unknown/", 25),
    ],
)
def test_a_page_asks_few_questions_however_many_people(
    nurse, people, django_assert_max_num_queries, address, most
):
    hamlet = Hamlet.objects.get(name="Bản Tưởng Tượng")
    person = people["Lò Thị Mơ"]
    address = address.format(commune=COMMUNE, hamlet=hamlet.pk, person=person.pk) + ON
    nurse.get(address)
    with django_assert_max_num_queries(most):
        assert len(nurse.get(address).content) < 100_000


def test_nobody_sees_anything_without_a_login(client, people):
    person = people["Lò Thị Mơ"]
    for address in ("/", f"/coverage/unit/{CITY}/", f"/coverage/person/{person.pk}/"):
        assert client.get(address).url.startswith("/accounts/login/")


def test_a_unit_without_anybody_has_a_page_too(nurse, people):
    empty = Unit.objects.on(MARCH).filter(level="commune").exclude(code=COMMUNE).first()
    assert nurse.get(f"/coverage/unit/{empty.code}/{ON}").status_code == 200
