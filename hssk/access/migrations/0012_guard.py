"""What decides who may see whom is changed by acts alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guard.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0011_organisation_contact"),
        ("places", "0005_organisations"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0001_initial"),
    ]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
