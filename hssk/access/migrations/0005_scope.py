"""Scopes, by which row security knows who asks; the log of looks behind it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "scope.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0004_first_posts")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
