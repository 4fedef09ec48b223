"""What is stored of lists: copies on loan, the lines on them, slips."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from hssk.outreach.rules import LONGEST_LOAN

RETURNED, LOST = "returned", "lost"
TOLD, ABSENT, REFUSED, OTHER = "told", "absent", "refused", "other"


class CopyQuerySet(models.QuerySet):
    """Copies by how their loan stands."""

    def out(self) -> "CopyQuerySet":
        """Not returned and not lost, whether their end has come or not."""
        return self.filter(closed_at=None)

    def held_by(self, user: int, day: date) -> "CopyQuerySet":
        """Those that somebody may still read on their telephone."""
        return self.out().filter(holder_user=user, until__gt=day)


class Copy(models.Model):
    """One list of one hamlet, on loan: from `issued_on` to the day before `until`.

    on        the day whose residents it lists
    seed      sixteen random bytes: the order and the marks of this copy follow from it
    taken_on  when its holder signed for it
    """

    serial = models.CharField(max_length=12, unique=True)
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    purpose = models.CharField(max_length=20)
    cover = models.CharField(max_length=12)
    on = models.DateField()
    seed = models.BinaryField(max_length=16)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    issued_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    office = models.CharField(max_length=15)
    holder = models.CharField(max_length=120)
    holder_user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    taken_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closing = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=500, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "purpose"], condition=Q(closed_at=None), name="copy_one_out"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("issued_on"))
                & Q(until__lte=F("issued_on") + timedelta(days=LONGEST_LOAN)),
                name="copy_loan",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closing="", why="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, closing=RETURNED)
                | Q(~Q(why=""), closed_at__isnull=False, closed_by__isnull=False, closing=LOST),
                name="copy_closed",
            ),
        ]

    def __str__(self):
        return self.serial

    def is_overdue(self, day: date) -> bool:
        """Whether it should have come back by `day`."""
        return self.closed_at is None and self.until <= day


class ListedPerson(models.Model):
    """One line of a copy, as it was printed, and what came back beside it.

    `person` is a label, read through the root of the person, as in `people.Verification`.
    """

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=255)
    year = models.CharField(max_length=4, blank=True)
    head = models.CharField(max_length=255, blank=True)
    head_person = models.UUIDField(null=True)
    tick = models.CharField(max_length=10, blank=True)
    ticked_at = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="line_number")]


class Invitation(models.Model):
    """Slips for the households of one hamlet, for one purpose and one session.

    at      when the session begins
    place   where, as it is printed
    """

    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    purpose = models.CharField(max_length=20)
    on = models.DateField()
    place = models.CharField(max_length=120)
    at = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")


class Slip(models.Model):
    """One sealed note to a household: `token` is what its code says, and says nothing.

    head    who stands outside, a label as in `ListedPerson`; None where nobody is named: no head is
            known, or the head objected to standing on paper
    called  their name, as it is printed
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="slips")
    household = models.ForeignKey("places.Household", models.RESTRICT, related_name="+")
    head = models.UUIDField(null=True)
    called = models.CharField(max_length=255, blank=True)
