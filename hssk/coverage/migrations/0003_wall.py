"""The second wall around the ledger by name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "wall.sql"


class Migration(migrations.Migration):
    dependencies = [("coverage", "0002_ledger"), ("people", "0003_wall")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
