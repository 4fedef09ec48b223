"""A broken glass that nobody is there to review is told to who can appoint somebody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.tiers import Kind
from hssk.config import navigation
from hssk.config.broken_glass import of_broken_glass
from hssk.people.models import Basis
from tests.village import commune, on_duty, person

pytestmark = pytest.mark.django_db
POSTS, TOLD = "/accounts/posts/", "không còn ai làm việc xem xét: 1."


@pytest.fixture
def nurse(settings):
    settings.COUNTS_STAND_FOR = 0
    navigation._counts.clear()
    nurse = on_duty("lo.thi.bia", Role.CLINICIAN, commune("03403"))
    now = timezone.now()
    Basis.objects.create(
        person=person("Trần Văn Ảo").pk, kind=Kind.BREAK_GLASS, user=nurse, why="danger",
        granted_by=nurse, since=now, until=now + timedelta(hours=4),
    )  # fmt: skip
    return nurse


def told(client):
    return [finding.state for finding in of_broken_glass(timezone.localdate())], client.get(POSTS)


def test_who_could_appoint_somebody_is_told_where_nobody_reads_the_log(client, nurse):
    client.force_login(on_duty("quan.tri", Role.ADMINISTRATOR))
    found, page = told(client)
    assert found == ["warn"]
    assert TOLD in page.text
    assert "Trần Văn Ảo" not in page.text

    judge = on_duty("bao.ve", Role.AUDITOR)
    found, page = told(client)
    assert found == []
    assert TOLD not in page.text

    long_ago = timezone.now() - timedelta(days=46)
    User.objects.filter(pk=judge.pk).update(date_joined=long_ago, last_login=long_ago)
    assert told(client)[0] == ["warn"]  # an account that sleeps reviews nothing


def test_nobody_reviews_their_own(client, nurse):
    Post.objects.create(user=nurse, role=Role.AUDITOR, since=timezone.localdate(), granted_by=nurse)
    client.force_login(on_duty("quan.tri", Role.ADMINISTRATOR))
    assert TOLD in told(client)[1].text


def test_who_could_not_appoint_anybody_is_not_told(client, nurse):
    client.force_login(on_duty("can.bo", Role.OFFICER))
    assert TOLD not in client.get(POSTS).text
