"""What came of going to somebody."""

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """The outcomes of a contact: a closed list."""

    RECORD_MADE = "record-made"
    HAD_ONE = "had-one"
    BOOK_OPENED = "book-opened"
    BOOK_BY_FAMILY = "book-family"
    NO_PHONE = "no-phone"
    PHONE_UNFIT = "phone-unfit"
    ABSENT = "absent"
    REFUSED = "refused"
    MOVED = "moved"
    DIED = "died"
    UNKNOWN = "unknown"
    TOLD = "told"


class Contact(models.Model):
    """One contact with somebody, and its outcome. Withdrawn with a reason, never removed.

    `person` is a label, read through the root of the person, as in `ListedPerson`.

    on         the day of the contact
    household  the household they were counted in then
    until      to when they are away, where that was said
    where      where they moved to, are for now, or have a record, in words
    said       the reason, in words
    act        the key of the act in people that this outcome made (an enrolment, a book, a
               departure, a death, as its kind says); None where it made none
    line       the key of the line of a copy of which this is the tick; None for any other
    """

    person = models.UUIDField(db_index=True)
    household = models.ForeignKey("places.Household", models.RESTRICT, null=True, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=12)
    until = models.DateField(null=True)
    where = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=500, blank=True)
    act = models.BigIntegerField(null=True)
    line = models.BigIntegerField(null=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=500, blank=True)  # it was withdrawn

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(taken_back_at=None), name="contact_of_line"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, why="")
                | Q(~Q(why=""), taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="contact_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.REFUSED) | ~Q(said="") | Q(line__isnull=False),
                name="contact_refused_why",
            ),
        ]
