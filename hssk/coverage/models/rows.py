"""The ledger by name: who lives where, with a record or without, from day to day."""

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


class Due(models.Model):
    """People of whom some fact has changed since they were counted; settled before any reading."""

    people = ArrayField(models.UUIDField())

    class Meta:
        db_table = "coverage_due"
