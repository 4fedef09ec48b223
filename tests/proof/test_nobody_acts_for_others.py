"""What is somebody else's is neither shown nor changed by any address, to or by anybody."""

import random

import pytest

from hssk.coverage.services import settle
from tests.proof import acting, doors, gateway
from tests.proof.measures import LONG, PARTS, SEED, told

pytestmark = pytest.mark.usefixtures("menu_counts_once")
ROUNDS, SHARE = (3, 1) if LONG else (1, 0.2)


@pytest.fixture
def touched(world, owner):
    settle()
    return acting.Touched(owner)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_act_with_keys_of_others_changes_or_tells_anything(world, owner, touched, part):
    dice, wrong, before = random.Random(SEED + part), [], acting.digests(owner)
    for _round in range(ROUNDS):
        for reader in world.readers[part::PARTS]:
            wrong += acting.acts(world, reader, dice, touched, share=SHARE)
    told(f"acts with keys of others, part {part + 1} of {PARTS}: {touched.asked:,},"
         f" wrong: {len(wrong)}, seed {SEED}")  # fmt: skip
    for line in wrong:
        told(line)
    assert wrong == []
    assert acting.digests(owner) == before


def test_no_address_takes_a_post_without_the_token_of_its_page(world):
    assert list(doors.without_a_token(world.readers[0])) == []


def test_software_of_facilities_reads_its_own_receipts_and_sends_for_nobody_else(world):
    assert list(gateway.by_others(world)) == []


def test_strangers_see_nobody(world):
    assert list(doors.as_a_stranger(world)) == []


def test_sessions_end_and_stay_their_own(world):
    assert list(doors.doors(world)) == []


def test_no_act_of_one_post_reaches_where_another_stands(world, touched):
    """Also with keys of one's own places: what an act changes lies where its right is held."""
    dice, two = random.Random(SEED), [r for r in world.readers if len(r.posts) > 1]
    wrong = [line for reader in two
             for line in acting.beyond_their_posts(world, reader, dice, touched)]  # fmt: skip
    told(f"acts of two posts that changed anything: {touched.asked:,}, wrong: {len(wrong)}")
    assert wrong == []
    assert touched.asked > 20
