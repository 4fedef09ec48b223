"""Walls ask for rights where they are held."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "beyond.sql"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_guard"), ("access", "0013_beyond")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
