"""The pages of posts and looks: who may give what, and who reads who looked."""

from uuid import uuid4

import pytest

from hssk.access.errors import NotYours
from hssk.access.models import Look, Post, User
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, end_post, look, note
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.places.models import Hamlet, Unit
from tests.village import MARCH, on_duty

pytestmark = pytest.mark.django_db


def unit(code):
    return Unit.objects.on(MARCH).get(code=code)


@pytest.fixture
def officer(client):
    user = on_duty("mai", unit=unit("12-105"), full_name="Lò Thị Mai")
    client.force_login(user)
    return client


def give(client, **said):
    form = {"username": "lan", "full_name": "Vàng Thị Lan", "role": Role.CLERK, "unit": "03403"}
    return client.post("/accounts/posts/", {**form, **said}, follow=True)


def test_an_officer_makes_an_account_with_a_post_and_is_shown_its_first_password(officer, client):
    page = give(officer)
    lan = User.objects.get(username="lan")
    post = lan.posts.get()
    assert (post.role, post.unit.code, post.granted_by.username) == ("clerk", "03403", "mai")
    password = page.context["given"]["password"]
    assert password in page.text
    assert lan.check_password(password)
    assert password not in client.get("/accounts/posts/").text
    assert password not in str(client.cookies) + str(dict(client.session))


@pytest.mark.parametrize(
    "said",
    [
        {"unit": "12"},
        {"unit": ""},
        {"unit": "99999"},
        {"username": "a b"},
        {"role": "auditor"},
        {"username": "l\u0430n"},
    ],  # a Cyrillic а
)
def test_what_is_not_his_to_give_leaves_no_account_behind(officer, said):
    page = give(officer, **said)
    assert "errorlist" in page.text
    assert not User.objects.filter(full_name="Vàng Thị Lan").exists()
    assert Post.objects.count() == 1


def test_a_post_meant_for_somebody_new_is_not_given_to_a_stranger_of_that_login_name(officer):
    stranger = on_duty("lan", unit=unit("01"), full_name="Hoàng Thị Lan")
    assert "mang họ tên khác" in give(officer).text
    assert stranger.posts.count() == 1
    for full_name in ("Hoang Thi Lan", ""):
        give(officer, full_name=full_name)
    assert stranger.posts.filter(unit__code="03403").count() == 2


def test_a_login_name_in_other_letters_makes_no_second_account_that_would_shut_both_out(officer):
    give(officer)
    give(officer, username="Lan", unit="03387")
    assert User.objects.get(username__iexact="lan").posts.count() == 2
    assert "mang họ tên khác" in give(officer, username="MAI", full_name="Hoàng Văn Khác").text
    assert User.objects.filter(username__iexact="mai").count() == 1


def test_a_post_is_ended_by_who_may_and_by_nobody_else(officer, client):
    give(officer)
    far = on_duty("xa", unit=unit("01")).posts.get()
    near = User.objects.get(username="lan").posts.get()
    assert officer.post(f"/accounts/posts/{far.pk}/end/").status_code == 404
    assert officer.get(f"/accounts/posts/{near.pk}/end/").status_code == 405
    assert "Đã kết thúc" in officer.post(f"/accounts/posts/{near.pk}/end/", follow=True).text
    near.refresh_from_db()
    assert near.until is not None
    assert "lan" not in [p.user.username for p in officer.get("/accounts/posts/").context["posts"]]
    User.objects.filter(username="lan").update(first_until=None)
    client.force_login(User.objects.get(username="lan"))
    assert client.get("/").status_code == 403


def test_the_page_lists_the_posts_of_the_own_area_only(officer):
    on_duty("xa", unit=unit("01"))
    give(officer)
    names = [post.user.username for post in officer.get("/accounts/posts/").context["posts"]]
    assert sorted(names) == ["lan", "mai"]


def test_an_auditor_reads_who_looked_and_an_officer_does_not(officer, client):
    who, mai = uuid4(), User.objects.get(username="mai")
    look(access_of(mai, MARCH), "open", Right.REGISTER, [who])
    assert officer.get("/accounts/looks/").status_code == 403
    client.force_login(on_duty("kiem.tra", role=Role.AUDITOR))
    assert "Lò Thị Mai" in client.get("/accounts/looks/").text
    page = client.get(f"/accounts/looks/person/{who}/")  # reading the log is a look as well
    assert [line.look.actor.username for line in page.context["lines"]] == ["kiem.tra", "mai"]
    assert "Cán bộ trung tâm y tế" in page.text
    assert "kiểm tra, bảo vệ dữ liệu" in page.text
    assert client.get(f"/accounts/looks/person/{uuid4()}/").context["page"].paginator.count == 1
    assert client.get("/accounts/looks/?day=9999-12-31").status_code == 200
    note(access_of(mai, MARCH), "in")  # it shows nobody, and is no look by any area
    shown = client.get("/accounts/looks/").text.partition("<tbody>")[2].partition("</tr>")[0]
    assert "đăng nhập" in shown
    assert "địa bàn" not in shown.partition("đăng nhập")[2]
    assert "đã xem" not in shown
    refused = client.get("/accounts/looks/?refused").context["page"]
    assert refused.paginator.count == Look.objects.filter(refused=True).count() == 1


def test_the_ways_through_the_product_are_those_of_the_post(client):
    for role, ways in (
        (Role.CHAIR, {"/", "/reports/", "/organisations/", "/sessions/overview/", "/help/"}),
        (Role.INTEGRATOR, {"/", "/exchange/import/", "/exchange/batches/", "/help/"}),
        (
            Role.ADMINISTRATOR,
            {
                "/accounts/posts/",
                "/accounts/posts/review/",
                "/exchange/posts/",
                "/posts/reform/",
                "/help/",
            },
        ),
        (
            Role.AUDITOR,
            {
                "/accounts/looks/",
                "/coverage/unusual/",
                "/people/cases/",
                "/people/emergency/reviews/",
                "/lists/trace/",
                "/help/",
            },
        ),
    ):
        client.force_login(on_duty(f"mai.{role}", role=role))
        page = client.get("/help/").context
        assert {w["url"] for w in (*page["navigation"], *page["account"]["ways"])} == {
            *ways, "/accounts/questions/",
        }  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/accounts/posts/", "/accounts/looks/", "/"])
def test_axe_finds_nothing_on_the_pages_of_access(client, width, address):
    mai = on_duty("mai", role=Role.AUDITOR, full_name="Lò Thị Mai")
    if "posts" in address:
        mai.posts.create(role=Role.OFFICER, since="2020-01-01", granted_by=mai)
    look(access_of(mai, MARCH), "list", Right.REGISTER, [uuid4()])
    client.force_login(mai)
    html = client.get(address).text
    with browser_page(width) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_post_of_the_commune_names_its_place_even_of_who_gives_posts_everywhere(client):
    client.force_login(on_duty("mai"))
    assert "Nhiệm vụ này phải ghi đơn vị" in give(client, unit="").text
    assert give(client, unit="", role=Role.CHAIR).context["given"]
    assert User.objects.get(username="lan").posts.get().unit is None


@pytest.fixture
def hamlets():
    return [Hamlet.objects.create(unit=unit("03403"), name=f"Bản {n}", key=n) for n in "ab"]


def test_a_post_of_a_hamlet_names_it(officer, hamlets):
    wrong = ({"hamlet": ""}, {"hamlet": "Bản Không Có"}, {"hamlet": "Bản a", "role": Role.CLERK})
    for said in wrong:
        assert "errorlist" in give(officer, **{"role": Role.HEAD, **said}).text
    assert not User.objects.filter(username="lan").exists()
    post = give(officer, role=Role.HEAD, hamlet="Bản a").context["given"]["post"]
    assert post.hamlet == hamlets[0]
    assert access_of(post.user, post.since).hamlets(Right.FIGURES) == {hamlets[0].pk}


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.OFFICER, "/"), (Role.INTEGRATOR, "/"), (Role.ADMINISTRATOR, "/accounts/posts/"),
     (Role.AUDITOR, "/accounts/looks/")],
)  # fmt: skip
def test_whoever_comes_in_stands_on_a_page_of_theirs(client, role, first):
    on_duty("mai", role=role, password="mot cau ngan de nho")
    said = {"login": "mai", "password": "mot cau ngan de nho"}
    answer = client.post("/accounts/login/", said, follow=True)
    assert answer.redirect_chain[0][0] == first
    assert answer.status_code == 200
    assert f'class="brand" href="{first}"' in answer.text
    assert not Look.objects.filter(refused=True).exists()


def test_nobody_ends_his_own_post(officer):
    mine = Post.objects.get(user__username="mai")
    assert f"/accounts/posts/{mine.pk}/end/" not in officer.get("/accounts/posts/").text
    assert officer.post(f"/accounts/posts/{mine.pk}/end/").status_code == 404
    with pytest.raises(NotYours):
        end_post(mine, on=MARCH, giver=access_of(mine.user, MARCH))
    mine.refresh_from_db()
    assert mine.until is None


def test_no_role_is_given_by_leaving_the_choice_alone(officer):
    assert "errorlist" in give(officer, role="").text
    assert not User.objects.filter(username="lan").exists()


def test_who_gives_posts_everywhere_chooses_among_the_communes_that_have_hamlets(client, hamlets):
    client.force_login(on_duty("mai", Role.ADMINISTRATOR))
    page = client.get("/accounts/posts/")
    offered = [str(one) for one in page.context["units"]]
    assert offered
    assert give(client, unit=offered[0]).context["given"]


def test_a_unit_is_named_by_its_name_too(officer, client):
    client.force_login(on_duty("minh"))
    assert str(give(client, unit="phường Tân Phong, Lai Châu").context["given"]["post"].unit)
    assert "Không có đơn vị nào tên" in give(client, unit="Xã Không Có").text


def test_hamlets_of_one_name_in_a_merged_unit_are_told_apart_by_the_unit_they_came_from(client):
    old = list(unit("03388").became.get().new.came_from.all())[:2]
    client.force_login(on_duty("mai"))
    for one in old:
        Hamlet.objects.create(unit=one.old, name="Tổ 1", key="to 1")
    new = old[0].new
    told = give(client, role=Role.HEAD, unit=f"{new} · {new.code}", hamlet="Tổ 1").text
    assert all(f"Tổ 1 ({one.old})" in told for one in old)
    said = {"unit": f"{new} · {new.code}", "hamlet": f"Tổ 1 ({old[1].old})"}
    given = give(client, role=Role.HEAD, **said).context["given"]["post"]
    assert given.hamlet.unit == old[1].old
