"""What is stored of belonging: that somebody is a member of an organisation, from day to day."""

from django.db import models
from django.db.models import F, Q

from hssk.people.models.facts import StayQuerySet


class Membership(models.Model):
    """One stay of one person in an organisation, as its lists say it.

    It says nothing of where anybody lives and makes nobody a resident: whoever belongs somewhere
    and is on no list of residents is counted nowhere. `person` is a label, read through the root;
    `source` and `row` label the list that named them first, `ended_by` the list that does no more.
    """

    organisation = models.ForeignKey("places.Organisation", models.PROTECT, related_name="+")
    person = models.UUIDField(db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.BigIntegerField()
    row = models.BigIntegerField()
    ended_by = models.BigIntegerField(null=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "since"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="membership_days"
            ),
        ]
