"""Finding somebody by the words of their name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "search.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_moves")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
