"""The emergency set knows more of what ends a pregnancy, and that it does so on its own day."""

from importlib import import_module

from django.db import migrations

emergency = import_module("hssk.records.migrations.0003_emergency").filled


class Migration(migrations.Migration):
    dependencies = [("records", "0008_in_care")]

    operations = [
        migrations.RunSQL(
            [(emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), None)],
            migrations.RunSQL.noop,
        )
    ]
