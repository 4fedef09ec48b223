"""Throw-away databases on the server of this run, each a copy of one that is at rest."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from tests.homes import administer, copy_database

numbers = itertools.count(1)


def migrated() -> str:
    """The name of the database of this run: every table, and of data what migrations bring."""
    return connection_of(Home(os.environ["HSSK_TEST_HOME"]), "app").name


def copy(template: str) -> str:
    """Make a copy of a database to which nobody is connected; its name."""
    name = f"{migrated()}_{os.getpid()}_{next(numbers)}"
    home = Home(os.environ["HSSK_TEST_HOME"])
    roles = {role: sql.Identifier(connection_of(home, role).user)
             for role in ("owner", "app", "machine")}  # fmt: skip
    # a template takes one copier at a time
    with home.locked("template.lock"):
        copy_database(name, template, **roles)
    return name


def drop(name: str) -> None:
    administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def in_database(name: str) -> Iterator[None]:
    """Django works in that database until the block ends, and nothing stays connected to it."""
    from django.db import connections

    before = connections.settings["default"]["NAME"]
    connections.close_all()
    connections.settings["default"]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"]["NAME"] = before


@contextmanager
def in_a_copy_of(template: str) -> Iterator[str]:
    """Django works in a copy of its own, gone afterwards. Gives its name."""
    name = copy(template)
    try:
        with in_database(name):
            yield name
    finally:
        drop(name)
