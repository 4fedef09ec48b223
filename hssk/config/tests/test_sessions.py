"""When sessions end: set within bounds, told by the doctor; what is over is forgotten."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from hssk.config import serving
from hssk.config.health import of_sessions
from hssk.config.limits import BOUNDS, Limits, keeps_bounds, set_limits
from hssk.kit.errors import Trouble
from hssk.kit.home import Home


@pytest.fixture
def own_home(tmp_path):
    return Home(tmp_path / "home").open()


def test_what_is_set_holds_and_the_rest_stays(own_home):
    assert set_limits(own_home, idle=15) == Limits(idle=15)
    assert set_limits(own_home, shared=2, longest=8) == Limits(15, 2, 8)
    assert Limits.of(own_home.facts).seconds() == (15 * 60, 2 * 60, 8 * 3600)
    assert "15 phút" in of_sessions(own_home).found


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("which", [0, 1])
def test_nothing_is_set_beyond_its_bounds(own_home, name, which):
    beyond = BOUNDS[name][which] + (1 if which else -1)
    with pytest.raises(Trouble):
        set_limits(own_home, **{name: beyond})
    assert Limits.of(own_home.facts) == Limits()


def test_a_shared_machine_never_stands_open_longer_than_one_s_own(own_home):
    with pytest.raises(Trouble):
        set_limits(own_home, idle=5, shared=6)
    own_home.note(sessions={"idle": 5, "shared": 9})
    assert Limits.of(own_home.facts).shared == 5


@pytest.mark.parametrize(
    "written", [{"idle": 99_999}, {"idle": -1}, {"shared": 0}, {"longest": 24 * 365}]
)
def test_what_a_hand_wrote_beyond_is_cut_and_said(own_home, written):
    own_home.note(sessions=written)
    assert not keeps_bounds(own_home.facts)
    limits = Limits.of(own_home.facts)
    assert all(low <= getattr(limits, name) <= high for name, (low, high) in BOUNDS.items())
    assert of_sessions(own_home).state == "warn"


@pytest.mark.parametrize("written", [None, [], "x", {"idle": "20"}, {"idle": None}])
def test_what_is_no_number_is_as_if_it_were_not_there(own_home, written):
    own_home.note(sessions=written)
    assert Limits.of(own_home.facts) == Limits()


def test_the_command_sets_and_the_doctor_tells(hssk):
    assert "idle 20 min" in hssk("sessions").stdout
    assert "shared 2 min" in hssk("sessions", "--idle", "15", "--shared", "2").stdout
    told = json.loads(hssk("doctor", "--json", check=False).stdout)
    [finding] = [one for one in told if one["subject"] == "phiên"]
    assert finding["state"] == "ok"
    assert "15 phút" in finding["found"]
    assert hssk("sessions", "--idle", "240", check=False).returncode != 0


def test_sessions_that_are_over_are_forgotten(fresh_database):
    now = timezone.now()
    for key, ends in (("over", now - timedelta(seconds=1)), ("lasts", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    serving.forget_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasts"]


def test_a_server_forgets_them_when_it_starts_and_goes_on(monkeypatch, fresh_database):
    forgot = []
    monkeypatch.setattr(serving, "forget_sessions", lambda: forgot.append(1))
    monkeypatch.setattr(serving, "_seal_the_log", lambda: None)
    monkeypatch.setattr(serving, "is_served", lambda home: True)
    monkeypatch.setattr(serving, "KEPT_EVERY", 0.0)

    class Server:
        turns = iter([None, None, 0])

        def poll(self):
            return next(self.turns)

    serving.watch(Home.current(), Server())
    assert len(forgot) == 3  # at the start, and at each turn
