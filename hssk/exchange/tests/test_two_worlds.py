"""Whoever delivers a file sees the same bytes whether or not somebody of it is known elsewhere."""

import json
import re

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from hssk.config.cli import import_
from hssk.exchange.models import Batch
from hssk.exchange.services import working
from hssk.exchange.tests.pipeline import (
    APRIL,
    COMMUNE,
    MARCH,
    person,
    take_in,
    write_records,
    write_roster,
)
from hssk.exchange.tests.test_elsewhere import ELSEWHERE, MY, code_of, moved
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from hssk.places.services import unit_on
from tests.village import on_duty

pytestmark = pytest.mark.django_db

KNOWN = person("Lò Văn Sơn", "01/02/1958", pid="012058000020")
NOBODY = person("Tẩn A Páo", "20/10/1979", household="3")
MAYBE = person("Vàng Thị Dợ", "03/04/1966", 2, household="4")
FAULT = person("", "01/01/1990", household="5")
OF_OTHERS = person("Hà Thị Xa", "09/09/1999", 2, unit=ELSEWHERE)
LIST = [KNOWN, MY, NOBODY, MAYBE, FAULT, OF_OTHERS]
# of elsewhere: one for sure, one perhaps
HIDDEN = [
    moved(),
    {**MAYBE, "birth": "04/03/1966", "unit": ELSEWHERE, "hamlet": "Tổ dân phố số 2"},
    {**OF_OTHERS, "hamlet": "Tổ dân phố số 3"},
]
BATCH_PAGES = ("", "progress/", "rows/", "rows/?only=warnings", "rows/?only=centre",
               "rows/?only=handed", "errors.xlsx", "layout/", "undo/")  # fmt: skip
_CHANCE = re.compile(rb'csrf[^>]*>|(?:csrfmiddlewaretoken|name="csrf")[^>]*>|\d\d:\d\d')


@pytest.fixture(autouse=True)
def no_workers(monkeypatch):
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)


class _Left(Exception):
    """Raised to leave a world as if it had never been."""


def numbered_anew(start):
    """Keys go on from the same numbers in each world; the owner alone may say so."""
    owner = connection_of(Home.current(), "owner").psycopg(dbname=connection.settings_dict["NAME"])
    tables = ("exchange_batch", "exchange_sourcerow", "places_hamlet", "places_household")
    with psycopg.connect(**owner, autocommit=True) as sequences:
        for table in tables:
            sequences.execute(f"SELECT setval('{table}_id_seq', {start})")


def world(tmp_path, clerk, kind, *, hidden, capsys):
    """All bytes that the deliverer of a file gets to see, in a world with or without `hidden`."""
    try:
        with transaction.atomic():
            numbered_anew(10_000)
            take_in(write_once(tmp_path / "base.xlsx", Batch.ROSTER, [KNOWN]), Batch.ROSTER)
            if hidden:
                path = write_once(tmp_path / "hidden.xlsx", Batch.ROSTER, HIDDEN)
                take_in(path, Batch.ROSTER, partial=True)
            numbered_anew(20_000)
            path = write_once(tmp_path / f"own-{kind}.xlsx", kind, LIST)
            told = take_in(path, kind, APRIL, code_of(COMMUNE), by=clerk)
            seen = [by_command(told, capsys), *pages(clerk, told[0])]
            raise _Left
    except _Left:
        return seen


def write_once(path, kind, lines):
    if not path.exists():
        (write_roster if kind == Batch.ROSTER else write_records)(path, lines)
    return path


def by_command(told, capsys):
    class Options:
        json = True

    import_._show({"batch": told[0].id, "kind": told[0].kind, **told[1]}, Options)
    return json.loads(capsys.readouterr().out)


def pages(clerk, batch):
    client = Client()
    client.force_login(clerk)
    paths = [f"/exchange/batches/{batch.id}/{rest}" for rest in BATCH_PAGES]
    paths += ["/exchange/batches/", "/exchange/review/", "/exchange/handed/", "/exchange/import/"]
    paths += [f"/exchange/review/{row}/" for row in batch.rows.values_list("id", flat=True)]
    code = code_of(COMMUNE)
    paths += [f"/coverage/unit/{code}/?on={APRIL}",
              f"/coverage/unit/{code}/list/expected/?on={APRIL}"]  # fmt: skip
    return [_bytes(client.get(path)) for path in paths]


def _bytes(answer):
    if answer.streaming:
        return answer.status_code, b"".join(answer.streaming_content)
    if "spreadsheet" in answer["Content-Type"]:
        return answer.status_code, len(answer.content) > 0
    return answer.status_code, _CHANCE.sub(b"", answer.content)


@pytest.mark.parametrize("kind", [Batch.ROSTER, Batch.RECORDS])
def test_two_worlds_that_differ_only_elsewhere_give_the_same_bytes(tmp_path, kind, capsys):
    clerk = on_duty("mai.xa", role="clerk", unit=unit_on(code_of(COMMUNE), MARCH))
    alone = world(tmp_path, clerk, kind, hidden=False, capsys=capsys)
    together = world(tmp_path, clerk, kind, hidden=True, capsys=capsys)
    assert alone[0]["same"] + alone[0]["unchanged"] == 1
    assert "Đang ở trung tâm y tế".encode() in alone[1][1]
    assert together == alone


def test_the_centre_figure_is_the_length_of_its_list(tmp_path, client):
    clerk = on_duty("mai.xa", role="clerk", unit=unit_on(code_of(COMMUNE), MARCH))
    take_in(write_once(tmp_path / "hidden.xlsx", Batch.ROSTER, HIDDEN), Batch.ROSTER)
    path = write_once(tmp_path / "own.xlsx", Batch.ROSTER, LIST)
    batch, _ = take_in(path, Batch.ROSTER, APRIL, code_of(COMMUNE), by=clerk)
    client.force_login(clerk)
    said = client.get(f"/exchange/batches/{batch.id}/").context["outcome"]
    for what in ("centre", "handed"):
        page = client.get(f"/exchange/batches/{batch.id}/rows/?only={what}").context["page"]
        assert page.paginator.count == said[what] > 0
    assert said["rows"] == said["centre"] + said["handed"] + said["same"] + said["ask"] + 1


def test_who_delivers_and_sees_no_row_is_told_only_that_rows_came(tmp_path, client, capsys):
    sender = on_duty("may.gui", role="integrator", unit=unit_on(code_of(COMMUNE), MARCH))
    own = [KNOWN, NOBODY]
    take_in(write_once(tmp_path / "base.xlsx", Batch.ROSTER, [KNOWN]), Batch.ROSTER)
    path = write_once(tmp_path / "own.xlsx", Batch.ROSTER, own)
    batch, _ = take_in(path, Batch.ROSTER, APRIL, code_of(COMMUNE), by=sender)
    client.force_login(sender)
    said = client.get(f"/exchange/batches/{batch.id}/").context["outcome"]
    assert said["centre"] == 2
    assert said["same"] is None
