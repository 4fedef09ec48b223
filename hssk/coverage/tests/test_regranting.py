"""After a reform: nothing widens by itself, and giving anew says beforehand what it opens."""

import random
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hssk.access.errors import NotYours
from hssk.access.models import Look, Post, User
from hssk.access.rights import Role
from hssk.access.services import access_of, opened_by, regrant, regrant_many, regrants
from hssk.coverage.services.regranting import access_lines, regrant_lines
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.places.models import Hamlet, Unit, UnitSuccession
from tests.village import on_duty, village

TODAY = timezone.localdate()
DAY = timedelta(days=1)
ADDRESS = "/posts/reform/"
pytestmark = pytest.mark.django_db


def unit(code, *, until=None, since=None):
    return Unit.objects.create(
        code=code, level=Unit.COMMUNE, kind="Xã", name=code, path=code, valid_from=since,
        valid_until=until,
    )  # fmt: skip


@pytest.fixture
def reform():
    """Communes A and B became C; D was divided between C and E; two years ago."""
    then = TODAY - timedelta(days=730)
    old = {name: unit(name, until=then) for name in "ABD"}
    new = {name: unit(name, since=then) for name in "CE"}
    for was, became, whole in (("A", "C", True), ("B", "C", True), ("D", "C", False),
                               ("D", "E", False)):  # fmt: skip
        UnitSuccession.objects.create(old=old[was], new=new[became], whole=whole)
    return {**old, **new}


@pytest.fixture
def people(reform):
    """Two people in A, three in B, one in a hamlet of D that nobody has given to an heir."""
    for code, count in (("A", 2), ("B", 3), ("D", 1)):
        place = Hamlet.objects.create(unit=reform[code], name=f"Bản {code}", key=code.lower())
        for number in range(count):
            name = f"{code} {number}"
            village(f"X | Y | {name} | no | since=2020-01-01")
            from hssk.people.models import Listing, Residence

            Residence.objects.filter(person__name=name).update(hamlet=place)
            Listing.objects.filter(person__name=name).update(hamlet=place)
    return reform


def clerk(name, where, *, role=Role.CLERK, hamlet=None):
    user = on_duty(name, role=role, unit=where, where=hamlet)
    return user.posts.get()


@pytest.fixture
def giver():
    return access_of(on_duty("mai", full_name="Lò Thị Mai"), TODAY)


def test_before_and_after_are_told_in_people_before_anything_is_given(people, giver):
    clerk("lan", people["A"])
    ((line),) = regrant_lines(giver)
    assert (line.now.hamlets, line.now.words) == (1, "2")
    ((heir),) = line.heirs
    assert (heir.unit, heir.then.words, heir.more.words, heir.fewer.words) == (
        people["C"], "5", "3", "0",
    )  # fmt: skip


def test_one_act_gives_the_new_post_and_ends_the_old(people, giver):
    post = clerk("lan", people["A"])
    ((new),) = regrant(post, [people["C"]], giver=giver)
    assert (new.user, new.role, new.unit, new.since, new.until) == (
        post.user, Role.CLERK, people["C"], TODAY, None,
    )  # fmt: skip
    post.refresh_from_db()
    assert (post.until, post.ended_by) == (TODAY, giver.user)
    assert regrants(giver) == []


def test_a_post_given_anew_lasts_no_longer_than_the_old_one_and_begins_no_sooner(people, giver):
    post = clerk("lan", people["A"])
    for since, until in ((TODAY - DAY, TODAY + 30 * DAY), (TODAY + 7 * DAY, TODAY + 9 * DAY)):
        Post.objects.filter(pk=post.pk).update(since=since, until=until)
        post.refresh_from_db()
        ((new),) = regrant(post, [people["C"]], giver=giver)
        assert (new.since, new.until) == (max(since, TODAY), until)
        new.delete()


def test_a_divided_unit_is_given_anew_in_each_heir_that_is_chosen(people, giver):
    post = clerk("lan", people["D"])
    ((line),) = regrants(giver)
    assert [heir.unit.code for heir in line.heirs] == ["C", "E"]
    given = regrant(post, [people["C"], people["E"]], giver=giver)
    assert [new.unit.code for new in given] == ["C", "E"]


def test_a_post_of_a_hamlet_is_given_anew_where_that_hamlet_lies_now(people, giver):
    mine, other = (Hamlet.objects.get(key=key) for key in "ad")
    clerk("so", None, role=Role.HEAD, hamlet=mine)
    clerk("pao", None, role=Role.HEAD, hamlet=other)
    heirs = {line.post.user.username: line.heirs for line in regrants(giver)}
    assert [(heir.unit, heir.hamlets) for heir in heirs["so"]] == [
        (people["C"], frozenset({mine.pk}))
    ]
    assert heirs["pao"] == ()
    Hamlet.objects.filter(pk=other.pk).update(heir=people["E"])
    heirs = {line.post.user.username: line.heirs for line in regrants(giver)}
    assert [heir.unit for heir in heirs["pao"]] == [people["E"]]


def test_nobody_gives_anew_what_he_could_not_give(people, giver):
    post = clerk("lan", people["A"])
    officer = access_of(on_duty("xa", unit=people["E"]), TODAY)
    assert regrants(officer) == []
    for who, where in ((officer, people["C"]), (giver, people["E"])):
        with pytest.raises(NotYours):
            regrant(post, [where], giver=who)
    assert regrant_many({post.pk: [people["C"].pk]}, giver=officer) == (0, 0)
    post.refresh_from_db()
    assert post.until is None


def test_his_own_post_is_given_anew_by_somebody_else(people):
    mai = on_duty("mai", unit=people["A"])
    assert regrants(access_of(mai, TODAY)) == []


def test_who_may_see_no_people_is_told_about_how_many(people):
    clerk("lan", people["A"])
    administrator = access_of(on_duty("quan.tri", role=Role.ADMINISTRATOR), TODAY)
    ((line),) = regrant_lines(administrator)
    assert (line.now.words, line.heirs[0].fewer.words) == ("dưới 30", "0")


def test_the_report_over_all_users_says_who_gained_by_whom(people, giver):
    clerk("lan", people["A"])
    stays = clerk("so", people["A"])
    day = TODAY - DAY
    regrant(Post.objects.get(user__username="lan"), [people["C"]], giver=giver)
    lines = {line.user.username: line for line in access_lines(giver, day, TODAY)}
    lan, so = lines["lan"], lines[stays.user.username]
    assert [lan.before.people, lan.after.people, lan.approved.people] == [2, 5, 3]
    assert [so.before.people, so.after.people] == [2, 2]
    assert {line.beyond.hamlets for line in lines.values()} == {0}


def test_the_page_gives_what_is_ticked_and_leaves_the_rest(people, giver, client):
    post, left = clerk("lan", people["A"]), clerk("so", people["B"])
    client.force_login(giver.user)
    page = client.get(ADDRESS)
    assert "2 nhiệm vụ ở đơn vị không còn nữa" in page.text
    page = client.post(ADDRESS, {f"p{post.pk}": [people["C"].pk]}, follow=True)
    assert "Đã giao 1 nhiệm vụ mới và kết thúc 1 nhiệm vụ cũ" in page.text
    assert [line.post for line in page.context["lines"]] == [left]
    book = client.get(f"{ADDRESS}access.xlsx?before={TODAY - DAY}&after={TODAY}")
    cells = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0)
    assert {"mai", "lan", "so"} <= {row[0] for row in cells.to_python()}


def test_the_page_is_for_whoever_gives_posts(people, client):
    client.force_login(clerk("lan", people["A"]).user)
    assert client.get(ADDRESS).status_code == 403


def _reformed(dice, units, hamlets, day):
    """One more reform on `day`: some units merge, some are divided, some are renamed."""
    living = [u for u in units if u.valid_until is None]
    dice.shuffle(living)
    while living:
        kind = dice.choice(["merge", "divide", "rename", "stay", "both"])
        old = [living.pop() for _n in range(min(len(living), 1 + (kind in ("merge", "both"))))]
        if kind == "stay":
            continue
        count = 2 if kind in ("divide", "both") else 1
        new = [unit(f"U{len(units) + n}", since=day) for n in range(count)]
        for was in old:
            Unit.objects.filter(pk=was.pk).update(valid_until=day)
            was.valid_until = day
            for heir in new:
                UnitSuccession.objects.create(old=was, new=heir, whole=count == 1)
        units += new
        for heir in new:
            if dice.random() < 0.5:  # hamlets that come with the new unit
                hamlets.append(Hamlet.objects.create(unit=heir, name="M", key=f"m{len(hamlets)}"))


@pytest.mark.parametrize("seed", range(25))
def test_after_any_reform_access_is_what_it_was_and_what_somebody_gave(seed):
    """Protection.md I6: access after ⊆ access before ∪ approved, whatever is merged and divided.

    Hamlets that came with a new unit lie in what its sole forerunner was: they are no widening.
    """
    dice = random.Random(seed)
    days = [date(2021, 7, 1), date(2023, 7, 1), date(2025, 7, 1)]
    units = [unit(f"U{n}") for n in range(6)]
    hamlets = [
        Hamlet.objects.create(unit=u, name=f"H{n}", key=f"h{n}") for u in units for n in (1, 2)
    ]
    mai = User.objects.get(username=User.LOCAL_OPERATOR)
    number = 0
    for day in days:
        for where in [u for u in units if u.valid_until is None]:
            number += 1
            user = User.objects.create_user(f"u{number}")
            Post.objects.create(user=user, role=Role.CLERK, unit=where, since=day - 30 * DAY,
                                granted_by=mai)  # fmt: skip
        before = {p.pk: _opens(p, day - DAY) for p in Post.objects.select_related("unit")}
        known = {hamlet.pk for hamlet in hamlets}
        _reformed(dice, units, hamlets, day)
        some = dice.choice(list(Post.objects.select_related("unit", "user")))
        heir = dice.choice(units)
        approved = Post.objects.create(user=some.user, role=Role.CLERK, unit=heir, since=day,
                                       granted_by=mai)  # fmt: skip
        for post in Post.objects.exclude(pk=approved.pk).select_related("unit"):
            for later in (day, day + 400 * DAY):
                assert _opens(post, later) & known <= before[post.pk], (seed, day, post.unit)
        posts = list(Post.objects.select_related("user", "unit"))
        for each in opened_by(posts, day - DAY, day):
            assert not each.beyond & known, (seed, day, each.user)


def _opens(post, day):
    return access_of(post.user, day).hamlets_of(post)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_pages_of_a_reform(people, giver, client, width):
    clerk("lan", people["A"])
    clerk("so", people["D"])
    client.force_login(giver.user)
    pages = [client.get(address).text for address in (ADDRESS, f"{ADDRESS}hamlets/")]
    with browser_page(width) as page:
        for html in pages:
            show(page, html)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def posted(client, hamlet, unit):
    return client.post(f"{ADDRESS}hamlets/", {f"h{hamlet.pk}": unit.pk if unit else ""})


def test_which_heir_took_a_hamlet_is_said_on_a_page_and_stands_in_the_log(people, client):
    hamlet, later = Hamlet.objects.get(key="d"), clerk("lan", people["E"])
    client.force_login(on_duty("mai", full_name="Lò Thị Mai"))
    assert "Còn 1 tổ, bản của xã đã chia chưa biết về đâu" in client.get(ADDRESS).text
    posted(client, hamlet, people["E"])
    hamlet.refresh_from_db()
    assert hamlet.heir == people["E"]
    assert access_of(later.user, TODAY).hamlets_of(later) == {hamlet.pk}
    written = Look.objects.filter(act="place").values_list("purpose", flat=True)
    assert list(written) == [f"hamlet#{hamlet.pk} unit#{people['E'].pk}"]

    posted(client, hamlet, None)
    hamlet.refresh_from_db()
    assert hamlet.heir is None


@pytest.mark.parametrize("holds", ["E", "C", "D"])
def test_nobody_says_it_who_does_not_hold_every_unit_concerned(people, client, holds):
    hamlet = Hamlet.objects.get(key="d")
    client.force_login(on_duty("mai", unit=people[holds]))
    posted(client, hamlet, people["E"])
    hamlet.refresh_from_db()
    assert hamlet.heir is None


def test_no_hamlet_goes_to_a_unit_that_is_no_heir_of_its_commune(people, client):
    hamlet = Hamlet.objects.get(key="d")
    client.force_login(on_duty("mai"))
    page = client.post(f"{ADDRESS}hamlets/", {f"h{hamlet.pk}": people["A"].pk}, follow=True)
    assert "Bạn không được xếp tổ, bản này" in page.text
    assert not Hamlet.objects.exclude(heir=None).exists()
