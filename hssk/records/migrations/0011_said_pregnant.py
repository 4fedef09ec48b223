"""Behind a broken glass a pregnancy is told that somebody said, and no visit coded."""

from importlib import import_module

from django.db import migrations

emergency = import_module("hssk.records.migrations.0003_emergency").filled


class Migration(migrations.Migration):
    dependencies = [("records", "0010_asked_medicines")]

    operations = [
        migrations.RunSQL(
            [(emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), None)],
            migrations.RunSQL.noop,
        )
    ]
