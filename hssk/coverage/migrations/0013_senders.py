"""The database, too, takes a report from nobody but who sends reports of that unit."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "senders.sql"


class Migration(migrations.Migration):
    dependencies = [("coverage", "0012_registered"), ("access", "0013_beyond")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
