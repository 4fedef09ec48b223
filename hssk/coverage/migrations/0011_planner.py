"""Counting a large file knows how many numbers there are, and its plan does not look for them one by
one; the words that are left for whoever counts are written as they are."""

from importlib import import_module

from django.db import migrations

filled = import_module("hssk.coverage.migrations.0002_ledger").filled


class Migration(migrations.Migration):
    dependencies = [("coverage", "0010_beyond"), ("people", "0012_number_ends")]

    operations = [
        migrations.RunSQL([(text, None)], migrations.RunSQL.noop)
        for text in (
            import_module("hssk.coverage.migrations.0004_books").FORGOTTEN,
            filled("recount.sql"),
            filled("planner.sql"),
        )
    ]
