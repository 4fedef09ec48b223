"""Whose turn it is to go to a household."""

from django.db import models
from django.db.models import Q


class Step(models.Model):
    """The next step for one household is `owner`'s, from `at` until somebody hands it over.

    A household without one is the turn of the station of its own commune, which is one side; the
    other is that of a commune with whose station somebody of it is registered for first contact.
    owner, other  the two sides, as communes; `due` the day by which it is to be done, if said
    """

    household = models.ForeignKey("places.Household", models.RESTRICT, related_name="+")
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    owner = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    other = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    said = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_at=None), name="step_one_owner"
            ),
            models.CheckConstraint(condition=~Q(owner=models.F("other")), name="step_of_two_sides"),
        ]
