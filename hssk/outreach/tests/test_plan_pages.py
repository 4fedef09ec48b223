"""The pages of campaigns and sessions: whose they are, and what they say without the planner."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hssk.access.rights import Role
from hssk.coverage.tests.test_screens import text
from hssk.outreach.models import Campaign, Session
from hssk.outreach.services.naming import commune_on
from hssk.outreach.tests.place import CODE
from hssk.outreach.tests.test_proposing import NOW, by_hand, campaign, officer, proposed  # noqa: F401
from hssk.outreach.views import campaigns, proposals
from tests.village import commune, on_duty


@pytest.fixture
def today(campaign):  # noqa: F811
    """A campaign that is running now."""
    day = timezone.localdate()
    Campaign.objects.update(first=day, last=day + timedelta(days=60))
    campaign.refresh_from_db()
    return day


def test_without_the_solver_the_page_says_how_to_install_it_and_hands_go_on(
    client, officer, campaign, today, monkeypatch  # noqa: F811
):  # fmt: skip
    monkeypatch.setattr("hssk.outreach.services.planning.can_plan", lambda: False)
    monkeypatch.setattr(proposals.planning, "can_plan", lambda: False)
    client.force_login(officer)
    said = text(client.get(f"/sessions/campaigns/{campaign.pk}/"))
    assert "make plan" in said
    assert "Đề xuất lịch" not in said
    assert "Lập buổi bằng tay" in said
    client.post(f"/sessions/campaigns/{campaign.pk}/propose/")
    assert not campaign.proposals.exists()


def test_a_proposal_is_read_with_its_reasons_and_taken_over_in_part(
    client, officer, campaign, today  # noqa: F811
):  # fmt: skip
    proposal = proposed(campaign, officer, timezone.now())
    client.force_login(officer)
    said = text(client.get(f"/sessions/proposals/{proposal.pk}/"))
    assert "còn 30 người chưa có hồ sơ" in said
    assert "giả định" in said
    client.post(f"/sessions/proposals/{proposal.pk}/", {"outing": ["0", "x", "99999999"]})
    assert Session.objects.count() == 1


def test_saving_the_roads_of_one_page_leaves_those_of_the_others(
    client, officer, campaign, today, monkeypatch  # noqa: F811
):  # fmt: skip
    client.force_login(officer)
    address = f"/sessions/campaigns/{campaign.pk}/places/"
    keys = [row["place"].hamlet for row in client.get(address).context["rows"]]
    assert len(keys) == 2
    client.post(address, {f"road-{key}": f"đường {nth}" for nth, key in enumerate(keys)})
    monkeypatch.setattr(campaigns, "PLACES_ON_A_PAGE", 1)
    page = client.get(f"{address}?page=2")
    assert [row["place"].hamlet for row in page.context["rows"]] == keys[1:2]
    assert "Lưu các tuyến của trang này rồi mới sang trang khác." in text(page)
    answer = client.post(f"{address}?page=2", {f"road-{keys[1]}": "đường mới"})
    assert answer.url == f"{address}?page=2"
    roads = dict(campaign.roads.values_list("hamlet", "name"))
    assert roads == {key: f"đường {nth}" for nth, key in enumerate(keys)} | {keys[1]: "đường mới"}


def test_a_campaign_is_of_who_plans_in_its_unit_and_else_not_there(client, campaign, today):  # noqa: F811
    clerk = on_duty("van.thu", Role.CLERK, commune(CODE))
    client.force_login(clerk)
    assert client.get(f"/sessions/campaigns/{campaign.pk}/").status_code == 403
    other = on_duty("noi.khac", Role.OFFICER, commune("03404"))
    client.force_login(other)
    assert client.get(f"/sessions/campaigns/{campaign.pk}/").status_code == 404
    mine = on_duty("o.day", Role.OFFICER, commune(CODE))
    client.force_login(mine)
    assert client.get(f"/sessions/campaigns/{campaign.pk}/").status_code == 200


def test_a_clerk_sees_a_session_of_a_team_and_does_not_move_or_cancel_it(
    client, officer, campaign, today  # noqa: F811
):  # fmt: skip
    session = by_hand(campaign, officer)
    client.force_login(on_duty("van.thu", Role.CLERK, commune(CODE)))
    said = text(client.get(f"/sessions/{session.pk}/"))
    assert "Đội 1" in said
    assert "Hủy buổi" not in said
    client.post(f"/sessions/{session.pk}/cancel/", {"why": "x"})
    client.post(f"/sessions/{session.pk}/fix/", {"fixed": "0"})
    session.refresh_from_db()
    assert (session.state, session.fixed) == ("planned", True)


@pytest.mark.parametrize("page", ["/sessions/", "/sessions/campaigns/{campaign}/"])
def test_a_session_is_listed_with_the_commune_it_goes_to(
    client, officer, campaign, today, page  # noqa: F811
):  # fmt: skip
    """Two communes have a Tổ 2, and a team goes to one of them."""
    session = by_hand(campaign, officer, on=max(today, NOW.date()) + timedelta(days=1))
    client.force_login(officer)
    table = client.get(page.format(campaign=campaign.pk)).text.partition("<tbody>")[2]
    assert str(commune_on(session.stops.get().hamlet, today)) in table


@pytest.mark.parametrize("page", ["/sessions/", "/sessions/campaigns/{campaign}/",
                                  "/sessions/campaigns/{campaign}/progress/"])  # fmt: skip
def test_a_page_of_sessions_asks_no_more_where_there_are_more(
    client, officer, campaign, today, page  # noqa: F811
):  # fmt: skip
    client.force_login(officer)
    address, asked, first = page.format(campaign=campaign.pk), [], max(today, NOW.date())
    for more in (1, 3, 3):  # the first page of all fills what is kept of places
        for nth in range(more):
            by_hand(campaign, officer, on=first + timedelta(days=1 + nth + 7 * len(asked)))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_a_team_is_chosen_by_what_it_can_do(client, officer, campaign, today):  # noqa: F811
    campaign.teams.filter(name="Đội 1").update(skills="nói tiếng Mông, lấy máu")
    client.force_login(officer)
    said = text(client.get(f"/sessions/campaigns/{campaign.pk}/session/"))
    assert "Đội 1 · nói tiếng Mông, lấy máu" in said
