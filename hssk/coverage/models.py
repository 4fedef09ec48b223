"""What is stored of coverage: the gap ledger, written by the database's own triggers alone.

Nothing here is a fact: every table but `Goal` can be emptied and rebuilt from people's facts.
The functions that write them are in `sql/`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hssk.coverage.rules import FOREVER


class LedgerRow(models.Model):
    """One resident, from day to day, while nothing that counts changes.

    `person` is the root after merges. `fresh_since`/`fresh_until` are the days on which the record
    found had been updated within a year. Of our own record, from which day of the row on: identity
    `verified`, any `content` of health; and on which: `complete` by the Ministry's form, `updated`
    within a year. `units` names the unit of each record that its newest
    extract has, the one that counts first; `lost` of each that it no longer has; `listed_in` the
    hamlet of each row of a roster, for whom one lists elsewhere than they live, below zero (as on
    the line of places, access/sql/scope.sql). `first_held` is the day of the first record of
    whoever has one. `members` are all who were merged into one, where there are several: a place's
    own records lead through them to people whom it does not see. `flags` (coverage.rules) also say
    what of their data is doubtful. What
    every count reads stands first and is of one width: reading it is then quickest.
    """

    pk = models.CompositePrimaryKey("person_id", "since")
    since = models.DateField(db_index=True)
    until = models.DateField(default=FOREVER, db_index=True)
    hamlet = models.ForeignKey(
        "places.Hamlet", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    state = models.SmallIntegerField()
    flags = models.SmallIntegerField()
    listed = models.SmallIntegerField()
    sex = models.SmallIntegerField()
    person = models.ForeignKey(
        "people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    birth_on = models.DateField(null=True)
    fresh_since = models.DateField(null=True)
    fresh_until = models.DateField(null=True)
    verified_since = models.DateField(null=True)
    content_since = models.DateField(null=True)
    complete_since = models.DateField(null=True)
    complete_until = models.DateField(null=True)
    updated_since = models.DateField(null=True)
    updated_until = models.DateField(null=True)
    household = models.ForeignKey(
        "places.Household",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    ethnicity = models.CharField(max_length=2)
    insurance_place = models.CharField(max_length=60)
    units = ArrayField(models.BigIntegerField(null=True), null=True)
    lost = ArrayField(models.BigIntegerField(null=True), null=True)
    listed_in = ArrayField(models.BigIntegerField(), null=True)
    first_held = models.DateField(null=True)
    members = ArrayField(models.UUIDField(), null=True)

    class Meta:
        db_table = "coverage_row"
        indexes = [models.Index(fields=["hamlet", "until"], name="coverage_row_hamlet")]

    def has(self, what, on):
        """Whether `what` (content, complete, updated) holds of our own record on a day of it."""
        since, until = getattr(self, f"{what}_since"), getattr(self, f"{what}_until", None)
        return since is not None and since <= on and (until is None or until > on)


class NobodyRow(models.Model):
    """Records and rows of rosters, from day to day, about a person who is no resident then.

    `listed` is how many rows, `listed_in` their hamlets; the rest as of a resident.
    """

    pk = models.CompositePrimaryKey("person_id", "since")
    person = models.ForeignKey(
        "people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(default=FOREVER, db_index=True)
    why = models.SmallIntegerField()
    listed = models.SmallIntegerField()
    units = ArrayField(models.BigIntegerField(null=True), null=True)
    lost = ArrayField(models.BigIntegerField(null=True), null=True)
    listed_in = ArrayField(models.BigIntegerField(), null=True)
    members = ArrayField(models.UUIDField(), null=True)

    class Meta:
        db_table = "coverage_nobody"


class Counts(models.Model):
    """Numbers of one place: a hamlet by its id, or the records of a unit by its id below zero.

    Records that name no unit stand at place 0.
    """

    place = models.BigIntegerField()
    expected = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    to_decide = models.IntegerField(default=0)
    visited = models.IntegerField(default=0)
    app_opened = models.IntegerField(default=0)
    away = models.IntegerField(default=0)
    moved_in = models.IntegerField(default=0)
    unlisted = models.IntegerField(default=0)
    doubles = models.IntegerField(default=0)
    dead_listed = models.IntegerField(default=0)
    moved_listed = models.IntegerField(default=0)
    only_unlisted = models.IntegerField(default=0)
    listings = models.IntegerField(default=0)
    records = models.IntegerField(default=0)
    records_unlisted = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    nobody_dead = models.IntegerField(default=0)
    nobody_left = models.IntegerField(default=0)
    nobody_unknown = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Dated(models.Model):
    """Numbers that change on many days, each for few people, or with the calendar alone."""

    fresh = models.IntegerField(default=0)
    verified = models.IntegerField(default=0)
    content = models.IntegerField(default=0)
    complete = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)

    class Meta:
        abstract = True


class PendingCount(Counts, Dated):
    """What changed on a day and is not folded into days and months yet."""

    day = models.DateField()

    class Meta:
        db_table = "coverage_pending"


class TakenCount(Counts, Dated):
    """What is being folded; empty outside the transaction that does it."""

    day = models.DateField()

    class Meta:
        db_table = "coverage_taken"


class DayCount(Counts):
    """How the numbers of a place change on a day."""

    day = models.DateField()

    class Meta:
        db_table = "coverage_day"
        constraints = [models.UniqueConstraint(fields=["day", "place"], name="coverage_day_place")]


class MonthCount(Counts):
    """The numbers of a place as its month begins, for each month in which anything changes."""

    month = models.DateField()

    class Meta:
        db_table = "coverage_month"
        constraints = [
            models.UniqueConstraint(fields=["month", "place"], name="coverage_month_place")
        ]


class DatedCount(models.Model):
    """One dated number of a place: as the month begins, and day by day after.

    These change with the calendar alone, so each day of the month is counted beforehand. `what` is
    which of the numbers, in the order of `Dated`.
    """

    place = models.BigIntegerField()
    what = models.SmallIntegerField()
    month = models.DateField()
    opening = models.IntegerField(default=0)
    by_day = ArrayField(models.IntegerField(), null=True)

    class Meta:
        db_table = "coverage_dated"
        constraints = [
            models.UniqueConstraint(fields=["month", "place", "what"], name="coverage_dated_place")
        ]


class StandingCount(Counts, Dated):
    """The numbers of each place on one day, the latest that somebody asked for: today, mostly.

    What is asked every hour is read as it stands; other days are added up.
    """

    place = models.BigIntegerField(primary_key=True)
    day = models.DateField()

    class Meta:
        db_table = "coverage_standing"


class Due(models.Model):
    """People of whom some fact has changed since they were counted; settled before any reading."""

    people = ArrayField(models.UUIDField())

    class Meta:
        db_table = "coverage_due"


class Goal(models.Model):
    """The share of residents that a unit means to reach."""

    unit = models.OneToOneField("places.Unit", models.CASCADE, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="goal_percent"
            )
        ]


class SentReport(models.Model):
    """A report as it was sent: figures alone. Only ever appended (sql/reports.sql).

    content  its canonical text (reports/content.py); digest  the SHA-256 of that
    exact    it tells small numbers as they are, so the wall shows it to whoever may see the rows of
             its unit alone (sql/sent.sql)
    """

    kind = models.CharField(max_length=20)
    exact = models.BooleanField(default=False, db_default=False)
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    sent_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "on"], name="sentreport_of_unit")]
