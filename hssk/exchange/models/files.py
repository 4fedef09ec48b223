"""What is stored of exchange: files as they came, what was decided of each row, and by whom."""

from django.db import models

from hssk.kit.fields import WrittenJSON


class FileManager(models.Manager):
    """The files that were taken in, without what was written down by hand (`Batch.TYPED`)."""

    def get_queryset(self):
        return super().get_queryset().exclude(kind=Batch.TYPED)


class Batch(models.Model):
    """One file taken in: its digest, what it claims to be, and how far it has come.

    received → applied → undone; `held` when the file was doubted before any row was applied.
    One that is `taken_from` another has no file of its own: its rows were handed on from there.
    What was TYPED is no file and has no state: its rows stand for people whom a hand wrote down, so
    that a row of a file can be compared with one (services/by_hand.py).
    """

    ROSTER, RECORDS, CLAIMS, TYPED = "roster", "records", "claims", "typed"
    WAITING, RECEIVED, HELD, APPLIED, UNDONE, FAILED = (
        "waiting",
        "received",
        "held",
        "applied",
        "undone",
        "failed",
    )

    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=WAITING)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, db_index=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    partial = models.BooleanField(default=False)
    # the units of the posts by which it was delivered; None for all there are and will be
    area = models.JSONField(null=True)
    taken_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    insisted_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    layouts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    # what came of it when it was linked
    counts = models.JSONField(default=dict)
    # of its rows those that found nobody, as verdicts have it by now: nobody counts them one by one
    found_nobody = models.IntegerField(default=0)
    trouble = models.JSONField(null=True)

    objects = FileManager()
    every = models.Manager()  # with what was typed

    class Meta:
        verbose_name_plural = "batches"

    @property
    def insisted(self) -> bool:
        """Whether somebody had the file applied although it was doubted."""
        return self.insisted_by_id is not None


class SourceRow(models.Model):
    """One row of a file: `cells` verbatim, as they came, and `facts`, what was read from them.

    `digest` is of the facts (and of how often they stood in the file before), so that a row is
    known again in an edited file whatever its serial number or place has become.
    """

    # no key: it would be checked row by row
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_constraint=False)
    sheet = models.CharField(max_length=100)
    number = models.IntegerField()
    cells = WrittenJSON()
    facts = WrittenJSON()
    digest = models.BinaryField(max_length=16)
    accepted = models.BooleanField(default=True)
    handed = models.BooleanField(default=False, db_default=False)  # on, to whoever it concerns
    problems = WrittenJSON(null=True)

    class Meta:
        # few rows have an error or a remark, and their pages ask for those few
        indexes = [
            models.Index(
                fields=["batch"], condition=models.Q(accepted=False), name="source_row_error"
            ),
            models.Index(
                fields=["batch"],
                condition=models.Q(accepted=True, problems__isnull=False),
                name="source_row_remark",
            ),
        ]


class LinkDecision(models.Model):
    """What was decided of a row: whom it is about, how sure, and on what evidence.

    `person` is a label: the person may be taken back by an undo and come again by a replay.
    """

    SAME, NEW, ASK = "same", "new", "ask"

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="decision", db_constraint=False
    )
    decision = models.CharField(max_length=4)
    person = models.UUIDField()
    score = models.FloatField()
    against = models.BigIntegerField(null=True)
    evidence = WrittenJSON(null=True)
    unchanged = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["row"], condition=models.Q(decision="ask"), name="decision_asked")
        ]


class PairElsewhere(models.Model):
    """A row and somebody outside the area of its file whom it may be about.

    The decision of the row does not tell: whoever delivered it sees the same with and without. Both
    are seen by whose area covers both, and `open` until one of them has decided. `own` is whom the
    row is about; who says that `person` is the same merges the two.
    """

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="elsewhere", db_constraint=False
    )
    person = models.UUIDField()
    own = models.UUIDField()
    against = models.BigIntegerField()
    score = models.FloatField()
    evidence = WrittenJSON(null=True)
    open = models.BooleanField(default=True)


class HandedRow(models.Model):
    """A row of a file that names a commune outside its area, handed on to whoever has that one.

    It waits until it is taken into an import of theirs (`batch`, undoable on its own) or `refused`,
    which whoever delivered it does not see. `digest` is the row's: the same row again waits once.
    """

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="handing", db_constraint=False
    )
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=16, db_index=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    refused = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)


class Review(models.Model):
    """Somebody's own verdict on a pair of rows. Appended; kept as evidence through any undo.

    The two rows are named by their content, so that the verdict finds them again after a replay.
    """

    SAME, DIFFERENT, LATER = "same", "different", "later"

    row_digest = models.BinaryField(max_length=16, db_index=True)
    other_digest = models.BinaryField(max_length=16)
    verdict = models.CharField(max_length=10)
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)


class KnownLayout(models.Model):
    """How to read files of one shape: the guess, as a user corrected or accepted it."""

    shape = models.CharField(max_length=64, unique=True)
    layout = models.JSONField()
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)


class PostFile(models.Model):
    """A workbook of posts to give and to end: staged first, done whole by a second act, undoable.

    `size` is how many rows it has.
    """

    WAITING, DONE, UNDONE = "waiting", "done", "undone"

    state = models.CharField(max_length=10, default=WAITING)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.IntegerField()
    actor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")


class PostRow(models.Model):
    """One row of such a file: `cells` verbatim; `said` is field → (letter of column, text).

    It names somebody of the staff, and is seen by who brought the file and by who gives posts in
    `unit`, the unit that the row names.
    """

    file = models.ForeignKey(PostFile, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    number = models.IntegerField()
    cells = WrittenJSON()
    said = WrittenJSON()
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")


class PostDone(models.Model):
    """What a row did, as it was done: the post that it gave or ended.

    `until` is the day on which a post that it ended would have ended before, if any.
    """

    row = models.OneToOneField(PostRow, models.CASCADE, primary_key=True, related_name="done")
    did = models.CharField(max_length=10)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    until = models.DateField(null=True)


class Receipt(models.Model):
    """What a sender got for a file: by `code` it asks what came of it, and nobody else can.

    One for each file of a sender, however often it comes, and another once it was taken back.
    `faults` are the claims that could not be read: their number in the file, and why in one word.
    """

    sender = models.ForeignKey("access.Sender", models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    faults = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "digest", "batch"], name="one_receipt")
        ]
