"""Claims that go wrong in ways that life has: odd blanks, merges, verdicts, two sendings, slips."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.exchange.models import LinkDecision, Review
from hssk.exchange.services import reviewing, undoing
from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, MAY, person, somebody, take_in, write_roster
from hssk.people.models import Basis, Person
from hssk.people.services import merge
from hssk.places.models import Facility
from hssk.places.services import unit_on
from hssk.records.models import Entry
from hssk.records.services import about
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}
MY = {"name": "Giàng Thị Mỷ", "birth": "197005060000", "SO_CCCD": "012170000002",
      "GIOI_TINH": "2"}  # fmt: skip
DRUG = medicine("Dolutegravir 50mg", STT="9")


@pytest.fixture(autouse=True)
def roster(tmp_path):
    lines = [
        person("Lò Văn Sơn", "05/03/1958", pid="012058000001"),
        person("Giàng Thị Mỷ", "06/05/1970", 2, pid="012170000002", household="2",
               unit="Phường Tân Phong"),
    ]  # fmt: skip
    return take_in(write_roster(tmp_path / "roster.xlsx", lines), "roster")[0]


@pytest.fixture
def send(tmp_path):
    def send(*visits, on=APRIL, facility="12001", by=None, unit="12-105"):
        name = f"{Entry.objects.count()}-{on}-{len(visits)}.xml"
        path = write_claims(tmp_path / name, list(visits), facility)
        return take_in(path, "claims", on=on, by=by, unit=unit)[0]

    return send


def who(name):
    """The person of that name whom the roster, or the first file, brought."""
    return Person.objects.filter(name=name).order_by("id").first()


def of(name):
    current = about(who(name).pk).current().filter(section="medicines")
    return sorted(current.values_list("display", flat=True))


def pills(*names):
    return {"XML2": [medicine(name, STT=str(at)) for at, name in enumerate(names, 1)]}


# labels


@pytest.mark.parametrize(
    "said",
    [
        {"LY_DO_VV": "Đau\u00a0đầu", "rows": {"XML2": [DRUG]}},
        {"MA_BENH_KT": "E11,B20"},
        {"MA_BENH_KT": "E11; B20.1"},
        {"rows": {"XML4": [{"STT": "1", "TEN_CHI_SO": "Test nhanh", "KET_LUAN": "HIV(+)"}]}},
        {"CHAN_DOAN_RV": "AIDS"},
        {"rows": {"XML2": [medicine("Dolutegravir\u00a050mg")]}},
    ],
)
def test_nothing_hides_a_label(send, said):
    send(visit("LK1", **SON, **said))
    assert set(about(who("Lò Văn Sơn").pk).values_list("tier", flat=True)) == {3}


def test_the_first_of_two_words_on_a_visit_labels_it_too(send):
    send(visit("LK1", **SON, rows={"XML2": [DRUG]}), visit("LK1", **SON, rows=pills("A")))
    assert of("Lò Văn Sơn") == ["A"]
    assert set(about(who("Lò Văn Sơn").pk).values_list("tier", flat=True)) == {3}


def test_a_visit_is_closed_over_whoever_holds_it(send):
    send(visit("LK1", "Người Lạ", "199001010000", rows=pills("A", "B")))
    merge(keep=who("Lò Văn Sơn"), drop=who("Người Lạ"), actor=somebody())
    send(visit("LK1", **SON, rows={"XML2": [medicine("A"), DRUG]}), on=MAY)
    assert of("Lò Văn Sơn") == ["A", "Dolutegravir 50mg"]
    assert set(about(who("Lò Văn Sơn").pk).current().values_list("tier", flat=True)) == {3}


# nothing lost, nothing filed to the wrong person


def test_a_line_with_odd_blanks_is_filed(send):
    send(visit("LK1", **SON, rows=pills("Amlodipin\u00a05mg", "B")))
    assert of("Lò Văn Sơn") == ["Amlodipin 5mg", "B"]


def test_a_resend_that_names_somebody_else_takes_all_of_the_visit_along(send):
    send(visit("LK1", **SON, rows=pills("A", "B")))
    send(visit("LK1", **MY, rows=pills("A")), on=MAY)
    assert (of("Lò Văn Sơn"), of("Giàng Thị Mỷ")) == ([], ["A"])


def test_a_file_of_one_commune_takes_nothing_out_of_a_record_of_another(send):
    send(visit("LK1", **MY, rows=pills("A")))
    clerk = on_duty("van.thu", role=Role.CLERK, unit=unit_on("03386", MAY))
    send(visit("LK1", **SON, rows=pills("B")), on=MAY, by=clerk, unit="03386")
    assert of("Giàng Thị Mỷ") == ["A"]


def test_a_verdict_settles_every_claim_of_that_person_and_can_be_taken_back(send):
    doubtful = {"name": "Lò Văn Sơn", "birth": "195811220000"}
    batch = send(
        visit("LK1", **doubtful, rows=pills("A")), visit("LK2", **doubtful, rows=pills("B"))
    )
    decisions = LinkDecision.objects.filter(row__batch=batch).order_by("row")
    asked = [one.row_id for one in decisions if one.decision == LinkDecision.ASK]
    assert len(asked) == 2
    assert of("Lò Văn Sơn") == []
    review = reviewing.decide(decisions[0].row_id, Review.SAME, actor=somebody())
    assert of("Lò Văn Sơn") == ["A", "B"]
    reviewing.take_back(review or Review.objects.latest("id"))
    assert of("Lò Văn Sơn") == []


# a file is never the end of a page or of another file


def test_a_verdict_taken_back_leaves_whom_a_later_claim_means(send):
    doubtful = {"name": "Lò Văn Sơn", "birth": "195811220000"}
    first = send(visit("LK1", **doubtful, rows=pills("A")))
    row = LinkDecision.objects.get(row__batch=first).row_id
    reviewing.decide(row, Review.DIFFERENT, actor=somebody())
    own = LinkDecision.objects.get(row=row).person
    later = send(visit("LK2", **doubtful, rows=pills("B")), on=MAY)
    assert LinkDecision.objects.get(row__batch=later).person == own
    reviewing.take_back(Review.objects.latest("id"))
    assert about(own).current().filter(display="B").exists()
    assert Person.objects.filter(pk=own).exists()


def test_what_a_file_wrote_into_a_message_is_no_pattern(send, tmp_path):
    path = write_claims(tmp_path / "odd.xml", [visit("LK1", **SON), visit("LK2", **SON)])
    text = path.read_text("utf-8")
    path.write_text(text.replace("<LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>",
                                 "<LOAIHOSO>{x}</LOAIHOSO><NOIDUNGFILE>!", 1), "utf-8")  # fmt: skip
    batch, counts = take_in(path, "claims", on=APRIL)
    assert counts["rejected"] == 1
    client = Client()
    client.force_login(on_duty("can.bo"))
    for address in (f"/exchange/batches/{batch.pk}/", f"/exchange/batches/{batch.pk}/rows/"):
        assert client.get(address).status_code == 200


def test_a_name_without_end_is_a_fault_of_its_row(send):
    batch = send(visit("LK1", "Lò " * 200, "199001010000"), visit("LK2", **SON))
    assert (batch.counts["accepted"], batch.counts["rejected"]) == (1, 1)


# care


@pytest.fixture
def station():
    return Facility.objects.create(code="12S01", name="Trạm y tế", unit=unit_on("03386", APRIL))


def test_a_day_to_come_opens_nothing_and_an_undone_file_ends_what_it_opened(send, station):
    today = timezone.localdate()
    send(visit("LK1", **SON, on="99991231"), facility="12S01")
    send(visit("LK2", **SON, on=f"{today + timedelta(5):%Y%m%d}"), facility="12S01", on=MAY)
    assert Basis.objects.count() == 0
    batch = send(visit("LK3", **SON, on=f"{today:%Y%m%d}"), facility="12S01",
                 on=MAY + timedelta(1))  # fmt: skip
    undoing.undo(batch, actor=somebody())
    assert not Basis.objects.filter(until__gt=timezone.now()).exists()


def test_a_card_that_names_another_place_ends_the_registration(send, station):
    card = {"MA_THE_BHYT": "HN4121234567890"}
    send(visit("LK1", **SON, **card, MA_DKBD="12S01"))
    assert Basis.objects.get(why="first-contact").until is None
    send(visit("LK2", **SON, **card, MA_DKBD="12001"), on=MAY)
    assert Basis.objects.get(why="first-contact").until is not None


def test_a_stay_opens_for_thirty_days_after_its_end(send, station):
    today = timezone.localdate()
    came, left = today - timedelta(60), today - timedelta(3)
    stay = visit("LK1", **SON, on=f"{came:%Y%m%d}", NGAY_RA=f"{left:%Y%m%d}0900", MA_LOAI_KCB="06")
    send(stay, facility="12S01")
    assert Basis.objects.get(why="visit").until > timezone.now() + timedelta(26)
