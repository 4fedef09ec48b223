"""The table of ASVS 5.0 and the page of the doors fail when they are untrue."""

import ast
import re
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, get_resolver

from hssk.access import passwords
from hssk.access.policy import policy_of
from hssk.access.rights import RIGHTS, SECOND_STEP, Right, Role
from hssk.access.services.coming_back import TRIES
from hssk.access.services.coming_in import AWAKE_FOR
from hssk.access.services.posts import FIRST_LASTS
from hssk.config import enrolling
from hssk.config.discreet import LogOfHome
from hssk.config.limits import BOUNDS

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/security/asvs.md").read_text("utf-8")
DOORS = (ROOT / "docs/security/doors.md").read_text("utf-8")
# release 5.0.0, levels 1 and 2
FIRST = [
    "6.1.1",
    "6.2.1",
    "6.2.2",
    "6.2.3",
    "6.2.4",
    "6.2.5",
    "6.2.6",
    "6.2.7",
    "6.2.8",
    "6.3.1",
    "6.3.2",
    "6.4.1",
    "6.4.2",
    "7.2.1",
    "7.2.2",
    "7.2.3",
    "7.2.4",
    "7.4.1",
    "7.4.2",
    "8.1.1",
    "8.2.1",
    "8.2.2",
    "8.3.1",
]
SECOND = [
    "6.1.2",
    "6.1.3",
    "6.2.9",
    "6.2.10",
    "6.2.11",
    "6.2.12",
    "6.3.3",
    "6.3.4",
    "6.4.3",
    "6.4.4",
    "6.5.1",
    "6.5.2",
    "6.5.3",
    "6.5.4",
    "6.5.5",
    "6.6.1",
    "6.6.2",
    "6.6.3",
    "6.8.1",
    "6.8.2",
    "6.8.3",
    "6.8.4",
    "7.1.1",
    "7.1.2",
    "7.1.3",
    "7.3.1",
    "7.3.2",
    "7.4.3",
    "7.4.4",
    "7.4.5",
    "7.5.1",
    "7.5.2",
    "7.6.1",
    "7.6.2",
    "8.1.2",
    "8.2.3",
    "8.4.1",
    "16.1.1",
    "16.2.1",
    "16.2.2",
    "16.2.3",
    "16.2.4",
    "16.2.5",
    "16.3.1",
    "16.3.2",
    "16.3.3",
    "16.3.4",
    "16.4.1",
    "16.4.2",
    "16.4.3",
    "16.5.1",
    "16.5.2",
    "16.5.3",
]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d", line)
]


def test_every_requirement_is_there_once_with_its_level():
    found = [(row[0], row[1]) for row in ROWS]
    assert sorted(found) == sorted([(i, "1") for i in FIRST] + [(i, "2") for i in SECOND])
    assert all(len(row) == 5 and all(row) for row in ROWS)


def _verdict(row):
    if row[4].startswith("NOT MET: ") and len(row[4]) > 20:
        return "not met"
    if row[4].startswith("does not apply: "):
        return "does not apply"
    assert re.fullmatch(r"`[^`]+::test_\w+`(, `[^`]+::test_\w+`)*", row[4]), row
    return "met"


def test_the_counts_at_the_top_are_those_of_the_tables():
    verdicts = [_verdict(row) for row in ROWS]
    said = re.search(
        r"Of (\d+) requirements (\d+) are met with a test that shows it, (\d+) do not apply, "
        r"(\d+) (?:is|are) not met",
        TABLE,
    )
    assert said
    counted = [verdicts.count(each) for each in ("met", "does not apply", "not met")]
    assert [int(count) for count in said.groups()] == [len(ROWS), *counted]


@cache
def _tests_of(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists():
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", TABLE)
    assert len(named) == TABLE.count("::test_")
    assert [f"{path}::{name}" for path, name in named if name not in _tests_of(path)] == []


def test_the_numbers_of_the_doors_are_those_of_the_program():
    limits = settings.ACCOUNT_RATE_LIMITS
    assert limits == {"login_failed": "5/5m/key,50/5m/ip", "login": "120/m/ip"}
    for said in (
        "5 wrong ones in 5 minutes shut a name for 5 minutes, 50 a computer",
        "120 tries a minute from one computer",
        f"{TRIES} wrong ones end the short way",
        f"{settings.SITTING_IDLE // 60} minutes; at a shared machine {settings.SITTING_SHARED_IDLE // 60} |",
        f"| {settings.SITTING_LONGEST // 3600} hours, a shift",
        f"| {settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60} minutes, before",
        "nobody there {} to {} minutes".format(*BOUNDS["idle"]),
        "at a shared machine {} to {}, at most".format(*BOUNDS["shared"]),
        "at most {} to {} hours".format(*BOUNDS["longest"]),
        "| at once | as many as somebody has;",
        f"sleeps after {AWAKE_FOR.days} days",
        f"{passwords.LEFT} letters of one's own",
        f"runs out after {FIRST_LASTS.days} days",
        f"one has {enrolling.DAYS} days (`HSSK_SECOND_STEP_DAYS`, 0 to {enrolling.MOST};",
        f"fewer than 10^{len(str(passwords.GUESSES)) - 1} guesses",
    ):
        assert said in DOORS, said


def test_who_must_have_two_factors_is_as_the_program_says():
    said = DOORS.partition("**Who must")[2].partition("From the first")[0]
    without = {right.value for right in set(Right) - SECOND_STEP}
    exempt = {role.value for role in Role if not RIGHTS[role] & SECOND_STEP}
    assert set(re.findall(r"`([\w-]+)`", said)) == without | exempt


def test_the_words_that_make_no_password_are_those_of_the_program():
    listed = DOORS.partition("Words of this work")[2].partition("Besides")[0]
    assert re.findall(r"`(\w+)`", listed) == list(passwords.WORDS)


def _open_to_strangers(resolver):
    for one in resolver.url_patterns:
        if not isinstance(one, URLPattern):
            yield from _open_to_strangers(one)
        elif (policy := policy_of(one.callback)) is not None and policy.strangers:
            yield one.name


def test_the_ways_in_are_all_written_down():
    listed = DOORS.partition("Addresses open to strangers")[2].partition("\n\n")[0]
    assert re.findall(r"`(\w+)`", listed) == sorted(_open_to_strangers(get_resolver()))


def test_the_logs_are_all_written_down():
    code = [
        path.read_text("utf-8") for path in ROOT.glob("hssk/**/*.py") if "tests" not in path.parts
    ]
    made = set(re.findall(r"\.logs / \"([\w.]+)\"", "".join(code)))
    assert made == set(re.findall(r"`([a-z]+\.log)`", DOORS.partition("## Logs")[2]))
    handlers = settings.LOGGING["handlers"].values()
    assert {handler["class"] for handler in handlers} <= {
        "hssk.config.discreet.LogOfHome", "logging.NullHandler",
    }  # fmt: skip
    assert issubclass(LogOfHome, RotatingFileHandler)  # a file, and nothing that leaves the machine
    sent = r"(SysLog|Socket|HTTP|SMTP)Handler|sentry|AdminEmail"
    senders = [
        path.name
        for path in ROOT.glob("hssk/**/*.py")
        if "tests" not in path.parts and re.search(sent, path.read_text("utf-8"))
    ]
    assert senders == ["syslog.py"]
    assert "`HSSK_SYSLOG`" in DOORS.partition("## Logs")[2]
