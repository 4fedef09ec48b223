"""Who looked at somebody, told to whoever has them in care."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "looks_in_care.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_emergency"),
        ("people", "0004_bases"),
        ("access", "0010_first_contact"),
    ]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
