"""Long questions of walled tables may be shared out among helpers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "parallel.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0013_beyond")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
