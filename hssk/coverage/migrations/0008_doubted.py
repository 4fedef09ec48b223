"""The rows of the ledger say what is doubtful, so that its report reads the doubtful alone; numbers of
a day are added up one by one."""

from importlib import import_module

from django.db import migrations

filled = import_module("hssk.coverage.migrations.0002_ledger").filled

FORGOTTEN = """
    DROP FUNCTION coverage_quality(date, bigint[]);
    DROP FUNCTION coverage_stand(date);
    DROP FUNCTION coverage_on(date, boolean);
"""
AGAIN = ("recount.sql", "read.sql", "quality.sql", "doubted.sql")


class Migration(migrations.Migration):
    dependencies = [("coverage", "0007_organisations"), ("people", "0010_organisations")]

    operations = [
        migrations.RunSQL([(text, None)], migrations.RunSQL.noop)
        for text in (
            import_module("hssk.coverage.migrations.0004_books").FORGOTTEN,
            FORGOTTEN,
            *(filled(name) for name in AGAIN),
        )
    ]
