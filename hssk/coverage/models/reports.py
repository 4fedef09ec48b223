"""What units mean to reach, and what was sent of how far they are."""

from django.db import models


class Goal(models.Model):
    """The share of residents that a unit means to reach."""

    unit = models.OneToOneField("places.Unit", models.CASCADE, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="goal_percent"
            )
        ]


class SentReport(models.Model):
    """A report as it was sent: figures alone. Only ever appended (sql/reports.sql).

    content  its canonical text (reports/content.py); digest  the SHA-256 of that
    exact    it tells small numbers as they are, so the wall shows it to whoever may see the rows of
             its unit alone (sql/sent.sql)
    """

    kind = models.CharField(max_length=20)
    exact = models.BooleanField(default=False, db_default=False)
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    sent_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "on"], name="sentreport_of_unit")]
