"""The log of looks cannot be changed unseen: protection.md, I14."""

from dataclasses import replace
from datetime import date
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import psycopg
import pytest

from hssk.access.checkpoints import Told
from hssk.access.merkle import EMPTY, leaf, root
from hssk.access.models import Look
from hssk.access.rights import Right
from hssk.access.services import (
    access_of,
    auditing,
    look,
    make_checkpoint,
    note_witness,
    seals,
    verify_log,
)
from hssk.access.showing_seals import in_svg, in_terminal
from hssk.access.witness import keep, kept_in
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from tests.proof.measures import told
from tests.village import MARCH, on_duty

FIRST = "(SELECT min(id) FROM access_look)"
TODAY = date(2026, 11, 26)
WRITE = "SELECT access_write_look(%s, 'list', 'register', '', '{}', false, 'area', 'register', '')"


def whole(witnessed=(), today=TODAY):
    """What is wrong with the log; nothing when it is whole."""
    return verify_log(witnessed, today=today)


@pytest.fixture
def log(fresh_database):
    """Five looks of two people each in two seals, and one not sealed yet."""
    access = access_of(on_duty(), MARCH)
    for number in range(5):
        look(access, "list", Right.REGISTER, [uuid4(), uuid4()])
        if number in (2, 4):
            make_checkpoint()
    look(access, "open", Right.REGISTER, [uuid4()])


@pytest.fixture
def thief(fresh_database):
    """Somebody who rules the database: no trigger and no policy stops them."""
    owner = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    with psycopg.connect(**owner, autocommit=True) as it:
        tables = it.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname ~"
            " '^access_(look|checkpoint|purge|witnessed|retention)'"
        ).fetchall()
        for (table,) in tables:
            it.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield it


def test_an_untouched_log_is_whole_and_new_looks_do_not_disturb_it(log):
    assert whole() == []
    assert [one.lines for one in seals()] == [9, 6]
    assert make_checkpoint().lines == 2
    assert make_checkpoint() is None
    assert whole(seals()) == []


# every way of protection.md I14: edit, delete, insert, reorder, truncate, of looks and of their seals
TAMPERINGS = [
    f"UPDATE access_look SET at = at + interval '1 microsecond' WHERE id = {FIRST}",
    f"UPDATE access_look SET actor_id = actor_id - 1 WHERE id = {FIRST}",
    f"UPDATE access_look SET people = people[1:1] WHERE id = {FIRST}",
    f"UPDATE access_look SET people = ARRAY[people[2], people[1]] WHERE id = {FIRST}",
    f"UPDATE access_look SET refused = true WHERE id = {FIRST}",
    f"UPDATE access_look SET posts = 'clerk#1' WHERE id = {FIRST}",
    f"UPDATE access_look SET basis = 'care' WHERE id = {FIRST}",
    f"UPDATE access_look SET tier = 'routine' WHERE id = {FIRST}",
    f"UPDATE access_look SET purpose = 'coverage:list' WHERE id = {FIRST}",
    f"UPDATE access_look SET posts = basis, basis = 'audit' WHERE id = {FIRST}",
    f"UPDATE access_look SET at = at + interval '1 month' WHERE id = {FIRST}",
    f"DELETE FROM access_look WHERE id = {FIRST}",
    "DELETE FROM access_look WHERE id = (SELECT max(last) FROM access_checkpoint)",
    f"UPDATE access_look SET id = id - 100 WHERE id = {FIRST} + 1",
    "INSERT INTO access_look SELECT id - 1, actor_id, at, act, \"right\", posts, people, refused,"
    f" basis, tier, purpose FROM access_look WHERE id = {FIRST}",
    "TRUNCATE access_look",
    f"DO $$ BEGIN EXECUTE 'DROP TABLE ' || (SELECT tableoid::regclass FROM access_look"
    f" WHERE id = {FIRST}); END $$",
    "INSERT INTO access_purge (month, lines, actor_id, at) SELECT DISTINCT month, 15, actor_id,"
    " now() FROM access_checkpoint, access_look; DELETE FROM access_look",
    "UPDATE access_checkpoint SET month = '2015-01-01' WHERE number = 1",
    "UPDATE access_checkpoint SET root = repeat('0', 64) WHERE number = 1",
    "UPDATE access_checkpoint SET chain = repeat('0', 64) WHERE number = 2",
    "UPDATE access_checkpoint SET last = last - 1 WHERE number = 1",
    "DELETE FROM access_checkpoint WHERE number = 1",
]  # fmt: skip


@pytest.mark.parametrize("change", TAMPERINGS)
def test_any_change_of_what_was_sealed_is_seen(log, thief, change):
    assert whole() == []
    thief.execute(change)
    found = whole()
    told(f"tampering {TAMPERINGS.index(change) + 1} of {len(TAMPERINGS)},",
         f"{change[:70]!r}: {'detected' if found else 'NOT detected'}")  # fmt: skip
    assert found != []


def test_whoever_seals_a_changed_log_anew_is_seen_by_the_witness_alone(log, thief, tmp_path):
    kept = tmp_path / "witness.txt"
    assert keep(kept, seals(), "the witness's own secret") == (2, 2)
    thief.execute(f"UPDATE access_look SET people = '{{}}' WHERE id = {FIRST}")
    thief.execute("DELETE FROM access_checkpoint")
    make_checkpoint()
    assert whole() == []  # the thief's log agrees with itself
    witnessed = kept_in(kept, "the witness's own secret")
    assert len(whole(witnessed)) == 2  # one seal differs, the other is gone
    told(
        "tampering: changed and sealed anew by whoever rules the database: detected by the witness"
    )
    with pytest.raises(Trouble, match="khác với mốc đã giữ"):
        keep(kept, seals(), "the witness's own secret")


def test_a_log_cut_short_is_seen_by_the_witness(log, thief, tmp_path):
    kept = tmp_path / "witness.txt"
    keep(kept, seals(), "secret")
    thief.execute("DELETE FROM access_checkpoint WHERE number = 2")
    thief.execute("DELETE FROM access_look WHERE id > (SELECT max(last) FROM access_checkpoint)")
    assert whole() == []
    assert len(whole(kept_in(kept, "secret"))) == 1
    told("tampering: the last seals and their looks cut off: detected by the witness")


def test_the_witness_says_so_when_it_is_told_less_than_it_keeps(log, thief, tmp_path):
    """The log was cut, or the whole database put back to an older copy."""
    kept = tmp_path / "witness.txt"
    keep(kept, seals(), "secret")
    thief.execute("DELETE FROM access_checkpoint WHERE number = 2")
    before = kept.read_text()
    for shown in (seals(), []):
        with pytest.raises(Trouble, match="bị cắt bớt hay lùi về một bản sao lưu"):
            keep(kept, shown, "secret")
    assert kept.read_text() == before


def test_a_file_told_before_a_seal_was_photographed_is_kept_and_said_to_be_old(log, tmp_path):
    kept = tmp_path / "witness.txt"
    keep(kept, seals()[1:], "secret", scanned=True)
    with pytest.raises(Trouble, match="tệp báo là tệp cũ"):
        keep(kept, seals()[:1], "secret")
    assert keep(kept, seals(), "secret") == (0, 2)


def test_seals_that_a_witness_was_found_to_keep_are_missed_without_its_file(log, thief):
    note_witness(seals(), on_duty("khac"))
    assert whole() == []
    thief.execute("DELETE FROM access_checkpoint WHERE number = 2")
    thief.execute("DELETE FROM access_look WHERE id > (SELECT max(last) FROM access_checkpoint)")
    assert whole() == ["mốc 2 không còn như khi đối chiếu với người làm chứng"]


def test_the_witness_takes_only_what_continues_what_it_keeps(log, tmp_path):
    kept = tmp_path / "witness.txt"
    with pytest.raises(Trouble, match="không nối tiếp"):
        keep(kept, seals()[1:], "secret")
    assert keep(kept, seals(), "secret") == (2, 2)
    assert keep(kept, seals(), "secret") == (0, 2)


def test_a_witness_file_changed_by_hand_is_refused(log, tmp_path):
    kept = tmp_path / "witness.txt"
    keep(kept, seals(), "secret")
    kept.write_text(kept.read_text().replace(" 9 ", " 8 "))
    with pytest.raises(Trouble, match="không phải do máy này ghi"):
        kept_in(kept, "secret")
    for other in (b"a b c d e f g", b"\xff\xfe\x00", f"{seals()[0]} ký".encode()):
        kept.write_bytes(other)
        with pytest.raises(Trouble, match="không phải do máy này ghi"):
            kept_in(kept, "secret")


def test_a_look_that_is_being_written_is_waited_for_and_sealed(log, fresh_database):
    """Numbers are given before rows are committed: none may come later among those sealed."""
    mine = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    user = Look.objects.first().actor_id
    with psycopg.connect(**mine) as slow:
        slow.execute(WRITE, [user])
        look(access_of(on_duty("khac"), MARCH), "list", Right.REGISTER, [])
        sealing = Thread(target=_seal)
        sealing.start()
        sealing.join(0.3)
        assert sealing.is_alive()
        slow.commit()
        sealing.join(10)
    assert seals()[-1].lines == 4  # the one not sealed with its person, and the two new ones
    assert whole() == []


def test_one_long_look_holds_up_neither_those_after_it_nor_the_next_seal(
    log, fresh_database, monkeypatch
):
    """A large file is written out in the transaction of its look, for minutes."""
    monkeypatch.setattr(auditing, "TRIES", 2)
    mine = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    user, sealed_before = Look.objects.first().actor_id, seals()
    with psycopg.connect(**mine) as slow, psycopg.connect(**mine, autocommit=True) as other:
        slow.execute(WRITE, [user])
        sealing = Thread(target=_seal_in_vain)
        sealing.start()
        sleep(0.3)
        began = monotonic()
        other.execute(WRITE, [user])
        assert monotonic() - began < 2
        sealing.join(20)
        assert not sealing.is_alive()
        assert seals() == sealed_before
        slow.commit()
    make_checkpoint()
    assert whole() == []
    assert seals()[-1].lines == 4


def _seal_in_vain():
    from django.db import connection

    with pytest.raises(Trouble, match="Chưa chốt được"):
        make_checkpoint()
    connection.close()


def _seal():
    from django.db import connection

    make_checkpoint()
    connection.close()


@pytest.mark.parametrize("count", range(18))
def test_the_root_is_that_of_rfc_6962(count):
    lines = [str(number).encode() for number in range(count)]
    assert root(lines) == (count, _as_written(lines))


def _as_written(lines):
    """The definition of RFC 6962, 2.1, word for word."""
    import hashlib

    if not lines:
        return EMPTY
    if len(lines) == 1:
        return leaf(lines[0])
    split = 1
    while split * 2 < len(lines):
        split *= 2
    halves = _as_written(lines[:split]) + _as_written(lines[split:])
    return hashlib.sha256(b"\1" + halves).digest()


def test_a_seal_photographed_runs_ahead_and_what_is_told_later_must_lead_to_it(log, tmp_path):
    kept, told = tmp_path / "witness.txt", seals()
    assert keep(kept, told[1:], "secret", scanned=True) == (1, 1)
    changed = replace(told[0], lines=8)
    with pytest.raises(Trouble, match="không nối tiếp"):
        keep(kept, [changed], "secret")
    assert keep(kept, told, "secret") == (1, 2)
    assert whole(kept_in(kept, "secret")) == []


def test_the_picture_of_a_seal_says_the_seal(log):
    assert str(Told.read(str(seals()[-1]))) == str(seals()[-1])
    assert in_svg(seals()[-1]) != in_svg(seals()[0])
    assert "█" in in_terminal(seals()[-1])
