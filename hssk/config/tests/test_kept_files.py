"""What the doctor says of the files that were taken in."""

from datetime import date

import pytest

from hssk.config.kept_files import of_kept_files
from hssk.exchange.models import Batch
from hssk.exchange.services.keeping import kept_file
from hssk.places.models import Unit
from tests.village import on_duty

pytestmark = pytest.mark.django_db


def test_a_file_that_is_gone_or_empty_is_told_by_its_name():
    said = {"kind": Batch.ROSTER, "on": date(2024, 3, 1), "unit": Unit.objects.first()}
    said |= {"actor": on_duty(), "partial": False}
    batch = Batch.objects.create(file_name="danh_sach.xlsx", digest="of-a-list", **said)
    Batch.objects.create(file_name="Dòng được chuyển đến", taken_from=batch, **said)
    file = kept_file(batch.digest)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("STT")
    assert list(of_kept_files()) == []
    for harm in (lambda: file.write_text(""), file.unlink):
        harm()
        (finding,) = of_kept_files()
        assert finding.state == "bad"
        assert "1 tệp" in finding.found
        assert "danh_sach.xlsx" in finding.found
