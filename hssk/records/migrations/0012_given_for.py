"""Behind a broken glass a medicine is taken for as many days as it was given for."""

from importlib import import_module

from django.db import migrations

emergency = import_module("hssk.records.migrations.0003_emergency").filled


class Migration(migrations.Migration):
    dependencies = [("records", "0011_said_pregnant")]

    operations = [
        migrations.RunSQL(
            [(emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), None)],
            migrations.RunSQL.noop,
        )
    ]
