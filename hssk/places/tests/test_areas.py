"""What lies in an area, on the days before and after the reform."""

from datetime import date

import pytest

from hssk.places.models import Hamlet, Unit
from hssk.places.services import hamlets_held, held, holds, lies_in, unit_on, units_held

OLD, NEW = date(2024, 3, 13), date(2026, 3, 13)
pytestmark = pytest.mark.django_db


def merged():
    """A commune of before, and the one that it went into wholly."""
    old = next(
        unit for unit in Unit.objects.on(OLD).filter(path__startswith="12/12-105/").order_by("code")
        if unit.became.filter(whole=True).exists()
    )  # fmt: skip
    return old, old.became.select_related("new").get().new


def test_an_area_holds_itself_and_what_lies_below_it():
    province, city, commune = (unit_on(code, OLD) for code in ("12", "12-105", "03403"))
    assert holds(city, city)
    assert holds(city, commune)
    assert holds(province, commune)
    assert not holds(commune, city)
    assert not holds(city, unit_on("01", OLD))


def test_units_of_one_path_and_other_days_are_strangers():
    gone = Unit(path="99", valid_from=None, valid_until=date(2025, 7, 1))
    come = Unit(path="99/99001", valid_from=date(2025, 7, 1), valid_until=None)
    assert not holds(gone, come)


def test_a_merged_unit_holds_what_was_merged_into_it_and_never_the_other_way_round():
    old, heir = merged()
    assert held(heir, [old], NEW) == {old.pk}
    assert held(old, [heir], NEW) == set()
    assert {old.pk, heir.pk} <= units_held(heir)
    assert units_held(old) == {old.pk}


def test_what_is_held_one_by_one_is_what_is_held_at_once():
    old, heir = merged()
    for area in (heir, old, unit_on("12-105", OLD), unit_on("12", OLD)):
        some = list(Unit.objects.filter(path__startswith="12"))
        assert held(area, some, NEW) == units_held(area) & {unit.pk for unit in some}


def test_where_one_unit_lies_is_told_as_of_many_and_worked_out_once(django_assert_max_num_queries):
    old, heir = merged()
    some = list(Unit.objects.filter(path__startswith="12"))
    for area in (heir, old, unit_on("12", OLD)):
        assert {one.pk for one in some if lies_in(area, one, NEW)} == held(area, some, NEW)
    with django_assert_max_num_queries(1):  # whether the places still stand as they stood
        assert lies_in(heir, old, NEW)


def test_the_hamlets_of_what_was_merged_are_held_with_it():
    old, heir = merged()
    home = Hamlet.objects.create(unit=old, name="A", key="a")
    far = Hamlet.objects.create(unit=unit_on("01", OLD), name="A", key="a")
    assert hamlets_held(heir, NEW) == hamlets_held(old, NEW) == {home.pk}
    assert far.pk not in hamlets_held(unit_on("12", OLD), NEW)


def test_a_hamlet_of_a_divided_unit_is_held_where_somebody_put_it():
    divided = next(
        unit for unit in Unit.objects.on(OLD).filter(level=Unit.COMMUNE)
        if unit.became.filter(whole=False).count() > 1
    )  # fmt: skip
    heirs = [pair.new for pair in divided.became.select_related("new")]
    home = Hamlet.objects.create(unit=divided, name="A", key="a")
    assert hamlets_held(heirs[0], NEW) == set()
    home.heir = heirs[0]
    home.save()
    assert hamlets_held(heirs[0], NEW) == {home.pk}
    assert hamlets_held(heirs[1], NEW) == set()
