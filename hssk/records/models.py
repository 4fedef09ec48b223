"""What is stored of a record: entries, each one version of one FHIR resource."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hssk.kit.fields import DaySpells, WrittenJSON


class EntryQuerySet(models.QuerySet):
    """Entries on the two axes of time."""

    def current(self):
        """What holds as far as is known now: the last versions, without what was withdrawn."""
        return self.filter(replaced_at=None, withdrawn=False)

    def with_visits_withdrawn(self):
        """The same, and the last versions of the visits that were withdrawn."""
        return self.filter(Q(withdrawn=False) | Q(kind="Encounter"), replaced_at=None)

    def recorded_by(self, moment):
        """What was written here by `moment` and held then, whatever was corrected since."""
        return self.filter(
            Q(replaced_at=None) | Q(replaced_at__gt=moment),
            recorded_at__lte=moment, withdrawn=False,
        )  # fmt: skip

    def valid_on(self, day):
        """What had begun by `day` and not ended; what has no day is not told apart and stays."""
        return self.filter(Q(on=None) | Q(on__lte=day), Q(until=None) | Q(until__gt=day))


class Entry(models.Model):
    """One version of one FHIR R4 resource about one person. Appended, never overwritten.

    `person` is a label, read through the root of the person. `entry` is the id of the resource,
    `visit` that of the Encounter it belongs to. `tier` says how far a basis must lead to see it
    (`rules.sections`); `source` and `row` label the file that brought it, `author` who typed it.
    """

    entry = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    person = models.UUIDField()
    section = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=1, blank=True)
    until = models.DateField(null=True)
    system = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=50, blank=True)
    display = models.CharField(max_length=500, blank=True)
    facility = models.CharField(max_length=13, blank=True)
    visit = models.UUIDField(null=True)
    labels = ArrayField(models.CharField(max_length=10), default=list)
    tier = models.PositiveSmallIntegerField()
    resource = WrittenJSON()
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    source = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["person"], name="entry_person"),
            models.Index(fields=["source"], name="entry_source"),
            models.Index(fields=["visit"], condition=Q(visit__isnull=False), name="entry_visit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="entry_version"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(on=None) | Q(until__gte=F("on")), name="entry_days"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | Q(source__isnull=False) | ~Q(why=""), name="entry_why"
            ),
        ]

    def __str__(self):
        return self.display or self.kind


class Told(models.Model):
    """What entries tell the ledger of a person, whatever they say: since when each thing stands.

    `person` is a label, as of an entry. `content` is the first day of anything of theirs that is of
    health (`rules.completeness.CLINICAL`), `updated` the days with something of the year before
    them; the others when a part of the form (`rules.completeness.REQUIRED`) was first filled.
    """

    content = models.DateField(null=True)
    updated = DaySpells(null=True)
    birth_since = models.DateField(null=True)
    risk_factors_since = models.DateField(null=True)
    allergies_since = models.DateField(null=True)
    own_illnesses_since = models.DateField(null=True)
    disability_since = models.DateField(null=True)
    surgery_since = models.DateField(null=True)
    family_history_since = models.DateField(null=True)
    reproductive_since = models.DateField(null=True)
    immunisation_since = models.DateField(null=True)
    examination_since = models.DateField(null=True)

    class Meta:
        abstract = True


class Note(Told):
    """What one statement added to a person's record; `anew`: something changed, read all of it."""

    person = models.UUIDField(db_index=True)
    anew = models.BooleanField()


class Standing(Told):
    """What all entries of a person tell that stand and are not sensitive; notes come on top.

    Written by the database's own functions alone (`sql/standing.sql`), and none of it is a fact.
    """

    person = models.UUIDField(primary_key=True)
