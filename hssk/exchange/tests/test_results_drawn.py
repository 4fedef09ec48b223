"""What hospitals measured comes by claim, under names of their own, and is drawn in the record."""

from datetime import date

import pytest

from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, person, take_in, write_roster
from hssk.people.models import Person
from hssk.records.rules.summary import summarise
from hssk.records.services import about

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}


def result(number, name, value, unit, *, index="", service="90.1", at="202403050830"):
    return {"STT": str(number), "MA_DICH_VU": service, "MA_CHI_SO": index, "TEN_CHI_SO": name,
            "GIA_TRI": value, "DON_VI_DO": unit, "NGAY_KQ": at}  # fmt: skip


def test_results_under_names_and_units_of_two_hospitals_are_one_line(tmp_path):
    take_in(write_roster(tmp_path / "roster.xlsx",
                         [person("Lò Văn Sơn", "05/03/1958", pid="012058000001")]), "roster")  # fmt: skip
    first = [
        result(1, "Glucose", "7.8", "mmol/L", index="HH-09"), result(2, "HbA1c", "7.4", "%"),
        result(3, "Glucose niệu", "14", "mmol/L"), result(4, "Creatinin", "<20", "µmol/L"),
    ]  # fmt: skip
    then = [result(1, "GLU", "140", "mg/dL", service="23.0075.1494", at="202404020830"),
            result(2, "Glucose", "5.5", "mmol/L", service="23.0206.1596", at="202404030830")]  # fmt: skip
    insulin = [medicine("Insulin người trộn 30/70", NGAY_YL="202404020830")]
    visits = [visit("LK1", **SON, rows={"XML4": first}),
              visit("LK2", **SON, on="20240402", rows={"XML4": then, "XML2": insulin})]  # fmt: skip
    take_in(write_claims(tmp_path / "claims.xml", visits), "claims", on=APRIL)
    entries = list(about(Person.objects.get(name="Lò Văn Sơn").pk).current())
    found = summarise(entries, date(2024, 4, 10))
    drawn = {
        one.measure.key: [(p.on, round(p.value, 1), p.unusual) for p in one.points]
        for one in found.trends
    }
    assert drawn == {
        "glucose": [(date(2024, 3, 5), 7.8, True), (date(2024, 4, 2), 7.8, True)],
        "hba1c": [(date(2024, 3, 5), 7.4, True)],
    }
    assert found.beware == [("insulin", "Insulin người trộn 30/70")]
