"""Sleeping accounts, and how often somebody failed to come in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_checkpoints")]

    operations = [
        migrations.AddField("user", "woken_on", models.DateField(null=True)),
        migrations.RunSQL(
            "CREATE TABLE access_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL);"
            " CREATE INDEX access_cache_expires ON access_cache (expires)",
            "DROP TABLE access_cache",
        ),
    ]
