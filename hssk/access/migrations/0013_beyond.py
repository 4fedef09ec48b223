"""What lies beyond the area of a right."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "beyond.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0012_guard")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
