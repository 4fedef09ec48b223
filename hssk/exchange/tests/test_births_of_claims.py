"""A mother's claim that certifies a birth opens the child, or finds it where it is there already."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.access.tiers import Kind
from hssk.coverage.services import figures
from hssk.exchange.models import LinkDecision, SourceRow
from hssk.exchange.services import claims, reviewing, showing, undoing
from hssk.exchange.services.claims import bearing
from hssk.exchange.services.deciding import decisions
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.family import DAY, LINES
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    JUNE,
    MAY,
    everything,
    person,
    somebody,
    take_in,
    write_roster,
)
from hssk.kit.dates import PartialDate
from hssk.people.models import Basis, Birth, Holding, Identifier, Person, Residence
from hssk.people.services import lives
from hssk.people.services.lives import Child, Died, Newborn, waiting
from hssk.places.models import Hamlet
from hssk.places.services import unit_on
from hssk.records.services import about
from tests.village import on_duty

pytestmark = pytest.mark.django_db
AT = datetime(2024, 4, 12, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MY = {"name": "Giàng Thị Mỷ", "birth": "199505060000", "SO_CCCD": "012195000002"}


@pytest.fixture(autouse=True)
def roster(tmp_path):
    return take_in(write_roster(tmp_path / "roster.xlsx", LINES), "roster")[0]


@pytest.fixture
def take(tmp_path):
    def take(*visits, on=APRIL):
        path = write_claims(tmp_path / f"{uuid4()}.xml", list(visits))
        return take_in(path, "claims", on=on)

    return take


def certificate(sex="2", name="", **said):
    return {
        "HO_TEN_NND": "Giàng Thị Mỷ", "HO_TEN_CHA": "Giàng A Sình", "HO_TEN_CON": name,
        "GIOI_TINH_CON": sex, "SO_CON": "1", "SO_CON_SONG": "3", "CAN_NANG_CON": "3100",
        "NGAY_SINH_CON": "202404020410", "TINH_TRANG_CON": "Khỏe", "SO": "17", "QUYEN_SO": "2",
    } | said  # fmt: skip


def mothers(*certificates, code="LKM", **said):
    who = {**MY, "GIOI_TINH": "2", "MAXA_CU_TRU": "03386", "on": "20240402", **said}
    rows = {"XML9": list(certificates or [certificate()]), **who.pop("rows", {})}
    return visit(code, who.pop("name"), who.pop("birth"), rows=rows, **who)


def childs(code="LK1", name="Giàng Thị Mỷ", sex="2", **said):
    """The child's own claim: under a parent's name."""
    who = {"SO_CCCD": "012195000002", "MAXA_CU_TRU": "03386", "on": "20240404", **said}
    return visit(code, name, "202404020410", GIOI_TINH=sex, **who)


def mother():
    return Person.objects.get(name="Giàng Thị Mỷ")


def children():
    born = Birth.objects.order_by("nth", "child").values_list("child", flat=True)
    return [Person.objects.get(pk=key) for key in born]


def babies():
    return Person.objects.filter(birth_on=DAY, same_as=None).count()


def visits_of(key):
    return about(key).current().filter(kind="Encounter").count()


def said_of(batch):
    rows = SourceRow.objects.filter(batch=batch, sheet="XML9").order_by("id")
    return [showing.said(problem)["text"] for row in rows for problem in row.problems or []]


# opened


def test_a_child_opens_with_its_mother_without_a_name_or_number(take):
    _batch, counts = take(mothers())
    assert (counts["rows"], counts["accepted"], counts["same"], counts["new"]) == (1, 1, 1, 0)
    (child,) = children()
    assert (child.name, str(child), child.sex) == ("", "Con bà Giàng Thị Mỷ", 2)
    assert child.birth_on == DAY
    birth = Birth.objects.get()
    assert (birth.mother, birth.on, birth.paper) == (mother().pk, DAY, "17/2")
    assert (birth.clock.hour, birth.clock.minute) == (4, 10)
    home = Residence.objects.get(person=child)
    assert (home.household.number, home.since, home.relation) == ("2", DAY, "Con đẻ")
    held = Holding.objects.get(person=child, until=None)
    assert (held.system, held.unit.code) == ("claims", "03386")
    guardian = Basis.objects.get(kind=Kind.GUARDIAN)
    assert (guardian.person, guardian.holder, guardian.why) == (child.pk, mother().pk, "parent")


def test_it_counts_as_whoever_visits_bring_and_is_no_claim_of_the_file(take):
    take(mothers())
    counted = [figures(CITY, day).counts for day in (APRIL, APRIL - timedelta(days=9))]
    assert counted[0].expected - counted[1].expected == 1
    assert counted[0].found >= 1
    assert [one[:3] for one in decisions() if one[0] == "claims"] == [("claims", "HOSO", 1)]


def test_it_has_the_name_that_the_certificate_gives_it_and_no_name_that_is_its_mothers(take):
    take(mothers(certificate(name="Giàng Thị Sua")))
    (child,) = children()
    assert (child.name, child.called) == ("Giàng Thị Sua", "")


@pytest.mark.parametrize("name", ["Giàng Thị Mỷ", "Con bà Giàng Thị Mỷ", "CB Mỷ", "Chưa đặt tên"])
def test_what_is_no_name_of_its_own_is_none(take, name):
    take(mothers(certificate(name=name)))
    (child,) = children()
    assert (child.name, child.called) == ("", "Con bà Giàng Thị Mỷ")


@pytest.mark.parametrize("sexes", ["12", "11", "22"])
def test_twins_are_two(take, sexes):
    take(mothers(*(certificate(sex, SO=str(nth)) for nth, sex in enumerate(sexes))))
    twins = children()
    assert [one.sex for one in twins] == [int(sex) for sex in sexes]
    assert [str(one) for one in twins] == [
        "Con bà Giàng Thị Mỷ (bé thứ 1)", "Con bà Giàng Thị Mỷ (bé thứ 2)"
    ]  # fmt: skip
    assert babies() == 2
    assert set(Birth.objects.values_list("of", flat=True)) == {2}


def test_twins_on_either_side_of_midnight_are_of_one_birth(take):
    take(mothers(certificate("1", NGAY_SINH_CON="202404012350"), certificate("2")))
    again = mothers(certificate("1", NGAY_SINH_CON="202404012350"), certificate("2"), code="LKX")
    take(again, on=MAY)
    assert Birth.objects.count() == 2


def test_the_child_of_a_mother_whom_nobody_lists_is_on_nobody_with_a_record(take):
    take(mothers(certificate(HO_TEN_NND="Lý Thị Lạ"), name="Lý Thị Lạ", birth="199001010000",
                 SO_CCCD=""))  # fmt: skip
    (child,) = children()
    assert str(child) == "Con bà Lý Thị Lạ"
    assert not Residence.objects.filter(person=child).exists()
    assert Holding.objects.get(person=child).unit.code == "03386"


def test_a_mother_who_is_not_grown_up_is_no_guardian(take):
    young = {"name": "Vàng Thị Dí", "birth": "200901010000", "SO_CCCD": ""}
    take(mothers(certificate(HO_TEN_NND="Vàng Thị Dí"), **young))
    assert Birth.objects.count() == 1
    assert not Basis.objects.filter(kind=Kind.GUARDIAN).exists()


def test_nothing_of_the_visit_of_the_mother_is_the_childs(take):
    take(mothers())
    (child,) = children()
    assert about(child.pk).count() == 0
    assert visits_of(mother().pk) == 1


def test_the_page_of_the_child_says_that_a_file_told_of_it_and_names_no_hand(take):
    batch, _counts = take(mothers())
    (child,) = children()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(on_duty("can.bo"))
    page = client.get(f"/coverage/person/{child.pk}/").text
    assert "theo giấy chứng sinh" in page
    assert f"{batch.actor} ghi lúc" not in page


# found


@pytest.fixture
def bear():
    nurse = access_of(on_duty("y.ta", Role.CLINICIAN, unit_on("03386", APRIL)), date(2024, 4, 12))

    def bear(*those, known=None):
        said = Newborn(act=uuid4(), on=DAY, children=those or (Child(2, known=known),))
        unit = unit_on("03386", APRIL)
        return lives.record_births(mother().pk, said, unit=unit, at=AT, by=nurse)

    bear.nurse = nurse
    return bear


@pytest.mark.parametrize("day", ["202404020410", "202404012350"])
def test_a_birth_that_a_station_wrote_down_is_this_one(bear, take, day):
    keys = bear()
    take(mothers(certificate(NGAY_SINH_CON=day)))
    assert [child.pk for child in children()] == keys
    assert Birth.objects.get().source is None


def test_so_are_twins_and_nobody_need_tell_which_is_which(bear, take):
    keys = bear(Child(1), Child(1))
    batch, _counts = take(mothers(certificate("1", SO="1"), certificate("1", SO="2")))
    assert {child.pk for child in children()} == set(keys)
    assert said_of(batch) == []


@pytest.mark.parametrize("parent", ["Giàng Thị Mỷ", "Giàng A Sình", "Con bà Giàng Thị Mỷ"])
def test_a_child_of_an_own_claim_in_the_same_file_gets_its_mother(take, parent):
    _batch, counts = take(childs(name=parent), mothers())
    assert (counts["new"], counts["same"]) == (1, 1)
    (child,) = children()
    assert (visits_of(child.pk), babies()) == (1, 1)
    assert Residence.objects.get(person=child).household.number == "2"
    assert Holding.objects.filter(person=child).count() == 1


def test_a_child_of_an_own_claim_of_an_earlier_file_gets_its_mother(take):
    take(childs())
    take(mothers(), on=MAY)
    (child,) = children()
    assert (visits_of(child.pk), babies()) == (1, 1)


def test_a_child_who_is_listed_by_name_in_her_household_is_it(take, tmp_path):
    listed = person("Giàng Thị Sua", "02/04/2024", 2, household="2", relation="Con đẻ")
    take_in(write_roster(tmp_path / "more.xlsx", [*LINES, listed]), "roster", on=APRIL)
    take(mothers(), on=MAY)
    (child,) = children()
    assert (child.name, babies()) == ("Giàng Thị Sua", 1)
    assert Residence.objects.filter(person=child).count() == 1


def test_a_child_of_another_sex_in_her_household_is_another(take, tmp_path):
    listed = person("Giàng A Páo", "02/04/2024", 1, household="2", relation="Cháu")
    take_in(write_roster(tmp_path / "more.xlsx", [*LINES, listed]), "roster", on=APRIL)
    take(mothers(), on=MAY)
    assert (children()[0].name, babies()) == ("", 2)


def test_the_temporary_card_tells_the_child(take):
    card = {"MA_THE_BHYT": "TE1121200000001", "MA_DKBD": "12001"}
    take(childs(name="Bé Gái", SO_CCCD="", MAXA_CU_TRU="", **card))
    take(mothers(certificate(MA_THE_TAM="TE1121200000001")), on=MAY)
    assert (babies(), visits_of(children()[0].pk)) == (1, 1)


def test_both_twins_with_own_claims_get_their_mother(take):
    twins = [certificate("1", SO="1"), certificate("1", SO="2")]
    batch, _counts = take(childs("LK1", sex="1"), childs("LK2", sex="1"), mothers(*twins))
    assert (babies(), Birth.objects.count()) == (2, 2)
    assert set(Birth.objects.values_list("paper", "clock")) == {("", None)}  # whose would it be?
    asked = LinkDecision.objects.get(row__batch=batch, decision="ask")  # is it the first again?
    reviewing.decide(asked.row_id, "different", actor=somebody())
    assert [visits_of(child.pk) for child in children()] == [1, 1]


def test_of_twins_of_whom_one_has_an_own_claim_the_other_is_opened(take):
    take(childs("LK1", sex="1"), mothers(certificate("1", SO="1"), certificate("1", SO="2")))
    assert (babies(), Birth.objects.count()) == (2, 2)
    assert sorted(visits_of(child.pk) for child in children()) == [0, 1]


def test_where_several_may_be_it_nobody_is_opened_and_the_file_says_so(take):
    batch, _counts = take(childs("LK1"), childs("LK2"), mothers())
    assert (Birth.objects.count(), babies()) == (0, 2)
    (said,) = said_of(batch)
    assert "chưa rõ là bé nào" in said


def test_a_child_under_the_name_of_another_mother_of_that_name_is_left_to_the_station(take):
    batch, _counts = take(childs(SO_CCCD="", MAXA_CU_TRU="03403"), mothers())
    assert (Birth.objects.count(), babies()) == (0, 1)
    assert len(said_of(batch)) == 1


def test_a_child_of_another_mother_by_her_number_is_not_meant(take):
    take(childs(SO_CCCD="012195000777"), mothers())
    assert (Birth.objects.count(), babies()) == (1, 2)


def test_a_file_of_one_area_finds_the_children_of_its_area_and_of_no_other(take, tmp_path):
    """One child under the mother's name was brought by a file of the area, one by somebody else."""
    clerk = on_duty("mai.xa", role=Role.CLERK, unit=unit_on("03386", APRIL))

    def deliver(one, on):
        path = write_claims(tmp_path / f"{on}.xml", [one])
        return take_in(path, "claims", on=on, unit="03386", by=clerk)

    deliver(childs(sex="1"), APRIL)
    card = {"MA_THE_TAM": "TE1121200000001"}
    take(childs(code="LK5", name="Bé Gái", SO_CCCD="", MAXA_CU_TRU="03403",
                MA_THE_BHYT=card["MA_THE_TAM"], MA_DKBD="12001"))  # fmt: skip
    deliver(mothers(certificate("1", SO="1"), certificate("2", SO="2", **card)), MAY)
    boy, girl = children()
    assert (visits_of(boy.pk), visits_of(girl.pk), babies()) == (1, 0, 3)


def test_a_child_whom_the_certificates_of_two_mothers_mean_is_given_to_neither(take, tmp_path):
    aunt = person("Lò Thị Dua", "06/05/1996", 2, pid="012196000009", household="2",
                  relation="Con dâu")  # fmt: skip
    girl = person("Giàng Thị Chía", "02/04/2024", 2, household="2", relation="Cháu")
    take_in(write_roster(tmp_path / "two.xlsx", [*LINES, aunt, girl]), "roster", on=APRIL)
    hers = mothers(
        certificate(HO_TEN_NND="Lò Thị Dua", HO_TEN_CHA="", SO="18"), code="LKD",
        name="Lò Thị Dua", birth="199605060000", SO_CCCD="012196000009",
    )  # fmt: skip
    batch, _counts = take(mothers(), hers, on=MAY)
    assert (Birth.objects.count(), babies()) == (0, 1)
    assert len(said_of(batch)) == 2


def test_a_file_of_one_area_houses_no_child_outside_it(take, tmp_path):
    """A mother who was of the commune and lives in another by now is found; her home is not the
    commune's to give."""
    there, here = unit_on("03403", APRIL), unit_on("03386", APRIL)
    hamlet = Hamlet.objects.create(unit=there, name="Tổ 9", key="9")
    Residence.objects.filter(person=mother()).update(since=date(2020, 1, 1), until=date(2024, 3, 1))
    Residence.objects.create(person=mother(), hamlet=hamlet, kind="P", since=date(2024, 3, 1))
    clerk = on_duty("mai.xa", role=Role.CLERK, unit=here)
    path = write_claims(tmp_path / "area.xml", [mothers()])
    take_in(path, "claims", on=APRIL, unit="03386", by=clerk)
    (child,) = children()
    assert Birth.objects.get().mother == mother().pk
    assert not Residence.objects.filter(person=child).exists()
    assert Holding.objects.get(person=child).unit == here


# never twice


def test_the_same_certificate_again_makes_no_second_child(take):
    twins = [certificate("1", SO="1"), certificate("1", SO="2")]
    take(mothers(*twins))
    keys = {child.pk for child in children()}
    take(mothers(*twins), visit("LK9", "Lò Văn Hải", "196003020000"), on=MAY)
    take(mothers(*twins, code="OTHER"), on=JUNE)
    take(mothers(twins[0]), mothers(twins[1]), on=JUNE)
    assert {child.pk for child in children()} == keys
    assert babies() == 2


def test_two_claims_with_the_same_certificate_in_one_file_are_one_birth(take):
    take(mothers(), mothers(code="LKN"))
    assert (babies(), Birth.objects.count()) == (1, 1)


def test_two_claims_with_two_certificates_of_one_night_are_twins(take):
    take(mothers(certificate(SO="1")), mothers(certificate(SO="2"), code="LKN"))
    assert (babies(), Birth.objects.count()) == (2, 2)


def test_a_resend_that_corrects_sex_and_number_of_the_paper_is_about_the_same_child(take):
    take(mothers())
    take(mothers(certificate("1", SO="18")), on=MAY)
    assert babies() == 1


def test_the_childs_own_claim_that_comes_later_is_about_it(take):
    take(mothers())
    (child,) = children()
    _batch, counts = take(childs(), on=MAY)
    assert (counts["same"], counts["new"], counts["ask"]) == (1, 0, 0)
    assert visits_of(child.pk) == 1


def test_so_is_that_of_the_child_of_a_mother_who_lives_nowhere(take):
    stranger = {"name": "Lý Thị Lạ", "birth": "199001010000", "SO_CCCD": ""}
    take(mothers(certificate(HO_TEN_NND="Lý Thị Lạ"), **stranger))
    _batch, counts = take(childs(name="Lý Thị Lạ", SO_CCCD=""), on=MAY)
    assert (counts["same"], babies()) == (1, 1)


def test_so_is_one_with_the_temporary_card_under_the_mothers_name(take):
    take(mothers(certificate(MA_THE_TAM="TE1121200000001")))
    assert Identifier.objects.filter(value="TE1121200000001").count() == 1
    card = {"MA_THE_BHYT": "TE1121200000001", "MA_DKBD": "12001"}
    _batch, counts = take(childs(**card, SO_CCCD=""), on=MAY)
    assert (counts["same"], babies()) == (1, 1)


@pytest.mark.parametrize("number", ["012195000002", ""])
def test_so_is_one_with_the_card_of_the_mother_who_is_known(take, number):
    hers = {"MA_THE_BHYT": "DT2121200000002", "MA_DKBD": "12001"}
    take(mothers(**hers))
    (child,) = children()
    _batch, counts = take(childs(**hers, SO_CCCD=number), on=MAY)
    assert (counts["same"], counts["ask"], babies()) == (1, 0, 1)
    assert visits_of(child.pk) == 1


def test_later_claims_of_twins_are_told_apart_by_sex_else_asked_about(take):
    take(mothers(certificate("1", SO="1"), certificate("2", SO="2")))
    boy, girl = children()
    _batch, counts = take(childs("LK1", sex="2"), childs("LK2", sex="1"), on=MAY)
    assert (counts["same"], counts["new"]) == (2, 0)
    assert (visits_of(boy.pk), visits_of(girl.pk)) == (1, 1)


def test_later_claims_of_twins_of_one_sex_make_nobody(take):
    take(mothers(certificate("1", SO="1"), certificate("1", SO="2")))
    batch, counts = take(childs("LK1", sex="1"), childs("LK2", sex="1"), on=MAY)
    assert (counts["ask"], counts["new"], babies()) == (2, 0, 2)
    row = batch.rows.order_by("id").first()
    reviewing.decide(row.pk, "same", actor=somebody())
    assert sorted(visits_of(child.pk) for child in children()) == [0, 1]


def test_a_later_list_that_names_the_child_names_it(take, tmp_path):
    take(mothers())
    listed = person("Giàng Thị Sua", "02/04/2024", 2, household="2", relation="Con đẻ")
    path = write_roster(tmp_path / "more.xlsx", [*LINES, listed])
    _batch, counts = take_in(path, "roster", on=MAY)
    assert (counts["new"], counts["ask"], babies()) == (0, 0, 1)
    assert [str(child) for child in children()] == ["Giàng Thị Sua"]


# nobody


def test_a_stillbirth_is_no_person_and_nothing_tells_of_it(take):
    dead = [
        mothers(certificate(TINH_TRANG_CON="Chết trước sinh")),
        mothers(certificate(SO_CON_SONG="0"), code="LK2"),
        mothers(certificate(), code="LK3", rows={"XML8": [
            {"NGAY_SINHCON": "20240402", "NGAY_CONCHET": "20240403", "SO_CONCHET": "1"}
        ]}),
        mothers(certificate(), code="LK4", rows={"XML7": [{"MA_DINH_CHI_THAI": "1"}]}),
    ]  # fmt: skip
    batch, _counts = take(*dead)
    assert (babies(), said_of(batch)) == (0, [])
    assert not SourceRow.objects.filter(batch=batch, sheet="XML9").exists()


def test_the_skin_of_a_face_is_no_death(take):
    take(mothers(certificate(TINH_TRANG_CON="Da mặt hồng, khóc to")))
    assert Birth.objects.count() == 1


def test_of_twins_of_whom_one_did_not_live_the_other_opens(take):
    took = certificate("1", TINH_TRANG_CON="Tử vong"), certificate("2", SO="18")
    take(mothers(*took))
    assert [child.sex for child in children()] == [2]


def test_who_of_two_lives_is_not_guessed(take):
    two = certificate("1", SO_CON_SONG="1"), certificate("2", SO_CON_SONG="1", SO="18")
    batch, _counts = take(mothers(*two))
    assert babies() == 0
    assert len(said_of(batch)) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"GIOI_TINH": "1", "name": "Lò Văn Hải", "birth": "196003020000", "SO_CCCD": ""}, "nam"),
        ({"name": "Vàng Thị Bé", "birth": "201301010000", "SO_CCCD": ""}, "tuổi của mẹ"),
        ({"name": "Vàng Thị Cụ", "birth": "195001010000", "SO_CCCD": ""}, "tuổi của mẹ"),
    ],
)
def test_who_cannot_be_a_mother_opens_nobody_and_the_file_says_why(take, said, words):
    batch, counts = take(mothers(certificate(HO_TEN_NND=said["name"]), **said))
    assert (babies(), Birth.objects.count()) == (0, 0)
    (told,) = said_of(batch)
    assert words in told
    assert counts["warnings"] >= 1
    assert counts["rows"] == 1


def test_a_certificate_of_somebody_elses_child_opens_nobody(take):
    batch, _counts = take(mothers(certificate(HO_TEN_NND="Lý Thị Khác")))
    assert babies() == 0
    assert "tên mẹ khác" in said_of(batch)[0]


def test_the_childs_own_claim_that_carries_the_certificate_bears_nobody(take):
    take(childs(rows={"XML9": [certificate()]}))
    assert (babies(), Birth.objects.count()) == (1, 0)


def test_a_birth_to_come_or_long_ago_opens_nobody(take):
    take(mothers(certificate(NGAY_SINH_CON="202405020410")),
         mothers(certificate(NGAY_SINH_CON="202201020410"), code="LK2"))  # fmt: skip
    assert Birth.objects.count() == 0


def test_who_the_mother_is_must_be_decided_first(take):
    """A claim that asks opens nobody; the verdict does, and taking it back takes the child."""
    asks = {"name": "Giàng Thị Mỹ", "birth": "199505070000", "SO_CCCD": ""}
    batch, counts = take(mothers(certificate(HO_TEN_NND="Giàng Thị Mỹ"), **asks))
    assert counts["ask"] == 1
    assert Birth.objects.count() == babies() == 0
    row = batch.rows.get(sheet="HOSO")
    review = reviewing.decide(row.pk, "same", actor=somebody())
    assert Birth.objects.get().mother == mother().pk
    assert babies() == 1
    reviewing.take_back(review)
    assert Birth.objects.count() == babies() == 0
    assert not Basis.objects.at(datetime.now(AT.tzinfo)).filter(kind=Kind.GUARDIAN).exists()


def _decided(take):
    """The claim of a mother who was asked about, and the verdict that it is her."""
    asks = {"name": "Giàng Thị Mỹ", "birth": "199505070000", "SO_CCCD": ""}
    batch, _counts = take(mothers(certificate(HO_TEN_NND="Giàng Thị Mỹ"), **asks))
    row = batch.rows.get(sheet="HOSO").pk
    return row, reviewing.decide(row, "same", actor=somebody())


def test_a_verdict_taken_back_leaves_a_child_who_has_a_visit_of_its_own(take):
    """Its own claim made no record, for it had that of the certificate."""
    row, review = _decided(take)
    (child,) = children()
    own, counts = take(childs(), on=MAY)
    assert counts["same"] == 1
    reviewing.take_back(review)
    assert Birth.objects.count() == 0
    assert (babies(), visits_of(child.pk)) == (1, 1)
    assert Holding.objects.filter(person=child, until=None).exists()
    assert not Residence.objects.filter(person=child).exists()
    reviewing.decide(row, "same", actor=somebody())
    assert (Birth.objects.get().child, babies()) == (child.pk, 1)
    undoing.undo(own, actor=somebody())
    assert (Birth.objects.count(), babies()) == (1, 1)


def test_a_question_about_such_a_child_can_still_be_answered(take):
    _row, review = _decided(take)
    own, counts = take(childs(SO_CCCD="", MAXA_CU_TRU="03403"), on=MAY)
    assert counts["ask"] == 1
    reviewing.take_back(review)
    reviewing.decide(own.rows.get(sheet="HOSO").pk, "same", actor=somebody())
    assert (babies(), Birth.objects.count()) == (1, 0)


def test_a_verdict_taken_back_leaves_a_child_of_whom_a_hand_has_written(take):
    _row, review = _decided(take)
    (child,) = children()
    by = access_of(on_duty("tram"), AT.date())
    lives.record_death(child.pk, Died(on=PartialDate(date(2024, 4, 10))), at=AT, by=by)
    reviewing.take_back(review)
    assert Birth.objects.count() == 0
    assert Person.objects.filter(pk=child.pk).exists()
    assert lives.death_of(child.pk)


# undo


def test_a_file_taken_back_takes_back_whom_it_opened(take):
    without = everything()
    batch, _counts = take(mothers())
    undoing.undo(batch, actor=somebody())
    assert everything() == without
    assert Birth.objects.count() == 0
    assert not Basis.objects.at(datetime.now(AT.tzinfo)).filter(kind=Kind.GUARDIAN).exists()


def test_it_takes_back_the_link_of_whom_it_found_and_leaves_them(take):
    take(childs())
    without = everything()
    batch, _counts = take(mothers(), on=MAY)
    undoing.undo(batch, actor=somebody())
    assert everything() == without
    (child,) = Person.objects.filter(birth_on=DAY)
    assert (child.called, visits_of(child.pk)) == ("", 1)
    assert Birth.objects.count() == 0


def test_a_child_who_has_a_visit_of_its_own_by_then_keeps_it(take):
    batch, _counts = take(mothers())
    take(childs(), on=MAY)
    undoing.undo(batch, actor=somebody())
    (child,) = Person.objects.filter(birth_on=DAY)
    assert visits_of(child.pk) == 1
    assert Birth.objects.count() == 0


def test_a_later_certificate_stands_when_the_first_is_taken_back(take):
    batch, _counts = take(mothers())
    take(mothers(), visit("LK9", "Lò Văn Hải", "196003020000"), on=MAY)
    undoing.undo(batch, actor=somebody())
    assert (Birth.objects.count(), babies()) == (1, 1)
    assert str(children()[0]) == "Con bà Giàng Thị Mỷ"


def test_the_list_of_the_mother_taken_back_leaves_child_and_mother(roster, take):
    take(mothers())
    undoing.undo(roster, actor=somebody())
    (child,) = children()
    assert Birth.objects.get().mother == mother().pk
    assert not Residence.objects.filter(person=child).exists()
    assert babies() == 1


def test_a_hand_that_writes_the_birth_down_keeps_the_child_when_the_file_goes(bear, take):
    batch, _counts = take(mothers())
    (child,) = children()
    with within(bear.nurse):
        assert [one.pk for one in lives.likely_children(mother().pk, DAY)] == [child.pk]
    assert bear(known=child.pk) == [child.pk]
    assert Birth.objects.get().source is None
    undoing.undo(batch, actor=somebody())
    (kept,) = children()
    assert (kept.pk, str(kept)) == (child.pk, "Con bà Giàng Thị Mỷ")
    assert Residence.objects.get(person=kept, until=None).household.number == "2"
    assert Holding.objects.get(person=kept, until=None).system == "station"
    standing = Basis.objects.at(datetime.now(AT.tzinfo)).filter(kind=Kind.GUARDIAN)
    assert [basis.holder for basis in standing] == [mother().pk]


def test_births_of_files_are_none_of_those_that_a_user_may_write_down(take, monkeypatch):
    monkeypatch.setattr(waiting, "WRITTEN_A_DAY", 1)
    batch, _counts = take(mothers())
    with transaction.atomic():
        waiting.refuse_too_many(access_of(batch.actor, APRIL), at=Birth.objects.get().at, more=1)


def test_the_decision_of_a_certificate_names_the_child(take):
    batch, _counts = take(mothers())
    decided = LinkDecision.objects.get(row__batch=batch, row__sheet="XML9")
    assert (decided.person, decided.decision) == (children()[0].pk, "same")


# costs


@pytest.fixture
def asked(monkeypatch):
    """How many questions each file asked for the sake of births."""
    numbers = []

    def counted(batch, linked):
        with CaptureQueriesContext(connection) as queries:
            bearing.bear(batch, linked)
        numbers.append(len(queries))

    monkeypatch.setattr(claims, "bear", counted)
    return numbers


def test_many_births_ask_no_more_of_the_database_than_two(take, asked):
    for many in (2, 12):
        take(*(mothers(certificate(HO_TEN_NND=name, SO=name), code=name, name=name, SO_CCCD="",
                       birth=f"1990{many:02}010000")
               for name in (f"Vàng Thị {chr(65 + n)}{many}" for n in range(many))))  # fmt: skip
    assert Birth.objects.count() == 14
    assert asked[1] - asked[0] < 10  # fewer than the children that there were more


def test_a_file_that_certifies_nothing_asks_once(take, asked):
    take(visit("LK9", "Lò Văn Hải", "196003020000"))
    assert asked == [1]
