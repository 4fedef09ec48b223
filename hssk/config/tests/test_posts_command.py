"""`hssk posts`: whom everybody reaches before and after a reform."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.models import User
from hssk.access.rights import Role
from hssk.config.cli import posts as command
from hssk.places.models import Hamlet, Unit
from tests.village import on_duty

TODAY = timezone.localdate()
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def test_a_line_for_each_user_and_failure_when_access_has_grown_by_itself(capsys, monkeypatch):
    commune = Unit.objects.create(
        code="A", level=Unit.COMMUNE, kind="Xã", name="A", path="A", valid_from=None
    )
    Hamlet.objects.create(unit=commune, name="Bản A", key="a")
    on_duty("lan", role=Role.CLERK, unit=commune)
    operator = User.objects.get(username=User.LOCAL_OPERATOR)
    options = type("Options", (), {"before": TODAY - DAY, "after": TODAY})
    assert command.run(options, operator) == 0
    assert "lan\t1\t0\t1\t0\t0\t0\t0\t0" in capsys.readouterr().out.splitlines()
    monkeypatch.setattr(
        "hssk.access.services.areas.Access.hamlets_of",
        lambda access, post: frozenset({1, 2}) if access.day == TODAY else frozenset({1}),
    )
    assert command.run(options, operator) == 1
