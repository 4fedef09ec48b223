"""What is stored of places: dated administrative units, hamlets, households."""

from django.db import models
from django.db.models import F, Q


class UnitQuerySet(models.QuerySet):
    def on(self, day):
        """Units in force on `day`. A legacy unit's start is unknown: it held on any day before."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gt=day),
        )


class Unit(models.Model):
    """A province, district or commune as it stood from one day to another.

    Codes were re-used on 1 July 2025, so a code means nothing without a date.
    """

    PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"

    code = models.CharField(max_length=12)
    level = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    path = models.CharField(max_length=40, db_collation="C")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="unit_code_from"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="unit_path")]

    def __str__(self):
        return f"{self.kind} {self.name}"


class UnitSuccession(models.Model):
    """What became of a unit: `whole` when all of it went to `new`, else one of several parts."""

    old = models.ForeignKey(Unit, models.CASCADE, related_name="became")
    new = models.ForeignKey(Unit, models.CASCADE, related_name="came_from")
    whole = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="unit_succession_pair")]


class Hamlet(models.Model):
    """A tổ dân phố, bản, thôn or khu of one commune. No national code exists; the key is ours.

    `key` is the spelling-free name (`rules.hamlet_key`); "" stands for "hamlet not known".
    `heir` is the commune that somebody chose for it where its own commune was split.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hamlets")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    heir = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key", "since"], nulls_distinct=False, name="hamlet_key"
            ),
        ]

    def __str__(self):
        return self.name


class Household(models.Model):
    """A household of one hamlet, by the number that the hamlet's list gives it."""

    hamlet = models.ForeignKey(Hamlet, models.CASCADE, related_name="households")
    number = models.CharField(max_length=60)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "number", "since"], nulls_distinct=False, name="household_number"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="household_days",
            ),
        ]

    def __str__(self):
        return self.number


class Organisation(models.Model):
    """An agency, union, school or enterprise to which people belong, from day to day.

    `unit` is where it belongs: whoever holds that unit keeps its list, and its members are looked
    for among the people of that unit alone. `key` is its name without marks.
    """

    AGENCY, UNION, SCHOOL, ENTERPRISE, OTHER = "agency", "union", "school", "enterprise", "other"
    KINDS = (AGENCY, UNION, SCHOOL, ENTERPRISE, OTHER)

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="organisations")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"], condition=Q(until=None), name="organisation_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="organisation_days"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["agency", "union", "school", "enterprise", "other"]),
                name="organisation_kind",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """The code of ours by which it is named where a name may be written in many ways."""
        return f"TC{self.pk:04d}"


class Facility(models.Model):
    """A facility that examines and treats people, by the code that insurance knows it by.

    `unit` is the commune whose station it is: clinicians with a post there work in it. A hospital
    has none here.
    """

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=255)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="facilities")

    class Meta:
        verbose_name_plural = "facilities"

    def __str__(self):
        return self.name
