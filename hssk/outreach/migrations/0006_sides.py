"""A facility that is no station is a side of a household too."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).resolve().parent.parent / "sql" / "sides.sql"


def side(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )


def of_one(which: str) -> Q:
    unit, facility = which, f"{which}_facility"
    return Q(**{f"{unit}__isnull": False, facility: None}) | Q(
        **{unit: None, f"{facility}__isnull": False}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0005_closing"),
        ("people", "0009_registered"),
        ("places", "0004_facilities"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="step", name="step_of_two_sides"),
        *(migrations.AlterField("step", name, side("places.unit")) for name in ("owner", "other")),
        *(
            migrations.AddField("step", f"{name}_facility", side("places.facility"))
            for name in ("owner", "other")
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=of_one("owner") & of_one("other"), name="step_of_sides"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=(Q(owner=None) | Q(other=None) | ~Q(owner=F("other")))
                & (
                    Q(owner_facility=None)
                    | Q(other_facility=None)
                    | ~Q(owner_facility=F("other_facility"))
                ),
                name="step_of_two_sides",
            ),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
