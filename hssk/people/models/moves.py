"""What is stored of moves: what the receiver typed, what the commune left is asked, blind matches.

Three rows and not one, because rows are what the second wall can hide (sql/moves.sql): the receiver
must not see whom a proposal is about, nor the commune left where exactly somebody went.
"""

from django.db import models

from hssk.people.models.facts import Residence

WAITING, ACCEPTED, REFUSED, WITHDRAWN, UNDONE = (
    "waiting", "accepted", "refused", "withdrawn", "undone",
)  # fmt: skip


class Move(models.Model):
    """A proposal as its receiver typed it. `person` is known here only once it was accepted.

    A key of people and no foreign key: a person may be taken back by an undo and come again.
    `standing` says whether the residences are as the accepted move says; an undo of a file takes
    them back for a moment, or for as long as nobody knows the person (services.moves.replaying).
    """

    name = models.CharField(max_length=255)
    name_folded = models.CharField(max_length=255, db_collation="C")
    birth_on = models.DateField()
    birth_precision = models.CharField(max_length=1)
    sex = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    hamlet = models.ForeignKey("places.Hamlet", models.PROTECT, related_name="+")
    household = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=1, default=Residence.PERMANENT)
    since = models.DateField()
    proposed_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, default=WAITING)
    witnessed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    person = models.UUIDField(null=True)
    standing = models.BooleanField(default=False)
    undo_asked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    undo_asked = models.CharField(max_length=8, blank=True)  # the side that asked, "" for none

    class Meta:
        indexes = [models.Index(fields=["proposed_by", "proposed_on"], name="move_by_proposer")]


class Release(models.Model):
    """What the commune left is asked and told of a move: whom, and into which commune. No more.

    `hamlet` is where the person counts; empty for somebody known of whom nobody says where they
    live. After the answer it is the stub that the commune keeps for 30 days.
    """

    move = models.OneToOneField(Move, models.CASCADE, primary_key=True, related_name="release")
    person = models.UUIDField(db_index=True)
    hamlet = models.ForeignKey("places.Hamlet", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=1)
    since = models.DateField()
    asked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    state = models.CharField(max_length=10, default=WAITING)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    how = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=10, blank=True)
    undo_asked = models.CharField(max_length=8, blank=True)


class MoveQuestion(models.Model):
    """A blind match: what somebody typed, and whether anybody is known so elsewhere.

    Nobody reads this table; `people_asked` tells the answer to who asked, in a later transaction.
    """

    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    transaction = models.BigIntegerField()
    name = models.CharField(max_length=255)
    birth_on = models.DateField()
    birth_precision = models.CharField(max_length=1)
    number = models.CharField(max_length=20)
    known = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["actor", "asked_on"], name="question_by_actor")]


class MoveReview(models.Model):
    """Somebody looked at the refused proposals of a user; those answered later count anew."""

    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
