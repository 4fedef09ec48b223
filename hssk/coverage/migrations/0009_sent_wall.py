"""A report that tells small numbers as they are is shown by the database to whoever sees rows alone."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "sent.sql"


class Migration(migrations.Migration):
    dependencies = [("coverage", "0008_doubted")]

    operations = [
        migrations.AddField(
            model_name="sentreport",
            name="exact",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
