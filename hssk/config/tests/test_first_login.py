"""The first account of a home: nobody knows its name beforehand, and nobody is locked out by it."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from hssk.access.models import User
from hssk.config import first_login
from hssk.config.enrolling import days_to_enrol
from hssk.config.first_login import why_no_name
from hssk.kit.errors import Trouble
from hssk.kit.home import Home

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_yet(db, tmp_path, monkeypatch):
    """A home without accounts, and the local operator who makes the first."""
    monkeypatch.delenv("HSSK_FIRST_USER", raising=False)
    User.objects.exclude(username=User.LOCAL_OPERATOR).delete()
    User.objects.get_or_create(username=User.LOCAL_OPERATOR)
    return Home(tmp_path / "home").open()


@pytest.mark.parametrize(
    "name", ["admin", "Admin", "ADMIN1", "root", "administrator", "Quản.Trị", "quan_tri", "test"]
)
def test_a_name_that_everybody_tries_first_is_refused(name, nobody_yet, monkeypatch):
    assert "đoán được" in why_no_name(name)
    monkeypatch.setenv("HSSK_FIRST_USER", name)
    with pytest.raises(Trouble):
        first_login.first_login(nobody_yet)
    assert not User.objects.filter(username=name).exists()


def test_without_a_terminal_chance_makes_the_name(nobody_yet, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert re.fullmatch(r"quan-tri-\w{4}", first_login.first_login(nobody_yet).name)
    assert len({first_login._name_of_chance() for _time in range(5)}) > 1


def test_the_name_that_was_set_is_taken_and_its_password_runs_out(nobody_yet, monkeypatch):
    monkeypatch.setenv("HSSK_FIRST_USER", "lo.thi.mai")
    login = first_login.first_login(nobody_yet)
    user = User.objects.get(username="lo.thi.mai")
    assert user.check_password(login.password)
    assert user.first_until == localdate() + timedelta(days=7)
    assert first_login.first_login(nobody_yet) is None
    User.objects.update(first_until=localdate() - timedelta(days=1))
    again = first_login.first_login(nobody_yet)
    assert (again.name, again.password != login.password) == ("lo.thi.mai", True)
    user.refresh_from_db()
    assert user.check_password(again.password)


def test_on_a_terminal_the_name_is_asked_for_until_it_is_one(nobody_yet, monkeypatch, capsys):
    typed = iter(["admin", "a b", "lo.thi.mai"])
    monkeypatch.setattr("builtins.input", lambda _asked: next(typed))
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    assert first_login.first_login(nobody_yet).name == "lo.thi.mai"
    assert "đoán được" in capsys.readouterr().out


def test_an_invented_city_asks_nothing_and_tells_the_same_each_time(nobody_yet, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _asked: pytest.fail("it asked"))
    nobody_yet.note(invented=True)
    login = first_login.first_login(nobody_yet)
    assert login == first_login.first_login(nobody_yet)
    assert User.objects.get(username=login.name).first_until is None


@pytest.mark.parametrize(("said", "days"), [("", 7), ("0", 0), ("14", 14)])
def test_the_days_to_enrol_are_a_setting_of_the_home(said, days):
    assert days_to_enrol({"HSSK_SECOND_STEP_DAYS": said}) == timedelta(days=days)


@pytest.mark.parametrize("said", ["15", "-1", "never", "999999999999"])
def test_and_can_never_be_left_out(said):
    with pytest.raises(Trouble):
        days_to_enrol({"HSSK_SECOND_STEP_DAYS": said})
