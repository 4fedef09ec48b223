"""The ledger counts with which facility people are registered, as it counts places."""

import re
from importlib import import_module

from django.db import migrations, models

LEDGER = import_module("hssk.coverage.migrations.0002_ledger")
COUNTS = ("expected", "found", "to_decide", "app_opened")


def registered():
    """The statements of registered.sql, with the lists of counts written out."""
    text = (LEDGER.SQL / "registered.sql").read_text("utf-8")
    places = {"counts": ", ".join(COUNTS), "summed": ", ".join(f"sum({c})" for c in COUNTS)}
    places["sums"] = ", ".join(f"sum({c})::int AS {c}" for c in COUNTS)
    for kind in ("day", "month"):
        told = (f"{c} = coverage_registered_{kind}.{c} + excluded.{c}" for c in COUNTS)
        places[f"add_{kind}"] = ", ".join(told)
    for place, value in places.items():
        text = text.replace(f"/*{place}*/", value)
    return text


def again(file, name):
    """The statement of one function of a file, in place of the one before; its rights stay."""
    text = LEDGER.filled(file)
    made = re.search(rf"CREATE FUNCTION {name}\(.*?\n\$\$;", text, re.DOTALL)
    return made[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def numbers(name, since, **options):
    """A table of these numbers, by the days or the months of `since`."""
    key = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", key),
            ("hamlet", models.BigIntegerField()),
            ("facility", models.CharField(max_length=60)),
            *((count, models.IntegerField()) for count in COUNTS),
            (since, models.DateField()),
        ],
        options=options,
    )


def once(since, name):
    fields = [since, "hamlet", "facility"]
    return [models.UniqueConstraint(fields=fields, name=name)]


class Migration(migrations.Migration):
    dependencies = [("coverage", "0011_planner"), ("access", "0013_beyond")]

    operations = [
        # nobody counts meanwhile: what a server of before counted beside the seed would be lost
        migrations.RunSQL("SELECT pg_advisory_xact_lock(72150)", migrations.RunSQL.noop),
        numbers("RegisteringCount", "day", db_table="coverage_registering"),
        numbers("RegisteredDay", "day", db_table="coverage_registered_day",
                constraints=once("day", "coverage_registered_day_place")),
        numbers("RegisteredMonth", "month", db_table="coverage_registered_month",
                constraints=once("month", "coverage_registered_month_place")),
        *(
            migrations.RunSQL([(text, None)], migrations.RunSQL.noop)
            for text in (
                import_module("hssk.coverage.migrations.0004_books").FORGOTTEN,
                LEDGER.filled("recount.sql"),
                registered(),
                again("fold.sql", "coverage_fold"),
                again("refresh.sql", "coverage_rebuild"),
                "ALTER FUNCTION coverage_rebuild() SECURITY DEFINER",
            )
        ),
    ]  # fmt: skip
