"""Figures that the ledger does not keep, for reports: asked of whoever lives somewhere on a day."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("coverage", "0005_sentreport"), ("people", "0008_outcomes")]

    operations = [
        migrations.RunSQL([((SQL / name).read_text("utf-8"), None)], migrations.RunSQL.noop)
        for name in ("quality.sql", "facilities.sql")
    ]
