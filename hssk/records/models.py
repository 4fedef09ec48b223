"""What is stored of a record: entries, each one version of one FHIR resource."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hssk.kit.fields import WrittenJSON


class EntryQuerySet(models.QuerySet):
    """Entries on the two axes of time."""

    def current(self):
        """What holds as far as is known now: the last versions, without what was withdrawn."""
        return self.filter(replaced_at=None, withdrawn=False)

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
