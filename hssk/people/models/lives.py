"""What is typed by hand of births, names and deaths: acts, and who did them.

Acts name people by their key as a label, for a file that is taken back may remove a person and the
same file brings them back. What an act makes true of a person is written beside it by services and
follows from the acts that stand (services.lives).
"""

from django.db import models
from django.db.models import Q

from hssk.kit.dates import PartialDate


class Birth(models.Model):
    """A child was born, as a station wrote it down or a file certifies: the link to its mother.

    `act` is one sending of the form, which may name several children; `nth` the place of the child
    among the `of` who were born together. `paper` is the number of the certificate of birth.
    One that a file certifies is a fact of that file and goes with it: `source` is its label, `row`
    that of the certificate, `act` the visit of the mother.
    """

    act = models.UUIDField()
    nth = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    child = models.UUIDField(unique=True)
    mother = models.UUIDField(db_index=True)
    on = models.DateField()
    clock = models.TimeField(null=True)
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    source = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["source"], condition=Q(source__isnull=False), name="birth_of_file")
        ]
        constraints = [models.UniqueConstraint(fields=["act", "nth"], name="birth_once")]


class Death(models.Model):
    """Somebody died, until it is taken back: `withdrawn_at`, by whom and why.

    `on` is the day, or the first that it may be where only the month or the year is known;
    `counted_on` the day from which the person counts nowhere any more: the last that it may be, so
    that nobody is left out before their death.
    """

    HOME, FACILITY, ELSEWHERE = "home", "facility", "elsewhere"

    person = models.UUIDField()
    on = models.DateField()
    precision = models.CharField(max_length=1)
    counted_on = models.DateField()
    place = models.CharField(max_length=10, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="death_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at=None), name="death_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(~Q(why=""), withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="death_taken_back_by_whom",
            ),
        ]

    @property
    def day(self) -> PartialDate:
        """The day of death, as far as it is known."""
        return PartialDate(self.on, self.precision)


class Stranger(models.Model):
    """Somebody without papers of this country was written down at a station: `words` by which they
    are known, `nationality` as it was told. Of whoever was brought in and cannot be named the
    commune is to be told within 48 hours: `told_at`, by whom.
    """

    FOUNDLING, FOREIGNER, UNKNOWN = "foundling", "foreigner", "unknown"

    act = models.UUIDField(unique=True)
    person = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10)
    words = models.CharField(max_length=250, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    told_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    told_at = models.DateTimeField(null=True)


class Amendment(models.Model):
    """A name, a number, a sex or a people (in words) written down for somebody by hand, with what
    stood there before."""

    NAME, NUMBER, SEX, ETHNICITY = "name", "number", "sex", "ethnicity"

    person = models.UUIDField(db_index=True)
    what = models.CharField(max_length=10)
    before = models.CharField(max_length=255, blank=True)
    after = models.CharField(max_length=255)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
