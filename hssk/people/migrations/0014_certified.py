"""Births that files certify: facts of a file, which go with it."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "certified.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_beyond"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("birth", "source", models.BigIntegerField(null=True)),
        migrations.AddField("birth", "row", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "birth",
            models.Index(
                condition=models.Q(source__isnull=False), fields=["source"], name="birth_of_file"
            ),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
