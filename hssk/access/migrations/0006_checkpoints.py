"""Checkpoints of the log of looks, which only ever grow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_scope")]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
                ("lines", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("chain", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "CREATE TRIGGER access_checkpoint_stays BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON access_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION access_append_only()",
            migrations.RunSQL.noop,
        ),
    ]
