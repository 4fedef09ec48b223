"""People examined by group and source of money, as figures for reports; of visits, a check-up that
came as a claim, too, is one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0014_in_care"), ("exchange", "0008_checkups")]

    operations = [
        migrations.RunSQL([((SQL / name).read_text("utf-8"), None)], migrations.RunSQL.noop)
        for name in ("checkups.sql", "visits.sql")
    ]
