"""A blind match asks for one number, not for as many as somebody likes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "one_number.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0018_refused_cases")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
