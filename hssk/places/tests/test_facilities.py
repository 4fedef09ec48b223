"""The list of facilities: taken in whole or not at all, and said which line is wrong."""

from datetime import date

import pytest

from hssk.places.models import Facility
from hssk.places.services.facilities import BadList, load_facilities

ON = date(2024, 3, 13)
HEADER = "code,name,unit\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(tmp_path):
    def load(text):
        path = tmp_path / "co_so.csv"
        path.write_text(text, "utf-8-sig")
        return load_facilities(path, ON)

    return load


def test_a_list_is_taken_in_and_taken_in_again(listed):
    text = HEADER + "12386,Trạm Y tế Bịa,03386\n12001,Bệnh viện Bịa,\n"
    assert listed(text) == 2
    assert listed(text.replace("Bệnh viện Bịa", "Bệnh viện Giả")) == 2
    assert Facility.objects.get(code="12386").unit.code == "03386"
    assert Facility.objects.get(code="12001").unit is None
    assert Facility.objects.get(code="12001").name == "Bệnh viện Giả"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ma,ten\n1,a\n", "cần các cột"),
        (HEADER + "12386,Trạm,03386\n1238,Trạm,03386\n", "dòng 3"),
        (HEADER + "12386,,03386\n", "dòng 2"),
        (HEADER + "12386,Trạm,99999\n", "99999"),
        (HEADER + "12386\n", "dòng 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_kept(listed, text, told):
    with pytest.raises(BadList, match=told):
        listed(text)
    assert Facility.objects.count() == 0
