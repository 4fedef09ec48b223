"""The world, the server's own connection to it, the owner's, and somebody who attacks.

What needs Django is imported late: this file is read before it stands.
"""

import random

import psycopg
import pytest

from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of


@pytest.fixture
def world(fresh_database):
    from tests.proof.stage import staged

    return staged()


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
