"""The ledger knows of books that were opened at a door: the functions that count are made anew."""

from importlib import import_module

from django.db import migrations

filled = import_module("hssk.coverage.migrations.0002_ledger").filled

FORGOTTEN = """
    DROP FUNCTION coverage_recount_few(uuid[]);
    DROP FUNCTION coverage_recount_many(uuid[]);
    DROP FUNCTION coverage_recount_share(uuid[]);
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0003_wall"), ("people", "0008_outcomes")]

    operations = [
        migrations.RunSQL([(text, None)], migrations.RunSQL.noop)
        for text in (FORGOTTEN, filled("recount.sql"), filled("books.sql"))
    ]
