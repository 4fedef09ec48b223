"""The log of looks says in words what each page and command that may name people is for."""

import re
from pathlib import Path

from django.urls import get_resolver

from hssk.access.policy import _named, policy_of
from hssk.access.rights import NAMING, Right
from hssk.config.purposes import PURPOSES

TELLING = NAMING | {Right.HELD, Right.EMERGENCY, Right.CASES, Right.LOOKS}
CLI = Path(__file__).resolve().parents[1] / "cli"


def test_every_page_that_may_name_people_says_what_it_is_for():
    named = {
        name
        for name, view in _named(get_resolver())
        if (policy := policy_of(view)) is not None and policy.rights & TELLING
    }
    assert len(named) > 100
    assert sorted(named - PURPOSES.keys()) == []


def test_no_page_that_is_gone_has_a_purpose():
    pages = {name for name, _view in _named(get_resolver())}
    commands = {
        command
        for file in CLI.glob("*.py")
        for command in re.findall(r'note_export\("(hssk [a-z]+)"', file.read_text("utf-8"))
    }
    assert commands
    assert PURPOSES.keys() - pages == commands
