"""What is stored of people: who they are, where they live, and what lists and systems say of them.

`source` and `row` on a fact are labels of where it came from (a batch and its row); they are no
keys, so that this room knows nothing of the rooms above. `ended_by` labels what closed a stay.
A file brings tens of thousands of rows at once, so an index or a key is here only where a question
of every day needs it: the places of a statement are what its source said, written once by services.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from hssk.kit.dates import DAY, PartialDate


class Person(models.Model):
    """One human being. The UUID is the key; a number never is (it can be absent, wrong, re-issued).

    `same_as` points at the person that this row was merged into and `root` at the end of that
    chain (itself when not merged); reading goes through `root`, and an unmerge only moves pointers.
    `called` is by what somebody without a name is known ("Con bà Giàng Thị Mỷ"): shown where the
    name would stand, never taken for one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=255)
    name_folded = models.CharField(max_length=255, db_collation="C")
    name_sort = models.CharField(max_length=600, db_collation="C")
    called = models.CharField(max_length=300, blank=True, db_default="")
    birth_on = models.DateField(null=True)
    birth_precision = models.CharField(max_length=1, blank=True)
    sex = models.PositiveSmallIntegerField(default=0)
    ethnicity = models.CharField(max_length=2, blank=True)
    died_on = models.DateField(null=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="others", db_index=False
    )
    root = models.UUIDField(db_index=True)
    source = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["same_as"], condition=Q(same_as__isnull=False), name="person_same_as"
            )
        ]

    def __str__(self):
        return self.name or self.called

    @property
    def birth(self) -> PartialDate | None:
        """When they were born, as nearly as it is known; None where nobody says."""
        if self.birth_on is None:
            return None
        return PartialDate(self.birth_on, self.birth_precision or DAY)

    @cached_property
    def keys(self) -> list[uuid.UUID]:
        """Every key of this human being, as they were when it was first asked: their own, and those
        of whoever was merged into them."""
        mine = Person.objects.filter(root=self.root)
        return list(mine.order_by("id").values_list("id", flat=True))


class Merge(models.Model):
    """An act: somebody declared `drop` the same human being as `keep`, or took that back."""

    keep = models.UUIDField(db_index=True)
    drop = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=500, blank=True)
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)


class Identifier(models.Model):
    """A number that somebody stated for a person. Never unique: wrong numbers are common."""

    PID, CMND, BHXH, CARD = "pid", "cmnd", "bhxh", "card"
    PASSPORT = "passport"  # of another country; its shape tells nothing
    STATED, DOUBTED, VERIFIED, CANCELLED = "stated", "doubted", "verified", "cancelled"

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="identifiers", db_constraint=False
    )
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    status = models.CharField(max_length=10, default=STATED)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["value", "kind"], name="identifier_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(status="verified", until=None),
                name="identifier_verified_once",
            ),
        ]


class StayQuerySet(models.QuerySet):
    def on(self, day):
        """Stays in force on `day`."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Stay(models.Model):
    """Something true of a person from one day (inclusive) to another (exclusive)."""

    # Facts come by the hundred thousand, so that what they point at is there is checked once per
    # command (sql/people_stand.sql) and not by keys, row by row.
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="%(class)ss", db_constraint=False
    )
    since = models.DateField()
    until = models.DateField(null=True)
    decided = models.BooleanField(default=True)  # False: the link to this person awaits a decision
    source = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)
    ended_by = models.BigIntegerField(null=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        abstract = True


class Residence(Stay):
    """One stay of one person in one hamlet and household.

    Coverage counts each person once, by the residence that counts on the day:
    where they live now, else temporary, else permanent.
    """

    CURRENT, TEMPORARY, PERMANENT = "C", "T", "P"

    hamlet = models.ForeignKey(
        "places.Hamlet", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    household = models.ForeignKey(
        "places.Household", models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    kind = models.CharField(max_length=1, default=PERMANENT)
    away = models.BooleanField(default=False)
    relation = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="residence_days"
            )
        ]
        # a page of a list asks who heads its fifty households, of the thousands of their hamlets
        indexes = [models.Index(fields=["hamlet", "household"], name="residence_by_home")]


class Statement(Stay):
    """What one row of a source says of a person, as it says it."""

    name = models.CharField(max_length=255)
    birth_on = models.DateField(null=True)
    birth_precision = models.CharField(max_length=1, blank=True)
    sex = models.PositiveSmallIntegerField(default=0)
    pid = models.CharField(max_length=12, blank=True)
    cmnd = models.CharField(max_length=9, blank=True)
    bhxh = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    insurance_place = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class Listing(Statement):
    """One row of a population roster: this source lists this person here from day to day.

    A later roster of the same units that no longer lists the person closes the listing, not the
    residence: the person is *proposed* as having left until somebody confirms it.
    """

    hamlet = models.ForeignKey(
        "places.Hamlet", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    household = models.ForeignKey(
        "places.Household", models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    relation = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)


# The system of a record that a hand opened: of somebody known, and of a newborn or a stranger
# (services.lives); and of a record of which only what was typed is left (services.lives.keeping).
OPENED, STATION, KEPT = "opened", "station", "kept"


class Holding(Statement):
    """One record that another system keeps of a person, as one extract states it.

    `since` is the day from which the record is known to exist (its creation, when stated). A later
    extract that says something else closes the row and opens the next. One that no longer has the
    record closes nothing: `unlisted_since` says from when, and somebody decides.
    """

    system = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    hamlet = models.ForeignKey(
        "places.Hamlet", models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    created = models.DateField(null=True)
    updated = models.DateField(null=True)
    visits = models.IntegerField(null=True)
    app_opened = models.BooleanField(null=True)
    status = models.CharField(max_length=60, blank=True)
    dead = models.BooleanField(default=False)
    moved = models.BooleanField(default=False)
    address = models.CharField(max_length=500, blank=True)
    unlisted_since = models.DateField(null=True)
    unlisted_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # few or none, and every file asks for them
            models.Index(fields=["person"], condition=Q(system=KEPT), name="holding_kept"),
            models.Index(
                fields=["person"], condition=Q(system__in=(OPENED, STATION)), name="holding_by_hand"
            ),
        ]
