"""The moment of the transaction: all that one writes is written at once."""

from datetime import datetime

from django.db import connection


def transaction_moment() -> datetime:
    """When the current transaction began, by the database's own clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]
