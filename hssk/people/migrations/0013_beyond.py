"""Walls ask for rights where they are held."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "beyond.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0012_number_ends"), ("access", "0013_beyond")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
