"""What is stored of lists of members: as they came, and whom each row is about."""

from django.db import models
from django.db.models import Q

from hssk.kit.fields import WrittenJSON


class MemberFile(models.Model):
    """A list of an organisation's members: staged, done whole by a second act, undoable.

    on     the day of which it speaks
    whole  whether whoever is not on it belongs no more; else it is a part
    size   how many rows it has
    """

    WAITING, DONE, UNDONE = "waiting", "done", "undone"

    organisation = models.ForeignKey(
        "places.Organisation", models.PROTECT, related_name="member_files"
    )
    on = models.DateField()
    whole = models.BooleanField(default=True)
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
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest", "on"],
                condition=~Q(state="undone"),
                name="member_file_once",
            )
        ]


class MemberRow(models.Model):
    """One row of such a list: `cells` verbatim, `facts` what was read from them.

    fault     what is wrong with it, where it cannot be read
    decision  whom linkage takes it to be about, as of a roster's row: same, ask, or new for nobody
              of the organisation's unit; "" for a row that cannot be read
    person    who that is, or may be; a label
    said      what somebody answered where it asks: same or different
    """

    SAME, DIFFERENT = "same", "different"

    file = models.ForeignKey(MemberFile, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    number = models.IntegerField()
    cells = WrittenJSON()
    facts = WrittenJSON()
    fault = WrittenJSON(null=True)
    decision = models.CharField(max_length=4, blank=True)
    person = models.UUIDField(null=True)
    score = models.FloatField(default=0)
    evidence = WrittenJSON(null=True)
    said = models.CharField(max_length=10, blank=True)
    said_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    @property
    def meant(self):
        """Whom it is about, once that is beyond doubt or somebody has said so; else None."""
        sure = self.decision == "same" or self.said == self.SAME
        return self.person if sure and self.said != self.DIFFERENT else None
