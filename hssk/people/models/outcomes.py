"""What was found out at a door and is a fact: a record opened, a book opened, a home left.

Acts, as in `lives`: each names somebody by their key as a label, is taken back with a reason and is
never removed. What it makes true is written beside it by services (services.lives).
"""

from django.db import models
from django.db.models import Q


class _Act(models.Model):
    """Something that `by` wrote down of somebody; `on` is the day from which it counts."""

    person = models.UUIDField(db_index=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=500, blank=True)  # it was taken back

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, why="")
                | Q(~Q(why=""), taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="%(class)s_taken_back",
            ),
        ]


class Enrolment(_Act):
    """Somebody who had no record has one: opened here (`where` ""), or seen to be kept elsewhere.

    holding  the key of the record that follows from it, a label
    """

    where = models.CharField(max_length=200, blank=True)
    holding = models.BigIntegerField()


class Book(_Act):
    """Somebody's book on VNeID was opened: on their own telephone, or by one of their family."""

    by_family = models.BooleanField(default=False)


class Departure(_Act):
    """Somebody lives here no more: moved away (`where` to, in words), or nobody here knows them.

    Their homes of before that day end with it; a list that is dated later and says anew that they
    live somewhere speaks after it.
    """

    MOVED, UNKNOWN = "moved", "unknown"

    reason = models.CharField(max_length=10)
    where = models.CharField(max_length=200, blank=True)
