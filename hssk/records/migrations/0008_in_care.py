"""The wall of entries asks for care by the one function."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "in_care.sql"


class Migration(migrations.Migration):
    dependencies = [("records", "0007_beyond"), ("people", "0016_in_care")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
