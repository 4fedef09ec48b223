"""If the log of looks can not be written, the data are withheld: by every page, file and command.

Source: protection.md, I13; the function that writes looks is made to fail, as a full disk would.
"""

import argparse
import random

import pytest
from django.test import Client
from django.urls import reverse

from hssk.access.models import User
from hssk.config.cli import decisions, missing
from hssk.coverage.services import settle
from tests.proof.addresses import lets_in, routes, text_of
from tests.proof.keys import keys
from tests.proof.measures import LONG, SEED, told
from tests.village import MARCH

FAILS = """
    CREATE OR REPLACE FUNCTION access_write_look(
        actor bigint, act text, its_right text, posts text, people uuid[],
        refused boolean, basis text, tier text, purpose text) RETURNS void
    LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full USING MESSAGE = 'no space left'; END $$"""
# rounds, share of the addresses asked, and of those that turn the reader away
ROUNDS, SHARE, TURNED_AWAY = (6, 1, 1) if LONG else (1, 0.4, 0.1)
_ENDS = {"logout"}


@pytest.fixture
def full(world, owner, menu_counts_once):
    """The world, whose log takes nothing any more."""
    settle()
    owner.execute(FAILS)
    return world


def test_no_address_shows_anybody_whom_the_log_does_not_name(full):
    dice, shown, files, failed, asked = random.Random(SEED), [], set(), 0, 0
    for reader in full.readers:
        client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        client.force_login(reader.user)
        for _round in range(ROUNDS):
            for name, wanted in routes():
                share = SHARE if lets_in(name, reader) else TURNED_AWAY
                if name in _ENDS or dice.random() > share:
                    continue
                known = _of_theirs(full, reader, dice)
                typed = {key: known[key] for key in wanted}
                answer = client.get(f"{reverse(name, kwargs=typed)}?on={MARCH}&q=zq")
                asked, failed = asked + 1, failed + (answer.status_code >= 500)
                kind = answer.headers.get("Content-Type", "")
                if answer.status_code == 200 and not kind.startswith(
                    ("text/html", "application/json")
                ):
                    files.add(name)
                people = full.shown_in(text_of(answer)) - full.shown_in(str(typed))
                if people:
                    shown.append(f"{reader.user.username}: {name} shows {len(people)}")
    told(
        f"with a log that can not be written: {asked:,} requests, {failed:,} withheld, seed {SEED}"
    )
    assert shown == []
    assert files <= OF_NOBODY
    assert failed > asked / 5


# files that name nobody of the register: blanks to fill in, figures, posts of staff
OF_NOBODY = {
    "exchange:postings-blank", "organisations:blank", "coverage:table-file", "coverage:report-pdf",
    "coverage:report-word", "coverage:report-book", "plans:day-pdf", "plans:day-word",
    "coverage:regrants-file",
}  # fmt: skip


def _of_theirs(world, reader, dice):
    """Keys of what the reader may see, where there is any, so that what is asked is there."""
    known = keys(world, dice)
    seen = sorted(world.seen(reader), key=str)
    if seen and dice.random() < 0.8:
        known["person"] = dice.choice(seen)
    mine = sorted(reader.hamlets)
    if mine:
        known["hamlet"] = dice.choice(mine)
    return known


@pytest.mark.parametrize("command", [missing, decisions])
def test_no_command_writes_out_anybody_whom_the_log_does_not_name(full, tmp_path, command):
    out = tmp_path / "out.csv"
    options = argparse.Namespace(unit="12", on=MARCH, csv=out)
    actor = User.objects.get(username=User.LOCAL_OPERATOR)
    with pytest.raises(Exception, match="no space left"):
        command.run(options, actor)
    assert list(tmp_path.iterdir()) == []
