"""What is stored of a session's book: the workbook that went out, and the files that came back."""

from django.db import models
from django.db.models import Q

from hssk.kit.fields import WrittenJSON
from hssk.outreach.models.campaigns import Session
from hssk.outreach.models.contacts import Contact

WAITING, DONE, UNDONE = "waiting", "done", "undone"


class Daybook(models.Model):
    """One workbook of a session as it went out; a session may have several, one after the other.

    serial  by which its rows are known again, wherever they stand by then
    on      the day whose residents it lists
    """

    serial = models.CharField(max_length=8, unique=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="books")
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")


class BookLine(models.Model):
    """One person of a book. `person` is a label, read through the root of the person."""

    book = models.ForeignKey(Daybook, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    person = models.UUIDField(db_index=True)
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    name = models.CharField(max_length=255)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="book_line_number")]


class BookFile(models.Model):
    """A workbook that came back to a session: staged, done by a second act, undoable.

    size  how many rows it has
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="files")
    state = models.CharField(max_length=10, default=WAITING)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "digest"], condition=~Q(state=UNDONE), name="book_file_once"
            )
        ]


class BookRow(models.Model):
    """One row of such a file: `cells` verbatim; `said` is field → (letter of column, text).

    chosen   whom somebody said that it is about, where it has no code; a label
    contact  what it did, once it did
    """

    file = models.ForeignKey(BookFile, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    number = models.IntegerField()
    cells = WrittenJSON()
    said = WrittenJSON()
    chosen = models.UUIDField(null=True)
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="book_row")

    class Meta:
        ordering = ["pk"]
