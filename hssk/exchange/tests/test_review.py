"""What only a person can decide: asked, decided, taken back; two at once; while a file is linked."""

import psycopg
import pytest
from django.db import connection

from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, LinkDecision, Review
from hssk.exchange.services import comparing, reviewing
from hssk.exchange.services.area import Within
from hssk.exchange.services.importing import LINKING
from hssk.exchange.services.outcome import Reader, how_many, with_the_centre
from hssk.exchange.services.waiting import asked as queue
from hssk.exchange.services.waiting import queue as asking_in
from hssk.exchange.services.waiting import waiting_for_review
from hssk.exchange.tests.pairs import pairs, reviewer
from hssk.exchange.tests.pipeline import APRIL, person, take_in, write_roster
from hssk.people.models import Holding, Person, Residence


@pytest.fixture
def nurse(db):
    return reviewer()


@pytest.fixture
def asked(nurse):
    return pairs(["Lò Thị Mơ", "Vàng Thị Không"], nurse)


def waiting():
    return queue()


def test_the_queue_shows_what_is_likelier_first(asked):
    assert waiting() == [asked[0].row_id, asked[1].row_id]
    assert waiting_for_review() == 2


def test_the_same_person_has_the_record_from_then_on(asked, nurse):
    reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)
    assert Holding.objects.get(row=asked[0].row_id).decided
    assert waiting() == [asked[1].row_id]


def test_a_different_person_comes_into_being_with_the_record(asked, nurse):
    reviewing.decide(asked[0].row_id, Review.DIFFERENT, actor=nurse)
    holding = Holding.objects.get(row=asked[0].row_id)
    assert holding.person_id != asked[0].person
    assert holding.person.name == "LÒ THỊ MƠ"


def test_what_is_put_off_comes_last(asked, nurse):
    reviewing.decide(asked[0].row_id, Review.LATER, actor=nurse)
    assert waiting() == [asked[1].row_id, asked[0].row_id]


@pytest.mark.parametrize("verdict", [Review.SAME, Review.DIFFERENT, Review.LATER])
def test_a_verdict_taken_back_leaves_everything_as_it_was(asked, nurse, verdict):
    people = set(Person.objects.values_list("id", flat=True))
    review = reviewing.decide(asked[0].row_id, verdict, actor=nurse)
    opened = reviewing.take_back(review)
    assert opened
    assert opened.row_id == asked[0].row_id
    holding = Holding.objects.get(row=asked[0].row_id)
    assert (holding.person_id, holding.decided) == (asked[0].person, False)
    assert waiting() == [asked[0].row_id, asked[1].row_id]
    assert set(Person.objects.values_list("id", flat=True)) == people


def test_the_centre_figure_follows_every_verdict(asked, nurse):
    [file] = Batch.objects.filter(kind=Batch.RECORDS)
    nowhere = Within.of(frozenset(), [])

    def centre():
        reader = Reader(nowhere, rows=True, own=lambda: asking_in(nowhere).own)
        told = how_many(Batch.objects.get(pk=file.pk), reader)
        assert told == with_the_centre(file, nowhere).count()
        return told

    assert centre() == 2
    for verdict, left in ((Review.SAME, 1), (Review.DIFFERENT, 2), (Review.LATER, 2)):
        review = reviewing.decide(asked[0].row_id, verdict, actor=nurse)
        assert centre() == left
        reviewing.take_back(review)
        assert centre() == 2


def test_who_comes_second_is_told_calmly(asked, nurse):
    reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)
    with pytest.raises(Refused, match="đã có người quyết định"):
        reviewing.decide(asked[0].row_id, Review.DIFFERENT, actor=nurse)


def test_a_row_whose_file_was_undone_is_told_calmly(asked, nurse):
    LinkDecision.objects.filter(row_id=asked[0].row_id).delete()
    with pytest.raises(Refused):
        reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)


def test_a_row_that_a_later_file_says_anew_asks_no_longer(asked):
    Holding.objects.filter(row=asked[0].row_id).update(until="2024-06-01")
    assert waiting() == [asked[1].row_id]


def test_no_verdict_is_taken_while_a_file_is_being_linked(asked, nurse):
    settings = connection.settings_dict
    other = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"],
        user=settings["USER"], password=settings["PASSWORD"],
    )  # fmt: skip
    try:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LINKING])
        with pytest.raises(Refused, match="Đang có một tệp"):
            reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)
        other.rollback()  # unlike closing, it waits until the lock is let go
    finally:
        other.close()
    reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)


def test_only_ones_own_latest_verdicts_are_offered_to_be_taken_back(asked, nurse):
    reviewing.decide(asked[0].row_id, Review.SAME, actor=nurse)
    reviewing.decide(asked[1].row_id, Review.LATER, actor=reviewer("nguoi.khac"))
    assert [name for _, name in reviewing.last_verdicts(nurse)] == ["LÒ THỊ MƠ"]


def test_a_case_shows_both_rows_the_household_and_why(asked):
    case = comparing.case_of(asked[0].row_id)
    verdicts = {line["label"]: line["verdict"] for line in case["lines"]}
    assert verdicts["Ngày sinh"] == "different"
    assert verdicts["Giới"] == "same"
    assert case["left_home"] is None
    assert [(m["name"], m["state"]) for m in case["right_home"]["members"]] == [
        ("Lò Thị Mơ", "ask"),
        ("Vàng Thị Không", "ask"),
    ]
    assert case["why"].endswith(".")


def test_the_queue_knows_its_neighbours(asked):
    around = comparing.queue_around(asked[1].row_id, queue())
    assert (around["place"], around["count"]) == (2, 2)
    assert (around["previous"], around["next"]) == (asked[0].row_id, None)


@pytest.mark.parametrize(
    ("key", "facts", "text"),
    [
        ("birth", {"birth": 19580000}, "1958"),
        ("birth", {"birth": 19580305}, "5/3/1958"),
        ("sex", {"sex": 2}, "Nữ"),
        ("updated", {"updated": "2024-03-05"}, "5/3/2024"),
        ("household", {"household": "#12"}, "hộ ghi từ dòng 12"),
        ("app", {"app": False}, "chưa"),
        ("phone", {}, ""),
    ],
)
def test_facts_are_shown_as_people_write_them(key, facts, text):
    assert comparing.text_of(key, facts) == text


@pytest.fixture
def moved(nurse, tmp_path):
    """Somebody known, and a later roster with somebody alike in another hamlet: it asks."""
    at_home = person("Giàng Bịa", "5/3/1980", household="1", relation="Chủ hộ")
    alike = person("Giàng A Bịa", "5/3/1981", hamlet="Tổ dân phố số 7", household="9")
    take_in(write_roster(tmp_path / "a.xlsx", [at_home]), Batch.ROSTER)
    take_in(write_roster(tmp_path / "b.xlsx", [alike]), Batch.ROSTER, APRIL, partial=True)
    [row] = queue()
    return LinkDecision.objects.get(row=row)


def homes():
    found = Residence.objects.filter(until=None).order_by("person__name")
    return [(home.person.name, home.hamlet.name) for home in found]


def test_whoever_is_not_meant_lives_on_where_they_lived(moved, nurse):
    reviewing.decide(moved.row_id, Review.DIFFERENT, actor=nurse)
    assert homes() == [
        ("Giàng A Bịa", "Tổ dân phố số 7"),
        ("Giàng Bịa", "Tổ dân phố số 1"),
    ]


def test_a_verdict_taken_back_moves_them_again(moved, nurse):
    before = homes()
    review = reviewing.decide(moved.row_id, Review.DIFFERENT, actor=nurse)
    reviewing.take_back(review)
    assert homes() == before
