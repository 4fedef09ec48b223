"""Whether care opens somebody is a function, which no statement plans anew."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "in_care.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0015_by_home")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
