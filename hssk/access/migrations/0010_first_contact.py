"""Officers of first contact, whose posts are at a facility."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "registered.sql"
ROLES = (
    *("administrator", "province", "officer", "clinician", "clerk", "collaborator", "head"),
    *("chair", "integrator", "auditor", "first-contact"),
)


class Migration(migrations.Migration):
    dependencies = [("access", "0009_review"), ("places", "0004_facilities")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="facility",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.facility",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(choices=[(role, role) for role in ROLES], max_length=20),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("facility", None), models.Q(("role", "first-contact"), _negated=True)
                    ),
                    models.Q(
                        ("facility__isnull", False),
                        ("hamlet", None),
                        ("role", "first-contact"),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="post_at_a_facility",
            ),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
