"""Figures of the members of organisations."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "organisations.sql"


class Migration(migrations.Migration):
    dependencies = [("coverage", "0006_reports"), ("people", "0010_organisations")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
