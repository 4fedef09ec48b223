"""What claims and check-ups say besides whom they are about. Nobody reads it but the machine."""

from django.db import models

from hssk.exchange.models.files import SourceRow
from hssk.kit.fields import WrittenJSON


class Claim(models.Model):
    """What a claim says of somebody's health, staged, to be filed once it is known whose.

    `code` is MA_LK, by which `facility` names the visit; `visit` the id of its Encounter. `made`
    and `said` are as formats/claims_xml/packing.py gives them. Nobody reads it but the machine.
    """

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="claim", db_constraint=False
    )
    facility = models.CharField(max_length=13)
    code = models.CharField(max_length=100)
    visit = models.UUIDField(null=True)
    made = WrittenJSON()
    said = WrittenJSON()

    class Meta:
        indexes = [models.Index(fields=["facility", "code"], name="claim_code")]


class Cost(models.Model):
    """What a claim says its visit cost, in đồng, and who pays: kept apart from the record.

    None where it does not say. Nobody reads it but the machine, which tells it to whom it concerns
    and to nobody else (services/claims/costs.py).
    """

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="cost", db_constraint=False
    )
    visit = models.UUIDField(db_index=True)
    total = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    by_insurance = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    by_person = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    by_others = models.DecimalField(max_digits=20, decimal_places=2, null=True)


class Checkup(models.Model):
    """For whom a health check-up was held and out of whose money, as its file says.

    `groups` are codes of DOI_TUONG in the order of that list, with `;`; `paid` is one of
    NGUON_CHI_TRA; "" where it does not say. That somebody is poor or disabled is for no list:
    nobody reads it but the machine and a function that counts (outreach/sql/checkups.sql).
    """

    row = models.OneToOneField(
        SourceRow, models.CASCADE, primary_key=True, related_name="checkup", db_constraint=False
    )
    visit = models.UUIDField(db_index=True)
    groups = models.CharField(max_length=60, blank=True)
    paid = models.CharField(max_length=2, blank=True)
