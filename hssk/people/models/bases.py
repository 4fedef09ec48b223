"""Why somebody may see a person: bases with a beginning and an end, and the acts around them.

The basis of an area is not stored: it follows from posts and residences. People are named by their
key as a label: taking a file back may remove a person, and the same file brings them back.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from hssk.access.tiers import Kind

BREAK_GLASS_FOR = timedelta(hours=4)
AUDIT_FOR = timedelta(days=14)
STORED = (Kind.CARE, Kind.SELF, Kind.GUARDIAN, Kind.BREAK_GLASS, Kind.AUDIT)


class BasisQuerySet(models.QuerySet):
    def at(self, moment):
        """Bases in force at `moment`."""
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)


class AuditCase(models.Model):
    """A case of audit: one officer opens it, a second confirms, and the first may read the log of
    the people it names. Not confirmed, it opens nothing; `refused_why` is the second officer's no.
    """

    number = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    opened_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=500, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="audit_case_number"),
            models.CheckConstraint(
                condition=Q(refused_why=None) | Q(confirmed_at=None, closed_at__isnull=False),
                name="audit_refused_is_over",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("opened_by")),
                name="audit_by_a_second_officer",
            ),
        ]


class AuditSubject(models.Model):
    """Somebody whom a case names, by the name that the officer typed."""

    case = models.ForeignKey(AuditCase, models.PROTECT, related_name="subjects")
    person = models.UUIDField()
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="audit_subject_once")
        ]


class Basis(models.Model):
    """One reason for which one person is open to somebody, from one moment to another.

    To whom: the clinicians of `unit` (care), one `user` (break-glass, audit), or one `holder`, a
    person too (self, guardian). `why` is a word of a closed list: the event of care, the reason of
    an emergency, the relation of a guardian. A row is never changed but to end it, and never later
    than it would have ended (sql/bases.sql).
    """

    person = models.UUIDField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in STORED])
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    holder = models.UUIDField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)
    case = models.ForeignKey(AuditCase, models.PROTECT, null=True, related_name="bases")
    source = models.CharField(max_length=60, blank=True)  # a label of what made it: "visit 12"
    granted_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = BasisQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="basis_person"),
            models.Index(
                fields=["since"], condition=Q(kind=Kind.BREAK_GLASS), name="basis_broken_glass"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="basis_days"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=Kind.CARE, unit__isnull=False, user=None, holder=None, case=None)
                    | Q(kind__in=[Kind.SELF, Kind.GUARDIAN], holder__isnull=False, unit=None,
                        user=None, case=None)
                    | Q(kind=Kind.BREAK_GLASS, user__isnull=False, user=F("granted_by"), unit=None,
                        holder=None, case=None, until__isnull=False,
                        until__lte=F("since") + BREAK_GLASS_FOR)
                    | Q(Q(kind=Kind.AUDIT, user__isnull=False, case__isnull=False, unit=None,
                          holder=None, until__isnull=False, until__lte=F("since") + AUDIT_FOR),
                        ~Q(user=F("granted_by")))
                ),
                name="basis_for_whom",
            ),
        ]  # fmt: skip


class GlassReview(models.Model):
    """What the privacy officer found of one break-glass; the latest of them holds."""

    basis = models.ForeignKey(Basis, models.PROTECT, related_name="reviews")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    justified = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
