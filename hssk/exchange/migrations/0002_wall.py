"""The second wall around the rows of files."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "wall.sql"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("people", "0003_wall")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
