"""Whose a file is, is said by acts alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guard.sql"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_deliveries"), ("access", "0012_guard")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
