"""A second officer can refuse a case, and says why."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parent.parent / "sql" / "refused_cases.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0017_parallel")]

    operations = [
        migrations.AddField(
            model_name="auditcase",
            name="refused_why",
            field=models.CharField(max_length=500, null=True),
        ),
        migrations.AddConstraint(
            model_name="auditcase",
            constraint=models.CheckConstraint(
                condition=Q(refused_why=None) | Q(confirmed_at=None, closed_at__isnull=False),
                name="audit_refused_is_over",
            ),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
