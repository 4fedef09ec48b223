"""The half-yearly review: who is asked about which posts, what is confirmed, what is overdue."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from hssk.access.models import Confirmation, Post, User
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look, overdue, review_posts, to_review, within
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.places.models import Unit
from tests.village import MARCH, on_duty

ADDRESS = "/accounts/posts/review/"
TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


def unit(code):
    return Unit.objects.on(MARCH).get(code=code)


@pytest.fixture
def mai():
    return on_duty("mai", unit=unit("12-105"), full_name="Lò Thị Mai")


@pytest.fixture
def officer(client, mai):
    client.force_login(mai)
    return client


def clerk(name, *, given=0, code="03403", role=Role.CLERK):
    """Somebody with a post that was given some days ago."""
    post = on_duty(name, role=role, unit=unit(code)).posts.get()
    begun = timezone.now() - timedelta(days=given)
    Post.objects.filter(pk=post.pk).update(granted_at=begun, since=TODAY - timedelta(days=given))
    post.refresh_from_db()
    return post


def reviewed(mai, day=TODAY):
    access = access_of(mai, day)
    with within(access):
        return to_review(access)


def test_one_reviews_the_posts_one_could_end_and_not_ones_own(mai):
    clerk("lan")
    clerk("xa", code="01")
    clerk("kiem.tra", role=Role.AUDITOR)
    assert [each.post.user.username for each in reviewed(mai)] == ["lan"]


def test_a_post_is_overdue_half_a_year_after_it_was_given_or_confirmed(mai):
    clerk("moi", given=183)
    old = clerk("cu", given=184)
    assert [(e.post.user.username, e.age, e.overdue) for e in reviewed(mai)] == [
        ("cu", 184, True), ("moi", 183, False),
    ]  # fmt: skip
    assert list(overdue(TODAY)) == [old]
    access = access_of(mai, TODAY)
    assert review_posts([old.pk], [], giver=access) == (1, 0)
    assert list(overdue(TODAY)) == []
    assert [(e.age, e.confirmed) for e in reviewed(mai) if e.post == old] == [(0, TODAY)]
    assert list(overdue(TODAY + timedelta(days=184)).filter(pk=old.pk)) == [old]


def test_the_page_says_when_somebody_came_in_last_and_looked_last(mai):
    lan = clerk("lan").user
    assert [(e.signed_in, e.looked) for e in reviewed(mai)] == [(None, None)]
    User.objects.filter(pk=lan.pk).update(last_login=timezone.now())
    access = access_of(lan, TODAY)
    with within(access):
        look(access, "list", Right.REGISTER, [uuid4()])
    assert [(e.signed_in, e.looked) for e in reviewed(mai)] == [(TODAY, TODAY)]


def test_when_others_looked_is_told_to_nobody_who_gives_no_posts(mai):
    from django.db import connection

    access = access_of(mai, TODAY)
    with within(access):
        look(access, "list", Right.REGISTER, [uuid4()])

    def told(access):
        with within(access), connection.cursor() as cursor:
            cursor.execute("SELECT count(at) FROM access_last_looks(%s)", [[mai.pk]])
            return cursor.fetchone()[0]

    assert [told(access), told(access_of(clerk("lan").user, TODAY))] == [1, 0]


def test_many_are_confirmed_and_ended_in_one_go(officer, mai):
    keep, gone, left = clerk("an"), clerk("binh"), clerk("cuc")
    answers = {f"p{keep.pk}": "needed", f"p{gone.pk}": "ended", f"p{left.pk}": ""}
    page = officer.post(ADDRESS, answers, follow=True)
    assert "Đã ghi: 1 nhiệm vụ vẫn cần, 1 nhiệm vụ kết thúc từ hôm nay." in page.text
    assert [(c.post, c.actor) for c in Confirmation.objects.all()] == [(keep, mai)]
    gone.refresh_from_db()
    assert (gone.until, gone.ended_by) == (TODAY, mai)
    assert {e.post for e in page.context["page"]} == {keep, left}


def test_nobody_confirms_or_ends_what_is_not_his_nor_his_own(officer, mai):
    far, own = clerk("xa", code="01"), mai.posts.get()
    for post in (far, own):
        for answer in ("needed", "ended"):
            officer.post(ADDRESS, {f"p{post.pk}": answer})
    assert not Confirmation.objects.exists()
    assert not Post.objects.exclude(until=None).exists()


def test_a_confirmation_is_never_changed_or_removed(mai):
    review_posts([clerk("lan").pk], [], giver=access_of(mai, TODAY))
    for change in (
        lambda: Confirmation.objects.update(at=timezone.now()),
        lambda: Confirmation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_gives_no_posts_reviews_none(client):
    client.force_login(on_duty("lan", role=Role.CLERK, unit=unit("03403")))
    assert client.get(ADDRESS).status_code == 403


def test_who_sleeps_is_not_counted_overdue():
    lan = clerk("lan", given=300).user
    User.objects.filter(pk=lan.pk).update(is_active=False)
    assert not overdue(TODAY).exists()
    assert not overdue(date(2020, 1, 1)).exists()


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_one_key_answers_a_row(officer, width):
    for number, name in enumerate(("an", "binh", "cuc")):
        clerk(name, given=200 * number)
    html = officer.get(ADDRESS).text
    with browser_page(width) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        ticked = page.locator("input[type=radio]:checked")
        assert [each.get_attribute("value") for each in ticked.all()] == ["needed", "needed"]
