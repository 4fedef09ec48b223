"""Units on a day, maps of any day, hamlets and households by the file."""

from datetime import date

import pytest
from django.utils import translation

from hssk.places.errors import NotAnHeir, UnknownUnit
from hssk.places.models import Hamlet, Household, Unit
from hssk.places.services import (
    Ambiguous,
    FormerCommunes,
    assign_hamlet,
    communes_of,
    hamlets_for,
    hamlets_of_file,
    hamlets_on,
    households_for,
    in_order,
    lineage,
    name_hamlets,
    on_map,
    successors,
    unit_named,
    unit_on,
    units_named,
)

pytestmark = pytest.mark.django_db

MARCH = date(2024, 3, 13)
LAST_DAY, REFORM = date(2025, 6, 30), date(2025, 7, 1)
NOW = date(2026, 11, 1)
SEVEN = {"03386", "03387", "03388", "03389", "03403", "03408", "03409"}


def codes(units):
    return [unit.code for unit in units]


def old_seven():
    return list(communes_of(unit_on("12-105", MARCH), MARCH))


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("12", MARCH, "Tỉnh Lai Châu"),
        ("12-105", LAST_DAY, "Thành phố Lai Châu"),
        ("03388", LAST_DAY, "Phường Quyết Tiến"),
        ("03388", REFORM, "Phường Đoàn Kết"),
        ("03403", date(1990, 1, 1), "Xã Sùng Phài"),
        ("15", MARCH, "Tỉnh Yên Bái"),
        ("15", NOW, "Tỉnh Lào Cai"),
    ],
)
def test_a_code_means_what_it_meant_on_the_day(code, day, name):
    assert str(unit_on(code, day)) == name


@pytest.mark.parametrize(
    ("code", "day", "advice"),
    [
        ("12-105", REFORM, "03388 (Phường Đoàn Kết), 03408 (Phường Tân Phong)"),
        ("03403", NOW, "hết hiệu lực từ ngày 1/7/2025"),
        ("3403", MARCH, "03403 (Xã Sùng Phài)"),
        ("105", MARCH, "12-105 (Thành phố Lai Châu)"),
        ("99999", MARCH, "Mã tỉnh có dạng 12"),
        ("", MARCH, "Mã tỉnh có dạng 12"),
    ],
)
def test_an_unknown_code_says_what_to_ask_instead(code, day, advice):
    with pytest.raises(UnknownUnit) as refused:
        unit_on(code, day)
    assert advice in str(refused.value)


def test_a_unit_that_came_later_says_since_when():
    Unit.objects.create(
        code="99990", level="commune", kind="Xã", name="Mới", path="12/99990", valid_from=NOW
    )
    with pytest.raises(UnknownUnit, match="chỉ có từ ngày 1/11/2026"):
        unit_on("99990", MARCH)


def test_a_larger_unit_has_the_communes_of_the_day():
    assert set(codes(old_seven())) == SEVEN
    assert len(communes_of(unit_on("12", MARCH), MARCH)) == 106
    assert len(communes_of(unit_on("12", NOW), NOW)) == 38
    assert codes(communes_of(unit_on("03403", MARCH), MARCH)) == ["03403"]
    assert not communes_of(unit_on("12-105", MARCH), NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("P. Tân Phong", "03387"),
        ("PHƯỜNG TÂN PHONG", "03387"),
        ("X. San Thàng", "03409"),
        ("san thang", "03409"),
        ("Phường San Thàng", "03409"),  # a xã that somebody calls a phường
        ("03403", "03403"),
        ("TP Lai Châu", "12-105"),
    ],
)
def test_a_unit_is_found_by_name_within_another(text, code):
    assert unit_named(text, unit_on("12-105", MARCH), MARCH) == unit_on(code, MARCH)


def test_a_name_that_is_not_there_is_nobody():
    city = unit_on("12-105", MARCH)
    assert unit_named("Xã Bản Giang", city, MARCH) is None
    assert unit_named("", city, MARCH) is None
    assert unit_named("Huyện Phong Thổ", unit_on("12", NOW), NOW) is None


def test_two_units_of_one_name_are_asked_about_and_their_kind_answers():
    province = unit_on("12", MARCH)
    found = unit_named("Mường Tè", province, MARCH)
    assert isinstance(found, Ambiguous)
    assert codes(found.candidates) == ["03433", "03445"]
    assert unit_named("TT Mường Tè", province, MARCH) == unit_on("03433", MARCH)
    assert unit_named("Huyện Mường Tè", province, MARCH) == unit_on("12-107", MARCH)


@pytest.mark.parametrize(
    ("text", "inside", "code"),
    [
        ("xã San Thàng", "03408", "03408"),
        ("X. SAN THANG", "12", "03408"),
        ("03409", "12", "03408"),  # its code then
        ("Phường Quyết Tiến", "03408", None),  # went to the other ward
        ("Xã Trung Chải", "03408", None),
        ("", "03408", None),
    ],
)
def test_a_former_commune_has_an_heir_in_the_unit_that_took_all_of_it(text, inside, code):
    heir = FormerCommunes(communes_of(unit_on(inside, NOW), NOW)).heir(text)
    assert (heir and heir.code) == code


def test_a_city_became_two_wards():
    heirs = successors(unit_on("12-105", MARCH), NOW)
    assert [(heir.unit.code, heir.whole) for heir in heirs] == [("03388", False), ("03408", False)]
    assert [heir.whole for heir in successors(unit_on("03403", MARCH), NOW)] == [True]
    assert codes(heir.unit for heir in successors(unit_on("15", MARCH), NOW)) == ["15"]


def test_an_island_district_without_communes_has_a_successor():
    (heir,) = successors(unit_on("51-536", MARCH), NOW)
    assert str(heir.unit) == "Đặc khu Lý Sơn"


def test_a_unit_in_force_is_its_own_successor():
    commune = unit_on("03403", MARCH)
    assert [heir.unit for heir in successors(commune, LAST_DAY)] == [commune]


def test_a_chain_of_reforms_is_followed():
    last = unit_on("03388", NOW)
    last.valid_until = date(2030, 1, 1)
    last.save()
    next_one = Unit.objects.create(
        code="03388", level="commune", kind="Phường", name="Lai Châu", path="12/03388",
        parent=last.parent, valid_from=date(2030, 1, 1),
    )  # fmt: skip
    last.became.create(new=next_one, whole=True)
    assert [s.unit for s in successors(unit_on("03403", MARCH), date(2031, 1, 1))] == [next_one]
    assert len(successors(next_one, MARCH)) == 5
    assert lineage([next_one.pk]) >= {last.pk, unit_on("03403", MARCH).pk}


def test_lineage_does_not_wander_to_neighbours():
    assert len(lineage([unit_on("03388", NOW).pk])) == 6
    assert len(lineage([unit_on("03403", MARCH).pk])) == 2


def test_seven_communes_are_drawn_as_two_wards_that_say_what_they_lack(
    django_assert_max_num_queries,
):
    seven = [unit.pk for unit in old_seven()]
    with django_assert_max_num_queries(5):
        drawn = on_map(seven, NOW)
    assert [(area.unit.code, len(area.counts)) for area in drawn.areas] == [
        ("03388", 4),
        ("03408", 3),
    ]
    assert set(drawn.target) == set(seven)
    assert [codes(area.lacks) for area in drawn.areas] == [["03391"], ["03415", "03418"]]
    assert "thiếu dữ liệu của Xã Lản Nhì Thàng (Huyện Phong Thổ)" in drawn.areas[0].statement
    assert "gồm Phường Quyết Thắng (Thành phố Lai Châu)" in drawn.areas[0].statement


def test_on_their_own_day_units_are_drawn_as_they_are():
    seven = old_seven()
    drawn = on_map([unit.pk for unit in seven], MARCH)
    assert drawn.target == {unit.pk: unit for unit in seven}
    assert not any(area.lacks or area.asks for area in drawn.areas)


def test_a_ward_with_data_of_its_own_lacks_nothing():
    ward = unit_on("03388", NOW)
    drawn = on_map([ward.pk, *(unit.pk for unit in old_seven())], NOW)
    assert drawn.areas[0].lacks == ()


def test_new_data_on_the_old_map_asks():
    ward = unit_on("03388", NOW)
    drawn = on_map([ward.pk], MARCH)
    assert not drawn.target
    assert codes(drawn.asks[ward.pk]) == ["03386", "03388", "03389", "03391", "03403"]


def test_a_new_unit_made_of_one_old_unit_is_drawn_on_it():
    drawn = on_map([unit_on("03451", NOW).pk], MARCH)
    assert [str(unit) for unit in drawn.target.values()] == ["Xã Mù Cả"]


@pytest.fixture
def divided():
    return Unit.objects.filter(became__whole=False, level=Unit.COMMUNE).order_by("code").first()


def test_a_divided_commune_asks_and_is_given_hamlet_by_hamlet(
    divided, django_assert_max_num_queries
):
    hamlets = hamlets_for(divided, ["Thôn 1", "Thôn 2"], MARCH)
    with django_assert_max_num_queries(5):
        drawn = on_map([divided.pk], NOW)
    assert divided.pk not in drawn.target
    candidates = drawn.asks[divided.pk]
    assert len(candidates) > 1
    assert "cần chọn cho từng tổ, bản" in drawn.areas[0].statement

    assign_hamlet(hamlets["Thôn 1"], candidates[0], NOW)
    assert on_map([divided.pk], NOW).chosen == {hamlets["Thôn 1"].pk: candidates[0]}


def test_a_divided_commune_has_no_heir(divided):
    for successor in successors(divided, NOW):
        assert FormerCommunes([successor.unit]).heir(divided.code) is None


def test_a_hamlet_goes_only_to_an_heir_of_its_commune(divided):
    hamlet = hamlets_for(divided, ["Thôn 1"], MARCH)["Thôn 1"]
    with pytest.raises(NotAnHeir, match="Hãy chọn một trong"):
        assign_hamlet(hamlet, unit_on("03388", NOW), NOW)


def test_hamlets_stand_by_their_numbers():
    ward = unit_on("03388", MARCH)
    names = ["Tổ 2", "Bản Sin", f"Tổ {'9' * 99}", "Tổ 1", "Tổ 10", "Tổ"]
    hamlets_for(ward, names, MARCH)
    listed = in_order(hamlets_on(MARCH).filter(unit=ward)).values_list("name", flat=True)
    assert list(listed) == ["Bản Sin", "Tổ", "Tổ 1", "Tổ 2", "Tổ 10", f"Tổ {'9' * 99}"]


def test_spellings_of_a_hamlet_are_one_row_under_its_fullest_name():
    commune = unit_on("03387", MARCH)
    found = hamlets_for(commune, ["TDP 1", "Tổ 1", "Tổ dân phố số 1", "Tổ 2"], MARCH)
    assert len(set(found.values())) == 2
    assert found["TDP 1"].name == "Tổ dân phố số 1"


def test_hamlets_known_before_cost_one_query(django_assert_num_queries):
    commune = unit_on("03387", MARCH)
    hamlets_for(commune, ["Tổ 1", "Tổ 2", ""], MARCH)
    with django_assert_num_queries(3):  # one and a savepoint around it
        again = hamlets_for(commune, ["Tổ 1", "Tổ 2", ""], MARCH)
    assert again[""].key == ""
    assert Hamlet.objects.count() == 3


def test_a_file_of_seven_communes_costs_a_handful_of_queries(django_assert_max_num_queries):
    places = [(unit.pk, f"Tổ {n}") for unit in old_seven() for n in range(1, 25)]
    with django_assert_max_num_queries(6):
        found = hamlets_of_file(places, MARCH)
    assert len(found) == len(set(found.values())) == 7 * 24


def test_a_fuller_spelling_met_later_is_shown_and_can_be_forgotten():
    commune = unit_on("03387", MARCH)
    hamlets_for(commune, ["TDP 1"], MARCH)
    hamlet = hamlets_for(commune, ["Tổ dân phố số 1"], MARCH)["Tổ dân phố số 1"]
    assert Hamlet.objects.get().name == "Tổ dân phố số 1"
    name_hamlets({hamlet.pk: ["TDP 1", "Tổ 1"]})
    assert Hamlet.objects.get().name == fuller("TDP 1", "Tổ 1")


def fuller(*spellings):
    from hssk.places.rules import fullest_spelling

    return fullest_spelling(spellings)


def test_a_column_of_bare_numbers_means_the_hamlets_known_by_kind():
    commune = unit_on("03387", MARCH)
    named = hamlets_for(commune, ["Tổ 1", "Tổ 2"], MARCH)
    bare = hamlets_for(commune, ["1", "02", "3"], MARCH)
    assert (bare["1"], bare["02"]) == (named["Tổ 1"], named["Tổ 2"])
    assert hamlets_for(commune, ["Tổ 3"], MARCH)["Tổ 3"] == bare["3"]


def test_in_one_list_a_bare_number_means_the_hamlet_named_beside_it():
    found = hamlets_for(unit_on("03387", MARCH), ["1", "Tổ 1"], MARCH)
    assert found["1"] == found["Tổ 1"]
    assert found["1"].key == "to 1"


def test_the_same_hamlet_name_in_two_communes_is_two_hamlets():
    one, two = unit_on("03387", MARCH), unit_on("03388", MARCH)
    found = hamlets_of_file([(one.pk, "Tổ 1"), (two.pk, "Tổ 1")], MARCH)
    assert len(set(found.values())) == 2


def test_a_hamlet_that_ended_is_not_found_again():
    commune = unit_on("03387", MARCH)
    old = hamlets_for(commune, ["Tổ 1"], MARCH)["Tổ 1"]
    Hamlet.objects.filter(pk=old.pk).update(until=LAST_DAY)
    new = hamlets_for(commune, ["Tổ 1"], NOW)["Tổ 1"]
    assert new != old
    assert new.since == NOW
    assert hamlets_for(commune, ["Tổ 1"], MARCH)["Tổ 1"] == old


def test_households_are_found_or_made_in_bulk(django_assert_max_num_queries):
    hamlet = hamlets_for(unit_on("03387", MARCH), ["Tổ 1"], MARCH)["Tổ 1"]
    wanted = [(hamlet.pk, f"{n:03d}") for n in range(1, 2001)]
    with django_assert_max_num_queries(5):
        made = households_for(wanted, MARCH)
    assert len(set(made.values())) == 2000
    with django_assert_max_num_queries(3):
        again = households_for([(hamlet.pk, "1"), (hamlet.pk, "Hộ số 2")], MARCH)
    assert again[hamlet.pk, "1"] == made[hamlet.pk, "001"]
    assert again[hamlet.pk, "Hộ số 2"] == made[hamlet.pk, "002"]
    assert Household.objects.get(pk=made[hamlet.pk, "001"]).number == "001"


def test_a_household_that_ended_starts_anew():
    hamlet = hamlets_for(unit_on("03387", MARCH), ["Tổ 1"], MARCH)["Tổ 1"]
    old = households_for([(hamlet.pk, "001")], MARCH)[hamlet.pk, "001"]
    Household.objects.filter(pk=old).update(until=LAST_DAY)
    new = households_for([(hamlet.pk, "001")], NOW)[hamlet.pk, "001"]
    assert new != old
    assert Household.objects.get(pk=new).since == NOW


def test_nothing_asked_is_nothing_made():
    assert hamlets_of_file([], MARCH) == {}
    assert households_for([], MARCH) == {}
    assert units_named([], unit_on("12", MARCH), MARCH) == {}
    assert on_map([], NOW).areas == []


def test_a_misread_column_of_long_texts_is_cut_not_refused():
    commune, text = unit_on("03387", MARCH), "một câu rất dài " * 40
    hamlet = hamlets_for(commune, [text], MARCH)[text]
    assert hamlets_for(commune, [text], MARCH)[text] == hamlet
    made = households_for([(hamlet.pk, text)], MARCH)
    assert households_for([(hamlet.pk, text)], MARCH) == made


def test_why_a_code_is_of_no_unit_is_told_with_the_days_of_who_reads_it():
    with translation.override("en"), pytest.raises(UnknownUnit) as refusal:
        unit_on("12-105", NOW)
    assert refusal.value.params["until"] == "1 July 2025"
