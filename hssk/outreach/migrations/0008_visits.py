"""Visits by kind and insurance, as figures for reports."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "visits.sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0007_left"), ("exchange", "0003_postings")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
