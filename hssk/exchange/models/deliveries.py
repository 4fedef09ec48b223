"""What is stored of records that go out to other software: docs/decisions/0031."""

from django.db import models


class SoftwareLayout(models.Model):
    """How the import workbook of the record software in use is filled in: mapped once for a unit.

    software  what the centre calls it
    above     [row as Excel counts, its cells], down to the last row of its header; `first` the row
              of the first record
    columns   {"title", "way", "text"} for each, as formats/outgoing/saying.py understands them
    saved_at  when somebody last said that the columns are right; None until then: it is a guess
    """

    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    software = models.CharField(max_length=100)
    sheet = models.CharField(max_length=100)
    above = models.JSONField()
    first = models.PositiveIntegerField()
    columns = models.JSONField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    saved_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.software


class Delivery(models.Model):
    """One workbook of new and changed records, as it was made: kept whole, never changed.

    content  the workbook; `digest` the SHA-256 of it, hex
    again    the delivery of which it says again what did not arrive
    """

    layout = models.ForeignKey(SoftwareLayout, models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    software = models.CharField(max_length=100)
    on = models.DateField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    again = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    @property
    def serial(self) -> str:
        """The number on its receipt."""
        return f"{self.pk:05}/{self.on.year}"


class DeliveredPerson(models.Model):
    """Somebody in a delivery, by the row that they had in it.

    person  a label, read through the root as that of any act
    unit    the commune of their home then
    digest  of what was said of them (rules.delivered)
    """

    NEW, CHANGED = "new", "changed"

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="people")
    number = models.PositiveIntegerField()
    person = models.UUIDField(db_index=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivered_once")
        ]


class TakenIn(models.Model):
    """Somebody of the centre said that they took a delivery into the software; the last holds."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="taken")
    name = models.CharField(max_length=120)
    on = models.DateField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
