"""What is stored of the queue of a session's day: the numbers, and who works where."""

from django.db import models
from django.db.models import Q

from hssk.outreach.models.campaigns import Session
from hssk.outreach.rules.queues import Desk, Standing


class Ticket(models.Model):
    """A number of the queue of a session, and how it stands; short, and of that day alone.

    person   whom it is of; a label, read through the root of the person
    hamlet   where they lived when they came; None where they live nowhere
    desk     where it waits, is, or was last
    since    since when it stands so
    by       who moved it last; while it is served, who serves it
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="tickets")
    number = models.PositiveSmallIntegerField()
    person = models.UUIDField(db_index=True)
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, null=True, related_name="+")
    desk = models.CharField(max_length=10)
    standing = models.CharField(max_length=10)
    came_at = models.DateTimeField()
    since = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="ticket_number"),
            models.UniqueConstraint(fields=["session", "person"], name="ticket_once"),
            models.CheckConstraint(condition=Q(desk__in=list(Desk)), name="ticket_desk"),
            models.CheckConstraint(
                condition=Q(standing__in=list(Standing)), name="ticket_standing"
            ),
        ]


class Seat(models.Model):
    """At which desk somebody of the staff works on the day of a session; the last one holds."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    desk = models.CharField(max_length=10)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="seat_once"),
            models.CheckConstraint(condition=Q(desk__in=list(Desk)), name="seat_desk"),
        ]
