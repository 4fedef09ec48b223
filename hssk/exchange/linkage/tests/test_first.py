"""The smallest village."""

from hssk.exchange.linkage import NEW, SAME, Entries, link


def test_nothing_known_makes_everybody_new():
    rows = Entries.from_rows([{"name": "Giàng A Páo", "birth": 20010203}])
    links = link(Entries.empty(), rows)
    assert links.decision.tolist() == [NEW]
    assert links.person.tolist() == [0]


def test_the_same_name_and_day_is_the_same_person():
    known = Entries.from_rows([{"name": "Giàng A Páo", "birth": 20010203, "person": 0}])
    links = link(known, Entries.from_rows([{"name": "GIANG A PAO", "birth": 20010203}]))
    assert links.decision.tolist() == [SAME]
    assert links.person.tolist() == [0]
