"""The promises of the embedded PostgreSQL: it survives, it is never orphaned, it refuses."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg import binaries
from hssk.kit.pg.account import account_for_server
from hssk.kit.pg.cluster import Cluster
from hssk.kit.pg.connection import connection_of
from hssk.kit.pg.server import processes_in, shared_buffers
from hssk.kit.pg.use import database, is_served, keep_running
from hssk.kit.tests.test_own_server import forget_machine, machine_of

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to play another account")


def supervisors(home: Home) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"hssk.kit.pg.supervisor" in words and str(home.path).encode() in words:
            found.append(int(entry.name))
    return found


def postmaster(home: Home) -> int:
    return int((Cluster.of(home).data / "postmaster.pid").read_text().split()[0])


def servers(home: Home) -> list[int]:
    return processes_in(Cluster.of(home).data)


def comes_true(question, within=20.0) -> bool:
    give_up = time.monotonic() + within
    while time.monotonic() < give_up:
        if question():
            return True
        time.sleep(0.02)
    return False


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def test_the_server_stops_when_its_last_user_lets_go(empty_home):
    with database(empty_home):
        assert servers(empty_home)
    assert comes_true(lambda: not is_served(empty_home))
    assert not servers(empty_home)


def test_a_removed_home_leaves_no_server_behind(empty_home):
    with database(empty_home):
        kept = Cluster.of(empty_home).data
        empty_home.path.rename(empty_home.path.with_name("elsewhere"))
        moved = empty_home.path.with_name("elsewhere") / kept.relative_to(empty_home.path)
        assert comes_true(lambda: not processes_in(moved))
        moved.parents[1].rename(empty_home.path)


def test_a_killed_supervisor_takes_the_server_with_it_and_has_a_successor(empty_home):
    with database(empty_home) as connections:
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        kill(supervisors(empty_home)[0])
        assert comes_true(lambda: not servers(empty_home))
        keep_running(empty_home)
        with psycopg.connect(**connections.app.psycopg()) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_killed_server_is_started_again(empty_home):
    with database(empty_home) as connections:
        kill(postmaster(empty_home))

        def answers() -> bool:
            try:
                psycopg.connect(**connections.app.psycopg()).close()
            except psycopg.OperationalError:
                return False
            return True

        assert comes_true(answers)
        assert len(supervisors(empty_home)) == 1


def test_nothing_acknowledged_is_lost_when_either_is_killed(empty_home, monkeypatch):
    monkeypatch.delenv("HSSK_SERVER_FOR_TESTS")
    dice = random.Random(20240313)
    acknowledged: list[int] = []
    with database(empty_home) as connections:
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            connection.execute("CREATE TABLE written (number int PRIMARY KEY)")
        number = 0
        for _ in range(6):
            end = time.monotonic() + dice.uniform(0.0, 0.15)
            victim = dice.choice(["supervisor", "server"])
            with psycopg.connect(**connections.app.psycopg(), autocommit=True) as connection:
                while time.monotonic() < end:
                    number += 1
                    connection.execute("INSERT INTO written VALUES (%s)", [number])
                    acknowledged.append(number)
            kill(supervisors(empty_home)[0] if victim == "supervisor" else postmaster(empty_home))
            assert comes_true(
                lambda: not is_served(empty_home) or len(supervisors(empty_home)) == 1
            )
            _until_it_answers(empty_home, connections)
        with psycopg.connect(**connections.app.psycopg()) as connection:
            stored = {row[0] for row in connection.execute("SELECT number FROM written")}
    assert set(acknowledged) <= stored


def _until_it_answers(home, connections):
    def answers() -> bool:
        keep_running(home)
        try:
            with psycopg.connect(**connections.app.psycopg()) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    assert comes_true(answers)


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.4, 0.6, 0.9])
def test_a_first_start_killed_half_way_is_simply_done_again(empty_home, delay):
    program = "from hssk.kit.home import Home; from hssk.kit.pg.use import database\n"
    program += "with database(Home.current()): input()"
    starting = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE)
    time.sleep(delay)
    for process in supervisors(empty_home):
        kill(process)
    starting.kill()
    starting.communicate()
    with (
        database(empty_home) as connections,
        psycopg.connect(**connections.app.psycopg()) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_two_commands_on_an_empty_home_share_one_server(empty_home):
    program = "import sys, psycopg; from hssk.kit.home import Home\n"
    program += "from hssk.kit.pg.use import database\n"
    program += "with database(Home.current().open()) as it:\n"
    program += "    psycopg.connect(**it.app.psycopg()).close(); print('in', flush=True); input()"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    assert [one.stdout.readline() for one in both if one.stdout] == [b"in\n", b"in\n"]
    assert comes_true(lambda: len(supervisors(empty_home)) == 1)
    for one in both:
        one.communicate(b"\n")
        assert one.returncode == 0


def test_a_stale_pid_file_that_names_an_innocent_process_is_no_obstacle(empty_home):
    with database(empty_home):
        pid_file = Cluster.of(empty_home).data / "postmaster.pid"
        words = pid_file.read_text()
    assert comes_true(lambda: not is_served(empty_home))
    named = words.replace(words.split()[0], str(os.getpid()), 1)
    pid_file.write_text(named)
    (Cluster.of(empty_home).socket / ".s.PGSQL.5432.lock").write_text(named)
    with database(empty_home):
        assert servers(empty_home)


def test_a_data_directory_of_somebody_else_is_refused_and_left_alone(empty_home):
    foreign = empty_home.path / "pg" / "data"
    foreign.mkdir(parents=True)
    (foreign / "PG_VERSION").write_text("18\n")
    with pytest.raises(Trouble, match="không do HSSK"), database(empty_home):
        pass
    assert [entry.name for entry in foreign.iterdir()] == ["PG_VERSION"]


def test_another_major_version_is_refused_with_what_to_do(empty_home):
    with database(empty_home):
        version = Cluster.of(empty_home).data / "PG_VERSION"
    assert comes_true(lambda: not is_served(empty_home))
    version.write_text("17\n")
    with pytest.raises(Trouble, match=r"PostgreSQL 17 .* pg_dump 17"), database(empty_home):
        pass


def test_lost_data_is_not_replaced_by_an_empty_database(empty_home):
    with database(empty_home):
        data = Cluster.of(empty_home).data
    assert comes_true(lambda: not is_served(empty_home))
    data.rename(data.with_name("lost"))
    with pytest.raises(Trouble, match="Mất thư mục dữ liệu"), database(empty_home):
        pass


@as_root
def test_a_home_of_another_account_is_refused(empty_home):
    os.chown(empty_home.path, 65534, 65534)
    with pytest.raises(Trouble, match="tài khoản khác"):
        empty_home.open()


@as_root
def test_a_home_the_server_cannot_enter_has_its_data_in_a_system_directory(empty_home, monkeypatch):
    system = empty_home.path.parent.with_name(f"{empty_home.path.parent.name}-system")
    system.mkdir(mode=0o755)
    monkeypatch.setenv("HSSK_SYSTEM_DIRECTORY", str(system))
    empty_home.path.parent.chmod(0o700)
    try:
        with database(empty_home):
            assert Cluster.of(empty_home).data.is_relative_to(system)
            assert empty_home.facts["embedded"]["place"] == str(system / empty_home.facts["id"])
        assert comes_true(lambda: not is_served(empty_home))

        copied = empty_home.path.with_name("copy")
        shutil.copytree(empty_home.path, copied)
        with pytest.raises(Trouble, match="là bản chép"), database(Home(copied)):
            pass
    finally:
        shutil.rmtree(system)


@as_root
def test_programs_the_server_cannot_reach_are_copied(tmp_path, empty_home, monkeypatch):
    package = binaries.shipped().parent
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    for name in (package.name, f"{package.name}.libs"):
        (hidden / name).symlink_to(package.with_name(name))
    newest = binaries.shipped().name
    monkeypatch.setattr(binaries, "shipped", lambda: hidden / package.name / newest)
    system = empty_home.path.parent / "system"
    programs = binaries.programs_for(account_for_server(), system)
    assert programs.is_relative_to(system)
    assert binaries.major(programs) >= 18


def test_a_home_older_than_the_role_of_commands_gets_it(empty_home, monkeypatch):
    monkeypatch.setenv("HSSK_LINGER", "0")
    with database(empty_home) as connections:
        with psycopg.connect(**connections.owner.psycopg()) as connection:
            connection.execute("CREATE TABLE kept (x int)")
        forget_machine(connection_of(empty_home, "super").psycopg(dbname="hssk"), "hssk")
    assert comes_true(lambda: not is_served(empty_home))
    with database(empty_home), psycopg.connect(**machine_of(empty_home)) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")


def test_the_app_role_owns_nothing_and_needs_its_password(empty_home):
    with database(empty_home) as connections:
        with (
            psycopg.connect(**connections.app.psycopg()) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TABLE mine (x int)")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**connections.app.psycopg(password="wrong"))


@pytest.mark.parametrize(
    ("gigabytes", "kept"),
    [(0.5, "128MB"), (2, "256MB"), (4, "512MB"), (8, "1024MB"), (64, "1024MB")],
)
def test_the_database_keeps_an_eighth_of_the_memory_and_at_most_a_gigabyte(gigabytes, kept):
    assert shared_buffers(int(gigabytes * 2**30)) == kept
