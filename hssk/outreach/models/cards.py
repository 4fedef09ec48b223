"""What is stored of cards: print runs, the cards of each, and that one was handed over."""

import uuid

from django.db import models
from django.db.models import Q

# ended, or taken back: once, by somebody, with why
_ENDED_ONCE = Q(taken_back_at=None, taken_back_by=None, why="") | Q(
    ~Q(why=""), taken_back_at__isnull=False, taken_back_by__isnull=False
)


class CardRun(models.Model):
    """Cards of one hamlet that were printed together.

    size  how many
    """

    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)


class Card(models.Model):
    """The card of somebody's record: `token` is what its code says, and says nothing. Ended once,
    never changed and never removed.

    person  a label, read through the root of the person, as in `ListedPerson`. A merge, or a file
            taken back, may bring two cards of one human being together: the newest lives
    name    as it is printed, and the year where another of the hamlet bears it
    why     it ended: one of `rules.cards.Ended`
    """

    token = models.UUIDField(unique=True, default=uuid.uuid4)
    run = models.ForeignKey(CardRun, models.PROTECT, related_name="cards")
    number = models.PositiveIntegerField()
    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=255)
    year = models.CharField(max_length=4, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="card_number"),
            models.CheckConstraint(condition=_ENDED_ONCE, name="card_ended"),
        ]


class Handover(models.Model):
    """A card came into the hands of its person, as `by` wrote it down. Taken back with a reason,
    never removed.

    on    the day of it
    how   by what it is known: one of `rules.cards.Handing`
    line  the key of the line of a copy of which it is the tick; None for any other
    """

    card = models.ForeignKey(Card, models.PROTECT, related_name="handovers")
    on = models.DateField()
    how = models.CharField(max_length=10)
    line = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(taken_back_at=None), name="handover_once"
            ),
            models.CheckConstraint(condition=_ENDED_ONCE, name="handover_taken_back"),
        ]
        indexes = [
            models.Index(fields=["line"], condition=Q(line__isnull=False), name="handover_of_line")
        ]
