"""Why people are left is asked of whom anybody went to; the rest is what the ledger's numbers leave."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "left.sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0009_queue"), ("coverage", "0008_doubted")]

    operations = [
        migrations.RunSQL(
            [("DROP FUNCTION outreach_left(date, bigint[]);", None), (SQL.read_text("utf-8"), None)],
            migrations.RunSQL.noop,
        )
    ]
