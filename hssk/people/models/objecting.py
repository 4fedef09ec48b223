"""What somebody does not want done with their name."""

from django.db import models
from django.db.models import Q


class Objection(models.Model):
    """One "do not put my name on a list" of somebody, as they said it to `by`. Taken back, never
    removed. `person` is a label, read through the root, as that of a Verification."""

    person = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, why="")
                | Q(~Q(why=""), taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="objection_taken_back",
            ),
        ]
