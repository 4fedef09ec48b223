"""The page of a hamlet's work: who lacks what, one press an outcome, and undone at once."""

import pytest
from django.utils import translation
from django.utils.translation import pgettext

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.coverage.tests.test_screens import text
from hssk.outreach.forms import OUTCOMES
from hssk.outreach.models import Contact, Kind
from tests.village import commune, on_duty


@pytest.fixture
def signed_in(client, nurse):
    client.force_login(nurse)
    return client


def page(client, place, more=""):
    return client.get(f"/lists/work/?hamlet={place.pk}{more}")


def outcome(client, who, place, **said):
    return client.post(f"/lists/work/{who.pk}/", {"hamlet": place.pk, "lack": "record", **said})


def test_the_list_says_how_many_and_looks_at_those_it_names(signed_in, place):
    assert "Chọn tổ, bản sắp đến" in text(signed_in.get("/lists/work/"))
    said = text(page(signed_in, place))
    assert "10 hộ, 20 người" in said
    assert "Lò Thị A" in said
    assert len(Look.objects.latest("id").people) == 20


def test_an_outcome_is_one_press_and_undone_by_the_next(signed_in, place, people):
    answer = outcome(signed_in, people["Lò Thị A"], place, kind="record-made")
    contact = Contact.objects.get()
    assert answer.headers["Location"].endswith(f"&done={contact.pk}")
    said = text(signed_in.get(answer.headers["Location"]))
    assert "đã lập hồ sơ" in said
    assert "Lò Thị A" not in {
        row["asked"].person.name
        for home in page(signed_in, place).context["homes"] for row in home["people"]
    }  # fmt: skip
    signed_in.post(f"/lists/contacts/{contact.pk}/undo/", {"hamlet": place.pk})
    contact.refresh_from_db()
    assert contact.taken_back_at
    assert "20 người" in text(page(signed_in, place))


def test_of_people_english_says_died_and_of_a_copy_lost():
    with translation.override("en"):
        assert str(OUTCOMES[Kind.DIED]) == "died"
        assert pgettext("copy", "đã mất") == "lost"


def test_words_that_say_why_and_where_stand_once(signed_in, place, people):
    who = people["Lò Thị A"]
    outcome(signed_in, who, place, kind="absent", words="đi làm ở Bình Dương")
    said = text(signed_in.get(f"/lists/contacts/of/{who.pk}/"))
    assert said.count("đi làm ở Bình Dương") == 1


def test_an_outcome_is_taken_back_days_later_from_the_page_of_the_person(
    signed_in, place, people, nurse
):
    who = people["Lò Thị A"]
    outcome(signed_in, who, place, kind="record-made")
    contact = Contact.objects.get()
    assert f"/lists/contacts/of/{who.pk}/" in signed_in.get(f"/coverage/person/{who.pk}/").text
    address = f"/lists/contacts/of/{who.pk}/"
    said = text(signed_in.get(address))
    assert "1 lần liên hệ" in said
    assert "đã lập hồ sơ" in said
    assert Look.objects.latest("id").people == [who.root]
    answer = signed_in.post(f"/lists/contacts/{contact.pk}/undo/",
                            {"list": "one", "why": "Ghi nhầm người."})  # fmt: skip
    assert answer.headers["Location"] == address
    contact.refresh_from_db()
    assert (contact.why, contact.taken_back_by) == ("Ghi nhầm người.", nurse)
    said = text(signed_in.get(address))
    assert "Đã rút lại" in said
    assert "Rút lại kết quả này" not in said


def test_of_somebody_to_whom_nobody_went_the_page_says_where_it_is_written(
    signed_in, place, people
):
    said = text(signed_in.get(f"/lists/contacts/of/{people['Lò Thị A'].pk}/"))
    assert "Chưa ai ghi lần liên hệ nào" in said


def test_what_lacks_its_words_is_said_and_not_kept(signed_in, place, people):
    who = people["Lò Thị A"]
    answer = outcome(signed_in, who, place, kind="refused")
    assert "vì sao người này từ chối" in text(signed_in.get(answer.headers["Location"]))
    outcome(signed_in, who, place, kind="absent", day="hôm nào")
    outcome(signed_in, who, place, kind="nonsense")
    assert not Contact.objects.exists()
    outcome(signed_in, who, place, kind="refused", words="không cần")
    assert Contact.objects.get().kind == Kind.REFUSED
    assert "từ chối" in text(page(signed_in, place))


def test_another_communes_nurse_finds_neither_hamlet_nor_person(client, place, people, nurse):
    client.force_login(on_duty("khac", Role.CLINICIAN, commune("03387")))
    assert "Lò Thị A" not in text(page(client, place))
    assert outcome(client, people["Lò Thị A"], place, kind="absent").status_code == 404
    assert client.post("/lists/contacts/99/undo/").status_code == 404
    assert client.get(f"/lists/contacts/of/{people['Lò Thị A'].pk}/").status_code == 404
