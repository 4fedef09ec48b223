"""A typed visit is read back as it was typed, keeps the keys of what stays, and of two who correct
it at once neither loses anything unasked."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hssk.records.rules.retyped import merged, numbers_for, typed_of
from hssk.records.rules.typed import FIGURES, Numbers, TypedVisit, entries_of

KEY = UUID("11111111-1111-4111-8111-111111111111")
ON = date(2024, 3, 5)
words = st.text(alphabet='aăb <&>"\n', min_size=1, max_size=12).map(str.strip).filter(bool)
names = st.lists(words.map(lambda text: text.replace("\n", " ")), max_size=4, unique=True)
visits = st.builds(
    TypedVisit, on=st.just(ON), reason=st.just("") | words, advice=st.just("") | words,
    diseases=names.map(lambda some: tuple(("", name) for name in some)), medicines=names.map(tuple),
    figures=st.dictionaries(st.sampled_from([one.key for one in FIGURES]), st.sampled_from([36.8, 75.0])).flatmap(
        lambda some: st.sampled_from([some, {**some, "systolic": 165.0, "diastolic": 95.0}])),
    found=st.dictionaries(st.sampled_from(["examinations.heart", "results.blood"]), st.just("T1, T2 đều")),
)  # fmt: skip


patiently = settings(suppress_health_check=[HealthCheck.too_slow])


def as_entries(visit, numbers=None):
    return [
        SimpleNamespace(
            entry=said.entry, kind=said.resource["resourceType"], code=said.code,
            display=said.display[:5], resource=said.resource, on=visit.on,
        )
        for said in entries_of(visit, KEY, numbers)
    ]  # fmt: skip


@patiently
@given(visits)
def test_what_was_typed_is_read_back(visit):
    assert typed_of(as_entries(visit)[::-1], KEY) == visit


@patiently
@given(visits, visits)
def test_what_stays_keeps_its_key_and_nothing_new_takes_the_key_of_something_gone(before, after):
    standing = as_entries(before)
    gone = uuid4()
    numbers = numbers_for(after, standing, KEY, {one.entry for one in standing} | {gone})
    corrected = as_entries(after, numbers)
    assert len({one.entry for one in corrected}) == len(corrected)
    found = typed_of(corrected, KEY)
    assert sorted(found.medicines) == sorted(after.medicines)  # which follow their numbers
    assert replace(found, medicines=after.medicines) == after
    was, now = ({one.resource["medicationCodeableConcept"]["text"]: one.entry for one in entries
                 if one.kind == "MedicationStatement"} for entries in (standing, corrected))  # fmt: skip
    assert all(was[name] == now[name] for name in was.keys() & now.keys())


def test_a_new_medicine_never_takes_the_key_of_one_that_was_withdrawn():
    first = TypedVisit(on=ON, medicines=("Amlodipin", "Paracetamol"))
    ever = {one.entry for one in as_entries(first)}
    left = as_entries(replace(first, medicines=("Paracetamol",)), Numbers((), (1,)))
    again = replace(first, medicines=("Paracetamol", "Vitamin C"))
    assert list(numbers_for(again, left, KEY, ever).medicines) == [1, 2]


@patiently
@given(visits, visits)
def test_whoever_corrects_alone_gets_what_they_typed(shown, mine):
    assert merged(shown, mine, shown) == type(merged(shown, mine, shown))(mine, ())
    assert merged(shown, shown, mine).visit == mine


def test_two_who_change_different_fields_lose_nothing_and_one_field_is_asked_about():
    shown = TypedVisit(on=ON, reason="đau", medicines=("A",), figures={"pulse": 75})
    mine = replace(shown, reason="đau đầu", medicines=("A", "B"))
    theirs = replace(shown, medicines=("C",), figures={"pulse": 90})
    found = merged(shown, mine, theirs)
    assert found.clashes == ("medicines",)
    assert (found.visit.reason, found.visit.figures) == ("đau đầu", {"pulse": 90})
    assert found.visit.medicines == ("A", "B")
