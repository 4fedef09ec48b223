"""What the cells of a session's book say."""

import random

from hssk.outreach.rules.daybooks import SIGNS, WORDS, code_of, is_name_of, line_of, outcome_said


def test_every_row_code_is_read_back_and_one_wrong_sign_is_seen():
    dice = random.Random(7)
    for _each in range(300):
        serial = "".join(dice.choice(SIGNS) for _sign in range(5))
        number = dice.randrange(1, 1000)
        code = code_of(serial, number)
        assert line_of(code) == (serial, number)
        assert line_of(code.lower().replace("-", " ")) == (serial, number)
        at = dice.randrange(len(code))
        other = dice.choice(SIGNS)
        if code[at] not in ("-", other):
            assert line_of(code[:at] + other + code[at + 1 :]) != (serial, number)


def test_each_outcome_is_understood_as_the_book_writes_it_and_as_people_do():
    assert {outcome_said(word.upper()) for word in WORDS.values()} == set(WORDS)
    assert outcome_said("vắng mặt") == "absent"
    assert outcome_said("chết") == "died"
    assert outcome_said("bận") == ""


def test_a_name_beside_a_code_counts_without_its_marks():
    assert is_name_of("LO THI MO", "Lò Thị Mơ")
    assert is_name_of("", "Lò Thị Mơ")
    assert not is_name_of("Lò Thị Hoa", "Lò Thị Mơ")
