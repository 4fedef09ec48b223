"""What of an entry may change, and who sees it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "entries.sql"


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("people", "0004_bases")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
