"""Who is registered for first contact with a facility, visible to its officer."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "registered.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_first_contact"),
        ("people", "0008_outcomes"),
        ("places", "0004_facilities"),
    ]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
