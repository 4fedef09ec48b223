"""The second wall around people and what is said of them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_people_stand"), ("access", "0005_scope")]

    operations = [
        migrations.RunSQL([((SQL / name).read_text("utf-8"), None)], migrations.RunSQL.noop)
        for name in ("places.sql", "wall.sql")
    ]
