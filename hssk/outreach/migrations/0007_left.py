"""Why people are left, as figures for reports."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "left.sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0006_sides"), ("coverage", "0006_reports")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
