"""Finding somebody by the last digits of a number too."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "number_ends.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0011_held_by_hand")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
