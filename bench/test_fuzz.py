"""A few hundred of the damaged files that `python -m bench fuzz` makes by the hundred thousand."""

from random import Random

import pytest

from bench import fuzz
from hssk.exchange.invented.claims.mutations import DAMAGES, damaged

FILES, SEED = 300, 20260102


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return fuzz.files(tmp_path_factory.mktemp("claims"))


def test_sound_files_are_read(sound):
    assert len(sound) > 30
    assert {fuzz.outcome(data) for data in sound} == {"claims"}


def test_damaged_files_end_with_claims_or_a_refusal_and_with_nothing_else(sound):
    ends = {fuzz.outcome(damaged(sound, Random(f"{SEED}:{n}"))[1]) for n in range(FILES)}
    assert {"claims", "a claim refused", "refused: damaged", "refused: dtd"} <= ends


@pytest.mark.parametrize("name", DAMAGES)
def test_every_kind_of_damage_changes_a_file_and_the_child_says_what_we_say(sound, name):
    file = max((data for data in sound if b"<NOIDUNGFILE>PD94" in data), key=len)
    dice = Random(f"{SEED}:{name}")
    data = next(d for _ in range(50) if (d := DAMAGES[name](file, dice)) != file)
    assert fuzz.of_child(data) == fuzz.outcome(data)


def test_a_reader_that_fails_is_found_out(sound, monkeypatch):
    monkeypatch.setattr(fuzz, "packed", lambda _claim: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fuzz.outcome(sound[0])
