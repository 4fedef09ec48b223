"""Identity is confirmed by a person with the papers before them, never by whoever typed the record
that day, and what was confirmed wrongly is taken back with a reason."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Right, Role
from hssk.access.services import access_of
from hssk.coverage import services
from hssk.coverage.tests.test_own_record import said
from hssk.coverage.tests.test_screens import text
from hssk.people.errors import CannotVerify
from hssk.people.models import Document, How, Person, Verification
from hssk.people.services import lives, merge, take_verifying_back, unmerge, verifications, verify
from hssk.people.services.lives import Child, Newborn
from hssk.records.services import typists_of, write
from tests.village import MARCH, commune, on_duty, village

PLACE = "SP"


@pytest.fixture
def mo(db):
    return village(f"""
        {PLACE} | Bản Tưởng Tượng | Lò Thị Mơ | no | household=1 born=1961 sex=2
    """)["Lò Thị Mơ"]


@pytest.fixture
def clerk(mo):
    return on_duty("clerk", Role.CLERK, commune(PLACE))


def page_of(who):
    return f"/coverage/person/{who.pk}/verify/"


def post(client, user, who, **said):
    client.force_login(user)
    return client.post(page_of(who), said)


def by_hand(who, user, **more):
    return verify(who, How.DOCUMENT, Document.IDENTITY_CARD, by=user, at=timezone.now(),
                  **{"typed_by": (), **more})  # fmt: skip


def test_a_clerk_confirms_against_a_card_and_every_page_says_by_whom(client, mo, clerk):
    answer = post(client, clerk, mo, by_what="card")
    assert answer.status_code == 302
    act = Verification.objects.get()
    assert (act.person, act.by, act.how, act.document) == (mo.pk, clerk, "document", "card")
    assert "Đã xác minh danh tính" in text(client.get(f"/coverage/person/{mo.pk}/"))
    today = timezone.localdate()
    assert services.figures(PLACE, today).counts.verified == 1
    assert Look.objects.filter(right=Right.VERIFY, people=[mo.pk]).exists()


def test_the_population_database_confirms_without_a_document(client, mo, clerk):
    assert post(client, clerk, mo, by_what="population").status_code == 302
    act = Verification.objects.get()
    assert (act.how, act.document) == ("population", "")


def test_who_typed_in_the_record_today_does_not_confirm_and_a_colleague_does(client, mo, clerk):
    nurse = on_duty("nurse", Role.CLINICIAN, commune(PLACE))
    write([said(mo)], author=nurse)
    answer = post(client, nurse, mo, by_what="card")
    assert "hãy nhờ đồng nghiệp" in text(answer)
    assert not Verification.objects.exists()
    assert post(client, clerk, mo, by_what="card").status_code == 302


def test_who_checks_the_card_and_then_fills_the_form_has_confirmed(client, mo):
    """So a nurse works at a session: the check is an act of its own, before anything was typed."""
    nurse = on_duty("nurse", Role.CLINICIAN, commune(PLACE))
    assert post(client, nurse, mo, by_what="card").status_code == 302
    write([said(mo)], author=nurse)
    counts = services.figures(PLACE, timezone.localdate()).counts
    assert (counts.verified, counts.content) == (1, 1)
    take_verifying_back(mo, "nhầm", by=nurse, at=timezone.now())
    assert "hãy nhờ đồng nghiệp" in text(post(client, nurse, mo, by_what="card"))


def test_a_name_that_is_typed_after_the_check_is_for_a_colleague_to_confirm(client, mo, clerk):
    """Whichever came first: nobody stands as confirmed by whoever typed who they are."""
    nurse, today = on_duty("nurse", Role.CLINICIAN, commune(PLACE)), timezone.localdate()
    before = timezone.now() - timedelta(days=1)
    said = Newborn(act=uuid4(), on=before.date(), children=(Child(2),))
    by = access_of(nurse, before.date())
    mother = village(f"{PLACE} | Bản Tưởng Tượng | Lò Thị Em | no | household=1 born=1995 sex=2")
    (child,) = lives.record_births(mother["Lò Thị Em"].pk, said, unit=None, at=before, by=by)
    baby = Person.objects.get(pk=child)
    by_hand(baby, nurse)
    lives.amend(child, name="Lò Thị Bé", number="", at=timezone.now(), by=access_of(nurse, today))
    act = verifications(child).get()
    assert act.taken_back_at is not None
    assert "đồng nghiệp xác minh lại" in act.why
    with pytest.raises(CannotVerify, match="hãy nhờ đồng nghiệp"):
        by_hand(baby, nurse)
    by_hand(baby, clerk)
    lives.amend(child, name="Lò Thị Béo", number="", at=timezone.now(), by=access_of(nurse, today))
    assert services.figures(PLACE, today).counts.verified == 1


def test_who_typed_under_a_merged_row_typed_of_the_same_person(mo, clerk):
    other = village(f"{PLACE} | Bản Tưởng Tượng | Lo Thi Mo | yes")["Lo Thi Mo"]
    write([said(other)], author=clerk)
    write([said(other)], source=1)
    merge(keep=mo, drop=other, actor=clerk)
    assert typists_of(mo.pk, timezone.localdate()) == {clerk.pk}


def test_a_file_has_no_typist_and_verifies_nobody(mo):
    write([said(mo)], source=1)
    assert typists_of(mo.pk, timezone.localdate()) == set()
    assert services.figures(PLACE, timezone.localdate()).counts.verified == 0
    machine = User.objects.filter(username=User.LOCAL_OPERATOR).first() or User.objects.create(
        username=User.LOCAL_OPERATOR
    )
    with pytest.raises(CannotVerify, match="không phải của máy"):
        by_hand(mo, machine)


def test_another_document_is_named(client, mo, clerk):
    assert "Hãy ghi rõ là giấy tờ gì" in text(post(client, clerk, mo, by_what="other"))
    assert post(client, clerk, mo, by_what="other", note="Giấy chứng sinh").status_code == 302
    assert "Giấy chứng sinh" in text(client.get(page_of(mo)))


def test_what_nobody_offers_is_refused(client, mo, clerk):
    assert post(client, clerk, mo, by_what="hearsay").status_code == 200
    assert post(client, clerk, mo).status_code == 200
    assert not Verification.objects.exists()


def test_it_is_taken_back_with_a_reason_and_stays_readable(client, mo, clerk):
    by_hand(mo, clerk)
    client.force_login(clerk)
    assert client.post(page_of(mo) + "back/", {"why": " "}).status_code == 200
    assert client.post(page_of(mo) + "back/", {"why": "nhầm người"}).status_code == 302
    assert "nhầm người" in text(client.get(page_of(mo)))
    assert services.figures(PLACE, timezone.localdate()).counts.verified == 0
    by_hand(mo, clerk)
    assert [act.taken_back_at is None for act in verifications(mo.pk)] == [True, False]


def test_nobody_is_confirmed_twice_and_the_dead_not_at_all(mo, clerk):
    by_hand(mo, clerk)
    with pytest.raises(CannotVerify, match="đã được xác minh"):
        by_hand(mo, clerk)
    take_verifying_back(mo, "nhầm", by=clerk, at=timezone.now())
    with pytest.raises(CannotVerify, match="chưa được xác minh"):
        take_verifying_back(mo, "nhầm", by=clerk, at=timezone.now())
    Person.objects.filter(pk=mo.pk).update(died_on=MARCH)
    with pytest.raises(CannotVerify, match="đã mất"):
        by_hand(mo, clerk)


def test_a_merge_and_an_unmerge_leave_it_with_whom_it_was_said_of(mo, clerk):
    other = village(f"{PLACE} | Bản Tưởng Tượng | Lo Thi Mo | yes")["Lo Thi Mo"]
    by_hand(mo, clerk)
    merge(keep=other, drop=mo, actor=clerk)
    assert verifications(other.pk).count() == 1
    unmerge(drop=mo)
    assert (verifications(other.pk).count(), verifications(mo.pk).count()) == (0, 1)


def test_an_act_is_never_changed_and_never_removed(mo, clerk):
    act = by_hand(mo, clerk)
    for change in (
        lambda: Verification.objects.update(document=Document.PASSPORT),
        lambda: Verification.objects.all().delete(),
        lambda: Verification.objects.filter(pk=act.pk).update(why="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    take_verifying_back(mo, "nhầm", by=clerk, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Verification.objects.update(why="khác")


def test_without_the_right_or_outside_the_area_there_is_no_such_page(client, mo):
    helper = on_duty("helper", Role.COLLABORATOR, commune(PLACE))
    far = on_duty("far", Role.CLERK, commune("03387"))
    assert post(client, helper, mo, by_what="card").status_code == 403
    assert post(client, far, mo, by_what="card").status_code == 404
    assert not Verification.objects.exists()
    client.force_login(helper)
    assert "/verify/" not in client.get(f"/coverage/person/{mo.pk}/").content.decode()


@pytest.mark.parametrize("count", ["verified", "unverified", "content", "empty", "complete",
                                   "incomplete", "updated", "outdated"])  # fmt: skip
def test_each_count_has_a_list_of_names_and_the_page_leads_to_it(client, mo, clerk, count):
    client.force_login(clerk)
    on = f"?on={MARCH}"
    page = client.get(f"/coverage/unit/{PLACE}/{on}").content.decode()
    assert f"/coverage/unit/{PLACE}/list/{count}/" in page
    gap = count in ("unverified", "empty", "incomplete", "outdated")
    listed = text(client.get(f"/coverage/unit/{PLACE}/list/{count}/{on}"))
    assert ("Lò Thị Mơ" in listed) == gap
    hamlet = services.people_with("expected", PLACE, MARCH)[0].hamlet_id
    assert (
        f"/coverage/hamlet/{hamlet}/list/{count}/"
        in client.get(f"/coverage/hamlet/{hamlet}/{on}").content.decode()
    )
    assert client.get(f"/coverage/hamlet/{hamlet}/list/{count}/{on}").status_code == 200


def test_whoever_sees_figures_alone_reads_the_four_without_any_name(client, mo):
    for n in range(40):
        village(f"{PLACE} | Bản Tưởng Tượng | Người {n} | no")
    chair = on_duty("chair", Role.CHAIR, commune(PLACE))
    client.force_login(chair)
    page = client.get(f"/coverage/unit/{PLACE}/?on={MARCH}").content.decode()
    assert "Đầy đủ theo QĐ 831" in page
    assert "/list/" not in page


@pytest.mark.parametrize("page", ["unit", "hamlet", "list", "totals"])
def test_a_page_of_the_day_of_the_newest_list_says_so_and_leads_to_today(client, mo, clerk, page):
    """What was verified today is not of the day of the list; one click shows it."""
    by_hand(mo, clerk)
    for n in range(40):
        village(f"{PLACE} | Bản Tưởng Tượng | Người {n} | no")
    hamlet = services.people_with("expected", PLACE, MARCH)[0].hamlet_id
    path = {
        "unit": f"/coverage/unit/{PLACE}/",
        "hamlet": f"/coverage/hamlet/{hamlet}/",
        "list": f"/coverage/unit/{PLACE}/list/verified/",
        "totals": f"/coverage/unit/{PLACE}/",
    }[page]
    client.force_login(on_duty("chair", Role.CHAIR, commune(PLACE)) if page == "totals" else clerk)
    opened = client.get(path)
    assert "Tình trạng dưới đây là của ngày 1/1/2024" in text(opened)
    today = timezone.localdate()
    link = re.search(r'<a href="([^"]*)#own">Xem hôm nay', opened.content.decode())[1]
    assert link == f"{path}?on={today}"
    now = client.get(link)
    day = f"{today.day}/{today.month}/{today.year}"
    assert f"Tình trạng dưới đây là của ngày {day}" in text(now)
    assert "Xem hôm nay" not in text(now)
    shown = "Lò Thị Mơ" if page == "list" else "1/41"
    assert shown in text(now)
    assert shown not in text(opened)


def test_of_a_unit_that_has_ended_today_is_the_page_of_the_one_that_followed(client, db):
    village("03403 | Bản Tả | Lò Thị Mơ | no")
    client.force_login(on_duty("near", Role.CLERK, commune("03403")))
    page = client.get(f"/coverage/unit/03403/?on={MARCH}").content.decode()
    assert "Xem hôm nay" not in page  # a part of it is all that this clerk has
    assert "Tình trạng dưới đây là của ngày" in page
    client.force_login(on_duty())
    page = client.get(f"/coverage/unit/03403/?on={MARCH}").content.decode()
    link = re.search(r'<a href="([^"]*)#own">Xem hôm nay', page)[1]
    assert link == f"/coverage/unit/03388/?on={timezone.localdate()}"
    assert client.get(link).status_code == 200
