"""That somebody is who they are said to be: an act of a person, never of a file."""

from django.db import models
from django.db.models import Q


class How(models.TextChoices):
    """By what identity was confirmed."""

    DOCUMENT = "document"
    POPULATION = "population"


class Document(models.TextChoices):
    """What the person held in their hands. Source: Luật Căn cước 26/2023/QH15; NĐ 69/2024/NĐ-CP
    (an identity of level 2 shown on the person's own phone); Luật Hộ tịch (birth certificate)."""

    IDENTITY_CARD = "card"
    VNEID = "vneid"
    BIRTH_CERTIFICATE = "birth"
    PASSPORT = "passport"
    OTHER = "other"


class Verification(models.Model):
    """One confirmation of who a person is: who did it, when, how. Taken back, never removed.

    `person` is a label, read through the root of the person: taking a file back may remove a
    person, and the same file brings them back. `on` is the day of `at` where this installation is.
    """

    person = models.UUIDField(db_index=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=10, choices=How.choices)
    document = models.CharField(max_length=10, choices=Document.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how=How.POPULATION, document="")
                | Q(~Q(document=""), ~Q(document=Document.OTHER), how=How.DOCUMENT)
                | Q(~Q(note=""), how=How.DOCUMENT, document=Document.OTHER),
                name="verified_by_what",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, why="")
                | Q(~Q(why=""), taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="verified_taken_back",
            ),
        ]
