"""What commands leave written of themselves is theirs alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "commands.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0014_parallel")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
