"""The ledger in numbers: of places, by the days on which they change, and as each month opens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


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


class Registered(models.Model):
    """Residents of a hamlet by what is said of where they are registered for first contact: a code,
    a name as it was written, or nothing."""

    hamlet = models.BigIntegerField()
    facility = models.CharField(max_length=60)
    expected = models.IntegerField()
    found = models.IntegerField()
    to_decide = models.IntegerField()
    app_opened = models.IntegerField()

    class Meta:
        abstract = True


class RegisteringCount(Registered):
    """What changed on a day and is not folded into days and months yet."""

    day = models.DateField()

    class Meta:
        db_table = "coverage_registering"


class RegisteredDay(Registered):
    """How these numbers change on a day."""

    day = models.DateField()

    class Meta:
        db_table = "coverage_registered_day"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "hamlet", "facility"], name="coverage_registered_day_place"
            )
        ]


class RegisteredMonth(Registered):
    """These numbers as a month begins, for each month in which anything changes."""

    month = models.DateField()

    class Meta:
        db_table = "coverage_registered_month"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "hamlet", "facility"], name="coverage_registered_month_place"
            )
        ]
