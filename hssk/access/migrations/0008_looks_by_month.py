"""The log of looks by months: what a look says besides, how long it is kept, what is asked of it."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
# Seals say of which month they are from here on. Those before were of no release: they are made anew.
OF_MONTHS = """
ALTER TABLE access_checkpoint DISABLE TRIGGER access_checkpoint_stays;
DELETE FROM access_checkpoint;
ALTER TABLE access_checkpoint ENABLE TRIGGER access_checkpoint_stays;
"""


def run(name):
    return migrations.RunSQL([((SQL / name).read_text("utf-8"), None)], migrations.RunSQL.noop)


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def user(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0007_signing_in")]

    operations = [
        migrations.RunSQL(OF_MONTHS, migrations.RunSQL.noop),
        migrations.AddField("checkpoint", "month", models.DateField(default="2026-01-01"), False),
        migrations.CreateModel(
            "Witnessed",
            [
                ("id", key()),
                ("number", models.IntegerField()),
                ("chain", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("actor", user()),
            ],
        ),
        migrations.CreateModel(
            "Retention",
            [
                ("id", key()),
                ("years", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", user()),
            ],
        ),
        migrations.CreateModel(
            "Purge",
            [
                ("id", key()),
                ("month", models.DateField(unique=True)),
                ("lines", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", user()),
            ],
        ),
        migrations.CreateModel(
            "Tie",
            [
                ("id", key()),
                ("person", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("by", user()),
                ("user", user()),
            ],
        ),
        migrations.CreateModel(
            "Question",
            [
                ("id", key()),
                ("kind", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("step", models.CharField(max_length=10)),
                ("looks", models.IntegerField(default=0)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("about", user()),
                ("by", user()),
            ],
            options={"indexes": [models.Index(fields=["about", "day"], name="question_about")]},
        ),
        migrations.SeparateDatabaseAndState(
            [run("looks.sql")],
            [
                migrations.AddField("look", "basis", models.CharField(max_length=12), False),
                migrations.AddField("look", "tier", models.CharField(max_length=12), False),
                migrations.AddField(
                    "look", "purpose", models.CharField(blank=True, max_length=60), False
                ),
                migrations.AlterField("look", "actor", user(db_constraint=False)),
            ],
        ),
        run("keeping.sql"),
        run("questions.sql"),
    ]
