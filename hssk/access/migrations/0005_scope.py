"""Scopes, by which row security knows who asks; the log of looks behind it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "scope.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0004_first_posts")]

    operations = [
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
        migrations.RunSQL(
            # default privileges give the app every table; the key is for the owner's functions
            "DO $$ DECLARE who text; BEGIN FOR who IN SELECT DISTINCT grantee FROM"
            " information_schema.role_table_grants WHERE table_name = 'access_key'"
            " AND grantee <> current_user AND grantee <> 'PUBLIC'"
            " LOOP EXECUTE format('REVOKE ALL ON access_key FROM %I', who); END LOOP; END $$",
            migrations.RunSQL.noop,
        ),
    ]
