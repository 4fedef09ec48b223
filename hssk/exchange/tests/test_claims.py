"""Files of claims become the record: linked to whom they name, filed once, corrected, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, Claim
from hssk.exchange.services import showing, undoing
from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import (
    APRIL,
    MAY,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.people.models import Basis, Holding, Person
from hssk.places.models import Facility
from hssk.places.services import unit_on
from hssk.records.models import Entry
from hssk.records.services import about
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}
PRESSURE = {"XML5": [{"STT": "1", "DIEN_BIEN_LS": "CSST<M75_T37_HA165/95_NT18>",
                      "THOI_DIEM_DBLS": "202403050810", "NGUOI_THUC_HIEN": "1"}]}  # fmt: skip


@pytest.fixture
def roster(tmp_path):
    lines = [
        person("Lò Văn Sơn", "05/03/1958", pid="012058000001"),
        person("Giàng Thị Mỷ", "06/05/1970", 2, pid="012170000002", household="2"),
    ]
    return take_in(write_roster(tmp_path / "roster.xlsx", lines), "roster")[0]


def claims(tmp_path, *visits, on=APRIL, name="claims.xml"):
    return take_in(write_claims(tmp_path / name, list(visits)), "claims", on=on)


def son():
    return Person.objects.get(name="Lò Văn Sơn")


def names(section):
    return sorted(
        about(son().pk).current().filter(section=section).values_list("display", flat=True)
    )


def test_a_claim_is_filed_in_the_record_of_whom_it_names(roster, tmp_path):
    rows = {"XML2": [medicine("Amlodipin 5mg")], **PRESSURE}
    _batch, counts = claims(tmp_path, visit("LK1", **SON, rows=rows))
    assert (counts["rows"], counts["same"], counts["new"]) == (1, 1, 0)
    assert names("medicines") == ["Amlodipin 5mg"]
    assert [one.code for one in about(son().pk).current().filter(section="conclusion")] == ["I10"]
    pressed = about(son().pk).current().filter(section="examinations", kind="Observation")
    assert any("8480-6" in str(one.resource) for one in pressed)
    encounter = about(son().pk).current().get(kind="Encounter")
    assert all(one.visit == encounter.entry for one in about(son().pk).current())


def test_the_same_claim_again_adds_nothing(roster, tmp_path):
    one = visit("LK1", **SON, rows={"XML2": [medicine("Amlodipin 5mg")]})
    claims(tmp_path, one)
    before = Entry.objects.count()
    claims(tmp_path, one, visit("LK2", **SON, on="20240402"), name="again.xml")
    again = Entry.objects.filter(visit=about(son().pk).current().get(display="Amlodipin 5mg").visit)
    assert again.count() == before
    assert about(son().pk).current().filter(kind="Encounter").count() == 2


def test_a_resend_is_a_new_version_and_what_it_dropped_is_withdrawn(roster, tmp_path):
    rows = {"XML2": [medicine("Amlodipin 5mg"), medicine("Enalapril 5mg", STT="2")]}
    claims(tmp_path, visit("LK1", **SON, rows=rows))
    corrected = {"XML2": [medicine("Amlodipin 10mg")]}
    claims(tmp_path, visit("LK1", **SON, rows=corrected), name="again.xml", on=MAY)
    assert names("medicines") == ["Amlodipin 10mg"]
    every = about(son().pk).filter(section="medicines").order_by("version", "display")
    assert [(one.display, one.version, one.withdrawn) for one in every] == [
        ("Amlodipin 5mg", 1, False), ("Enalapril 5mg", 1, False),
        ("Amlodipin 10mg", 2, False), ("Enalapril 5mg", 2, True),
    ]  # fmt: skip


def test_a_withdrawn_visit_is_closed_and_stays_and_comes_back_with_its_file(roster, tmp_path):
    rows = {"XML2": [medicine("Amlodipin 5mg")]}
    claims(tmp_path, visit("LK1", **SON, rows=rows), visit("LK2", **SON, on="20240306"))
    later, _counts = claims(
        tmp_path, visit("LK1", **SON, rows=rows, MA_DOITUONG_KCB="8"), name="again.xml", on=MAY
    )
    assert names("medicines") == []
    assert about(son().pk).current().filter(kind="Encounter").count() == 1
    assert about(son().pk).filter(section="medicines").count() == 2
    undoing.undo(later, actor=somebody())
    assert names("medicines") == ["Amlodipin 5mg"]


def test_a_visit_told_twice_in_one_file_is_what_was_said_last(roster, tmp_path):
    two = {"XML2": [medicine("Amlodipin 5mg"), medicine("Enalapril 5mg", STT="2")]}
    one = {"XML2": [medicine("Amlodipin 10mg")]}
    claims(tmp_path, visit("LK1", **SON, rows=two), visit("LK1", **SON, rows=one))
    assert names("medicines") == ["Amlodipin 10mg"]
    many = [visit(f"X{n}", **SON) for n in range(120)]
    claims(tmp_path, visit("LK3", **SON, rows=two), *many, visit("LK3", **SON, rows=one),
           name="far.xml", on=MAY)  # fmt: skip
    assert names("medicines") == ["Amlodipin 10mg", "Amlodipin 10mg"]


def test_a_file_taken_back_leaves_the_record_as_it_was(roster, tmp_path):
    rows = {"XML2": [medicine("Amlodipin 5mg")]}
    claims(tmp_path, visit("LK1", **SON, rows=rows))
    later, _counts = claims(
        tmp_path, visit("LK1", **SON, rows={"XML2": [medicine("Amlodipin 10mg")]}),
        visit("LK9", "Người Lạ", "199001010000"), name="again.xml", on=MAY,
    )  # fmt: skip
    assert Person.objects.filter(name="Người Lạ").exists()
    undoing.undo(later, actor=somebody())
    assert names("medicines") == ["Amlodipin 5mg"]
    assert not Person.objects.filter(name="Người Lạ").exists()


def test_a_roster_taken_back_links_the_claims_anew(roster, tmp_path):
    claims(tmp_path, visit("LK1", **SON))
    undoing.undo(roster, actor=somebody())
    assert about(son().pk).current().filter(kind="Encounter").count() == 1
    assert Holding.objects.get(person__root=son().pk).system == "claims"


def test_many_claims_of_one_stranger_are_one_person_on_nobody(roster, tmp_path):
    stranger = {"name": "Người Lạ", "birth": "199001010000"}
    _batch, counts = claims(
        tmp_path, *(visit(f"LK{n}", **stranger, on=f"202403{n:02d}") for n in range(1, 6))
    )
    assert (counts["rows"], counts["new"], counts["same"]) == (5, 1, 4)
    one = Person.objects.get(name="Người Lạ")
    assert about(one.pk).current().filter(kind="Encounter").count() == 5
    assert Holding.objects.filter(person=one).count() == 1


def test_visits_make_a_record_and_an_extract_takes_its_place(roster, tmp_path):
    claims(tmp_path, visit("LK1", **SON))
    assert Holding.objects.get(person=son(), until=None).system == "claims"
    lines = [person("LÒ VĂN SƠN", "05/03/1958", pid="012058000001", system_number="HS1",
                    created="01/02/2024", visits=3, status="Hoạt động")]  # fmt: skip
    extract, _counts = take_in(
        write_records(tmp_path / "extract.xlsx", lines), "records", on=MAY, insist=True
    )
    assert Holding.objects.get(person=son(), until=None).system == "hssk"
    undoing.undo(extract, actor=somebody())
    assert Holding.objects.get(person=son(), until=None).system == "claims"


def test_a_newborn_under_a_parents_name_is_not_the_parent(roster, tmp_path):
    born = visit("LK1", "Lò Văn Sơn", "202403030410", SO_CCCD="012058000001", GIOI_TINH="2")
    _batch, counts = claims(tmp_path, born)
    assert counts["new"] == 1
    assert about(son().pk).count() == 0


def test_one_drug_makes_all_of_its_visit_sensitive(roster, tmp_path):
    rows = {"XML2": [medicine("Dolutegravir 50mg")], **PRESSURE}
    claims(tmp_path, visit("LK1", **SON, rows=rows), visit("LK2", **SON, on="20240306"))
    first = about(son().pk).current().get(display="Dolutegravir 50mg").visit
    assert set(about(son().pk).filter(visit=first).values_list("tier", flat=True)) == {3}
    assert set(about(son().pk).exclude(visit=first).values_list("tier", flat=True)) == {2}


def test_a_broken_claim_is_kept_and_the_others_are_taken_in(roster, tmp_path):
    good, bad = visit("LK1", **SON), visit("LK2", **SON)
    path = write_claims(tmp_path / "claims.xml", [good, bad])
    text = path.read_text("utf-8")
    last = text.rindex("<NOIDUNGFILE>") + len("<NOIDUNGFILE>")
    path.write_text(text[:last] + "!!!" + text[last + 3 :], "utf-8")
    _batch, counts = take_in(path, "claims", on=APRIL)
    assert (counts["rows"], counts["accepted"], counts["rejected"]) == (2, 1, 1)
    assert Claim.objects.count() == 1


def test_a_file_that_breaks_off_is_refused_and_nothing_of_it_is_kept(roster, tmp_path):
    path = write_claims(tmp_path / "claims.xml", [visit(f"LK{n}", **SON) for n in range(120)])
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(Refused):
        take_in(path, "claims", on=APRIL)
    assert Batch.objects.get(kind="claims").state == Batch.FAILED
    assert Claim.objects.count() == Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"MA_BENH_CHINH": "B95.0"}, "không được dùng làm bệnh chính"),
        ({"MA_BENH_KT": "N80.0"}, "không dùng cho giới"),
        ({"MA_BENH_KT": "I99.99"}, "không có trong danh mục"),
        ({"MA_BENH_CHINH": "B95.0", "NGAY_RA": "202607010900"}, ""),
    ],
)
def test_a_code_is_doubted_by_the_edition_of_its_visit_and_not_named(roster, tmp_path, said, words):
    batch, _counts = claims(tmp_path, visit("LK1", **SON, **said))
    told = str([p["message"] for p in batch.rows.get().problems or [] if "ICD-10" in p["message"]])
    assert (words in told) if words else told == "[]"
    assert not any(code in told for code in ("B95", "N80", "I99"))


def test_what_the_clerk_sees_of_a_claim_tells_nothing_of_health(roster, tmp_path):
    batch, _counts = claims(
        tmp_path, visit("LK1", **SON, CHAN_DOAN_RV="Bệnh HIV", MA_BENH_CHINH="B24")
    )
    (row,) = batch.rows.all()
    assert "HIV" not in str(row.cells) + str(row.facts) + row.sheet
    assert "B24" not in str(row.cells) + str(row.facts) + row.sheet


def test_a_file_of_claims_is_known_by_its_content(roster, tmp_path):
    path = write_claims(tmp_path / "no_name", [visit("LK1", **SON)])
    batch, _counts = take_in(path, "auto", on=APRIL)
    assert batch.kind == Batch.CLAIMS


# care


@pytest.fixture
def station():
    return Facility.objects.create(code="12S01", name="Trạm y tế", unit=unit_on("03386", APRIL))


def nurse():
    return on_duty("y.ta", role=Role.CLINICIAN, unit=unit_on("03386", APRIL))


def seen_by(user):
    with within(access_of(user, APRIL)):
        return set(Entry.objects.values_list("section", flat=True))


def test_a_card_opens_the_record_to_the_station_that_it_names(roster, station, tmp_path):
    card = {"MA_THE_BHYT": "HN4121234567890", "MA_DKBD": "12S01"}
    batch, _counts = claims(tmp_path, visit("LK1", **SON, **card))
    who = nurse()
    assert "visits" in seen_by(who)
    claims(tmp_path, visit("LK2", **SON, **card), name="again.xml", on=MAY)
    assert Basis.objects.filter(why="first-contact").count() == 1
    undoing.undo(batch, actor=somebody())
    assert Basis.objects.filter(until=None).count() == 1  # that of the second file


def test_a_visit_opens_the_record_for_thirty_days_after_it(roster, station, tmp_path):
    today = timezone.localdate()
    recent, old = today - timedelta(days=3), today - timedelta(days=60)
    path = write_claims(
        tmp_path / "claims.xml",
        [visit("LK1", **SON, on=f"{recent:%Y%m%d}"), visit("LK2", **SON, on=f"{old:%Y%m%d}")],
        "12S01",
    )
    take_in(path, "claims", on=APRIL)
    (basis,) = Basis.objects.filter(why="visit")
    assert timedelta(days=26) < basis.until - timezone.now() < timedelta(days=28)
    assert "visits" in seen_by(nurse())


def test_a_referral_opens_the_record_to_the_station_for_ninety_days(roster, station, tmp_path):
    left = timezone.localdate() - timedelta(days=40)
    paper = {"MA_NOI_DEN": "12s01", "NGAY_RA": f"{left:%Y%m%d}0900", "GIAY_CHUYEN_TUYEN": "7"}
    sent = visit("LK1", **SON, on=f"{left:%Y%m%d}", MA_LOAI_RV="2", rows={"XML13": [paper]})
    batch, _counts = claims(tmp_path, sent)
    (basis,) = Basis.objects.all()
    assert basis.why == "referral"
    assert timedelta(days=48) < basis.until - timezone.now() < timedelta(days=51)
    assert "referrals" in seen_by(nurse())
    own = write_claims(tmp_path / "own.xml", [sent], "12S01")  # to itself: a slip, and no referral
    take_in(own, "claims", on=MAY)
    assert Basis.objects.filter(why="referral").count() == 1
    undoing.undo(batch, actor=somebody())
    assert not Basis.objects.at(timezone.now()).exists()


def test_codes_of_an_edition_that_is_not_loaded_are_kept_marked_and_judged_by_nobody(
    roster, tmp_path
):
    strange = visit("LK1", **SON, MA_BENH_CHINH="J99.99", on="20260801", KET_QUA_DTRI="9")
    batch, _counts = claims(tmp_path, strange, visit("LK2", **SON))
    note = showing.said(Batch.objects.get(pk=batch.pk).notes[0])
    assert note["text"].startswith("1 hồ sơ")
    new, old = ([one["place"] for one in row.problems] for row in batch.rows.order_by("number"))
    assert new[-1] == "ICD-10"
    assert "ICD-10" not in old
    assert not any("MA_BENH" in place for place in new)
    assert "J99.99" in about(son().pk).current().values_list("code", flat=True)
