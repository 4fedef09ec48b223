"""The world, the server's own connection to it, the owner's, and somebody who attacks.

The world is made once, in a database of its own; each test gets a copy of both. What needs Django is
imported late: this file is read before it stands.
"""

import copy
import random

import psycopg
import pytest

from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from tests import databases


@pytest.fixture(scope="session")
def stage(django_db_setup, django_db_blocker):
    """The database in which the world stands, at rest, and the world."""
    from tests.proof.stage import staged

    name = databases.copy(databases.migrated())
    with django_db_blocker.unblock(), databases.in_database(name):
        made = staged()
    yield name, made
    databases.drop(name)


@pytest.fixture
def fresh_database(stage, django_db_blocker):
    """A database of the test's own in which the world stands. Yields its name."""
    with django_db_blocker.unblock(), databases.in_a_copy_of(stage[0]) as name:
        yield name


@pytest.fixture
def world(stage, fresh_database):
    from tests.proof.world import keep_files

    made = copy.deepcopy(stage[1])
    keep_files(made)
    return made


@pytest.fixture
def menu_counts_once(settings):
    """The numbers beside the menu are those of the last minute, as users have them: for whatever
    judges names and acts, and asks for thousands of pages; they are a third of the work of each."""
    settings.COUNTS_STAND_FOR = 60


@pytest.fixture
def app(fresh_database):
    mine = connection_of(Home.current(), "app").psycopg(dbname=fresh_database)
    with psycopg.connect(**mine) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def owner(fresh_database):
    mine = connection_of(Home.current(), "owner").psycopg(dbname=fresh_database)
    with psycopg.connect(**mine, autocommit=True) as connection:
        yield connection


@pytest.fixture
def machine(fresh_database):
    mine = connection_of(Home.current(), "machine").psycopg(dbname=fresh_database)
    with psycopg.connect(**mine) as connection:
        yield connection


@pytest.fixture
def attacker(world, app):
    from tests.proof.measures import SEED
    from tests.proof.sql import Attacker

    return Attacker(world, app, Home.current().key("scope"), random.Random(SEED))
