"""Signs of life after a death: told to who can put it right."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.coverage.services.after_death import LISTED, UPDATED, Sign, signs_after
from hssk.kit.dates import PartialDate
from hssk.people.models import Death
from hssk.people.services import lives, merge
from hssk.people.services.lives import Died
from hssk.people.tests.moving import NEW, OLD, works
from tests.village import commune, hamlet, listed, recorded, village

TODAY = date(2024, 4, 10)
AT = datetime(2024, 4, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY, AFTER = PartialDate.of(2024, 4, 5), date(2024, 4, 8)


@pytest.fixture
def people(fresh_database):
    return village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 born=1990 sex=1
        {NEW} | Bản Mới | Giàng Thị Mỷ  | yes | household=12 born=1995-06-05 sex=2
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 born=1990 sex=2
    """)


@pytest.fixture
def clerk(people):
    return works("van.thu", Role.CLERK, NEW, TODAY)


def dies(one, clerk):
    return lives.record_death(one.pk, Died(DAY), at=AT, by=clerk)


def is_updated(one, on, **more):
    recorded(one, commune(NEW), updated=on, **more)


def test_a_record_updated_and_a_new_line_of_a_list_after_the_day_are_signs(people, clerk):
    death = dies(people["Giàng A Sình"], clerk)
    is_updated(people["Giàng A Sình"], date(2024, 4, 5))
    assert signs_after([death]) == {}
    is_updated(people["Giàng A Sình"], AFTER)
    listed(people["Giàng A Sình"], hamlet(NEW, "Bản Mới"), since=date(2024, 4, 9))
    assert signs_after([death]) == {
        death.pk: [Sign(AFTER, UPDATED), Sign(date(2024, 4, 9), LISTED)]
    }


def test_lists_and_records_that_say_that_somebody_died_are_no_signs_of_life(people, clerk):
    death = dies(people["Giàng A Sình"], clerk)
    listed(people["Giàng A Sình"], hamlet(NEW, "Bản Mới"), since=AFTER, note="đã mất")
    is_updated(people["Giàng A Sình"], AFTER, dead=True)
    assert signs_after([death]) == {}


def test_a_record_of_whom_the_dead_was_merged_into_is_one_too(people, clerk):
    death = dies(people["Giàng A Sình"], clerk)
    is_updated(people["Lò Thị Xa"], AFTER)
    assert signs_after([death]) == {}
    merge(keep=people["Lò Thị Xa"], drop=people["Giàng A Sình"], actor=clerk.user)
    assert signs_after([death]) == {death.pk: [Sign(AFTER, UPDATED)]}


def signed_in(name, role=Role.CLERK, code=NEW):
    works(name, role, code, timezone.localdate())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


def test_the_page_lists_them_for_their_own_area_and_the_person_says_so(people, clerk):
    dies(people["Giàng A Sình"], clerk)
    dies(people["Giàng Thị Mỷ"], clerk)
    is_updated(people["Giàng A Sình"], AFTER)
    mine, others = signed_in("y.ta", Role.CLINICIAN), signed_in("noi.khac", code=OLD)
    page = mine.get("/coverage/after-death/").text
    assert "Giàng A Sình" in page
    assert "8/4/2024: hồ sơ ở phần mềm còn được cập nhật" in page
    assert "Giàng Thị Mỷ" not in page
    assert list(Look.objects.order_by("-id").first().people) == [people["Giàng A Sình"].pk]
    assert "Giàng A Sình" not in others.get("/coverage/after-death/").text
    one = mine.get(f"/coverage/person/{people['Giàng A Sình'].pk}/").text
    assert "8/4/2024: hồ sơ ở phần mềm còn được cập nhật" in one
    Death.objects.update(withdrawn_at=AT + timedelta(days=1), withdrawn_by=clerk.user, why="nhầm")
    assert "Giàng A Sình" not in mine.get("/coverage/after-death/").text
