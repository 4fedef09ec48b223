"""A card says a name and a code that says nothing; everybody of a hamlet stands in one way."""

from dataclasses import fields
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.outreach.rules.cards import Face, Standing, faces, tally
from hssk.outreach.rules.tokens import code_of_token, token_said

TOKEN = UUID("6f1c8a3e-94d2-4b7e-8a11-0c5d2e9f7b31")
STANDINGS = st.lists(
    st.builds(Standing, person=st.uuids(), recorded=st.booleans(), card=st.none())
    | st.builds(Standing, person=st.uuids(), recorded=st.booleans(),
                card=st.integers(1, 99), handed=st.booleans())
)  # fmt: skip


def test_a_card_has_a_name_and_a_year_and_room_for_nothing_else():
    assert [field.name for field in fields(Face)] == ["name", "year"]


def test_the_year_stands_on_the_cards_of_namesakes_alone():
    one, other, third = uuid4(), uuid4(), uuid4()
    made = faces({one: ("Lò Thị Mơ", 1950), other: ("lo thi mo", 1981), third: ("Tẩn A Phủ", 1990)})
    assert {key: face.year for key, face in made.items()} == {one: "1950", other: "1981", third: ""}
    assert faces({one: ("Lò  Thị\nMơ", 1950)}) == {one: Face("Lò Thị Mơ", "")}
    assert faces({one: ("Lò Thị Mơ", None), other: ("Lò Thị Mơ", None)})[one].year == ""


@given(STANDINGS)
def test_whoever_has_a_card_lacks_none_and_it_waits_or_is_theirs(standings):
    numbers = tally(standings)
    assert numbers.waiting + numbers.handed == sum(one.card is not None for one in standings)
    assert numbers.lacking == sum(one.recorded and one.card is None for one in standings)
    assert not any(one.lacks and one.waits for one in standings)


@given(st.uuids())
def test_a_code_comes_back_as_the_token_that_it_was(token):
    assert token_said(code_of_token(token)) == token


@pytest.mark.parametrize(
    "typed",
    ["hssk-6f1c8a3e94d24b7e8a110c5d2e9f7b31", " HSSK 6F1C8A3E 94D24B7E 8A110C5D 2E9F7B31 ",
     "HSSK_6F1C8A3E94D24B7E8A110C5D2E9F7B31\n", "6F1C8A3E-94D2-4B7E-8A11-0C5D2E9F7B31"],
)  # fmt: skip
def test_a_code_is_read_as_scanners_and_hands_give_it(typed):
    assert token_said(typed) == TOKEN


@pytest.mark.parametrize(
    "other",
    ["", "Lò Thị Mơ 1950", "012184000101||Lò Thị A|15081950|Nữ|Bản Tưởng Tượng|10052021",
     "GD4120123456789|4cc3b2205468e1bb8b204d69e1bb8720416e68|01/01/1980|2|",
     "HSSK-6F1C8A3E94D24B7E8A110C5D2E9F7B3", "X" * 5_000],
)  # fmt: skip
def test_no_other_card_and_no_name_is_taken_for_one_of_ours(other):
    assert token_said(other) is None
