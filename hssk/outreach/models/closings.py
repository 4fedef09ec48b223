"""What is stored of the end of a session's day: how it went, what it cost, what was reported."""

from django.db import models
from django.db.models import F, Q

from hssk.outreach.models.campaigns import Session


class Closing(models.Model):
    """How the day of a session went, as whoever closed it says; closed again, the last holds.

    began     when the first of the team began, ended: when the last went home
    problems  what went wrong, in words that name nobody
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="closing")
    began = models.TimeField()
    ended = models.TimeField()
    problems = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended__gt=F("began")), name="closing_hours")
        ]


class Spending(models.Model):
    """What a session really cost: `amount` đồng; `name` as the campaign's line of costs has it,
    where it is of one."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="spendings")
    name = models.CharField(max_length=120)
    amount = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="spending_name")]


class DayReport(models.Model):
    """The report of a session's day as it was sent: figures alone. Only ever appended
    (sql/closings.sql); one sent later stands beside it.

    content  its canonical text (reports/day.py); digest  the SHA-256 of that
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="reports")
    sent_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        ordering = ["-pk"]
