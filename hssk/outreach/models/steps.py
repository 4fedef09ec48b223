"""Whose turn it is to go to a household."""

from django.db import models
from django.db.models import F, Q

from hssk.places.models import Facility, Unit

Side = Unit | Facility


class Step(models.Model):
    """The next step for one household is its owner's, from `at` until somebody hands it over.

    A household without one is the turn of the station of its own commune, which is one side; others
    are the station, and the facility that is no station, with which somebody of it is registered
    for first contact. A station stands as its commune, any other facility as itself.

    owner, owner_facility  the side whose turn it is; one of the two
    other, other_facility  the side that handed it over; one of the two
    due                    the day by which it is to be done, if said
    """

    household = models.ForeignKey("places.Household", models.RESTRICT, related_name="+")
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    owner = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    owner_facility = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, related_name="+"
    )
    other_facility = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, related_name="+"
    )
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
            models.CheckConstraint(
                condition=(
                    Q(owner__isnull=False, owner_facility=None)
                    | Q(owner=None, owner_facility__isnull=False)
                )
                & (
                    Q(other__isnull=False, other_facility=None)
                    | Q(other=None, other_facility__isnull=False)
                ),
                name="step_of_sides",
            ),
            models.CheckConstraint(
                condition=(Q(owner=None) | Q(other=None) | ~Q(owner=F("other")))
                & (
                    Q(owner_facility=None)
                    | Q(other_facility=None)
                    | ~Q(owner_facility=F("other_facility"))
                ),
                name="step_of_two_sides",
            ),
        ]

    @property
    def side(self) -> Side:
        """The side whose turn it is."""
        return self.owner_facility or self.owner  # type: ignore[return-value]

    @property
    def before(self) -> Side:
        """The side whose turn it was before."""
        return self.other_facility or self.other  # type: ignore[return-value]
