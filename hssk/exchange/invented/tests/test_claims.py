"""A claim is its visit: every field of the annex, sums to the đồng, tables where they belong."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from hssk.exchange.invented import invent
from hssk.exchange.invented.claims import BY_NAME, Traps, make_claim
from hssk.exchange.invented.claims.findings import shorthand, sloppy
from hssk.exchange.invented.claims.tags import FIELDS, REFERRAL_IN_3176
from hssk.exchange.invented.lives import Folk, catalogue, visits
from hssk.exchange.invented.lives.chance import dice

SINCE, UNTIL = date(2023, 1, 1), date(2023, 12, 31)


@pytest.fixture(scope="module")
def folk():
    return Folk(invent(1_200, seed=5), seed=3)


@pytest.fixture(scope="module")
def made(folk):
    """(person, visit, claim) of a year."""
    return [
        (p, v, make_claim(v, p, folk))
        for p in folk
        for v in visits(p, folk, since=SINCE, until=UNTIL)
    ]


def _number(text):
    return Decimal(text or 0)


def _cents(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _sum(rows, tag):
    return sum((_number(row[tag]) for row in rows), Decimal(0))


def test_the_annex_has_so_many_fields():
    counts = {name: len(tags) for name, tags in FIELDS.items()}
    assert counts == {
        "XML0": 26, "XML1": 66, "XML2": 39, "XML3": 47, "XML4": 12, "XML5": 9, "XML6": 47,
        "XML7": 26, "XML8": 22, "XML9": 35, "XML10": 13, "XML11": 23, "XML13": 39, "XML14": 22,
        "XML15": 20,
    }  # fmt: skip
    assert len(REFERRAL_IN_3176) == 37
    assert {"MA_CSKCB_DI", "MA_CSKCB_DEN", "TINH_TRANG_CT"} <= set(REFERRAL_IN_3176)
    assert not {"MA_NOI_DI", "MA_NOI_DEN", "TEN_THUOC", "PP_DIEU_TRI"} & set(REFERRAL_IN_3176)
    assert all(len(set(tags)) == len(tags) for tags in FIELDS.values())


def test_no_row_has_a_tag_that_its_table_does_not_know(made):
    known = {**FIELDS, "XML13": (*FIELDS["XML13"], *REFERRAL_IN_3176)}
    for _, _, claim in made:
        for table, rows in claim.tables.items():
            assert all(set(row) <= set(known[table]) for row in rows), table


def test_almost_every_field_is_filled_by_some_claim(folk, made):
    """What stays empty is listed here, so that nobody believes it tested."""
    filled = {name: set() for name in FIELDS}
    check_ins = [make_claim(v, p, folk, dialect=BY_NAME["check_in"]) for p, v, _ in made]
    for claim in [claim for *_, claim in made] + check_ins:
        for table, rows in claim.tables.items():
            filled[table].update(tag for row in rows for tag, text in row.items() if text)
    empty = {t: set(tags) - filled[t] - {"DU_PHONG"} for t, tags in FIELDS.items()}
    assert empty["XML1"] <= {"MA_BENH_YHCT", "NGAY_MIEN_CCT"}
    assert empty["XML2"] == {"MA_PP_CHEBIEN", "MA_CSKCB_THUOC", "MA_DICH_VU", "VET_THUONG_TP"}
    assert empty["XML3"] <= {"MA_BENH_YHCT", "VET_THUONG_TP", "TAI_SU_DUNG", "MA_XANG_DAU"}
    assert empty["XML4"] == set()
    assert empty["XML5"] <= {"HOI_CHAN"}
    assert empty["XML8"] <= {"NGAY_SINHCON", "NGAY_CONCHET", "SO_CONCHET"} | {
        "NGUOI_GIAM_HO", "DON_VI", "MA_THE_TAM", "HO_TEN_CHA", "HO_TEN_ME",
    }  # fmt: skip
    assert empty["XML0"] == set()


def test_every_line_adds_up(made):
    for _, _, claim in made:
        for row in claim.tables.get("XML2", []):
            whole = _cents(_number(row["SO_LUONG"]) * _number(row["DON_GIA"]))
            assert _number(row["THANH_TIEN_BV"]) == whole
            _parts_hold(row, whole)
        for row in claim.tables.get("XML3", []):
            whole = _number(row["SO_LUONG"]) * _number(row["DON_GIA_BV"])
            whole = _cents(whole * _number(row["TYLE_TT_DV"]) / 100)
            assert _number(row["THANH_TIEN_BV"]) == whole
            _parts_hold(row, whole)


def _parts_hold(row, whole):
    insured = _cents(whole * _number(row["TYLE_TT_BH"]) / 100)
    assert _number(row["THANH_TIEN_BH"]) == insured
    assert _number(row["T_BHTT"]) == _cents(insured * _number(row["MUC_HUONG"]) / 100)
    assert _number(row["T_BHTT"]) + _number(row["T_BNCCT"]) == insured
    others = sum(_number(row[f"T_NGUONKHAC_{purse}"]) for purse in ("NSNN", "VTNN", "VTTN", "CL"))
    assert _number(row["T_NGUONKHAC"]) == others
    assert _number(row["T_BNTT"]) == whole - insured - others >= 0


def test_sums_of_the_claim_are_sums_of_its_lines(made):
    for _, _, claim in made:
        (one,) = claim.tables["XML1"]
        two, three = claim.tables.get("XML2", []), claim.tables.get("XML3", [])
        assert _number(one["T_THUOC"]) == _sum(two, "THANH_TIEN_BV")
        materials = [row for row in three if row.get("MA_VAT_TU")]
        assert _number(one["T_VTYT"]) == _sum(materials, "THANH_TIEN_BV")
        assert _number(one["T_TONGCHI_BV"]) == _sum([*two, *three], "THANH_TIEN_BV")
        assert _number(one["T_TONGCHI_BH"]) == _sum([*two, *three], "THANH_TIEN_BH")
        for tag in ("T_BNTT", "T_BNCCT", "T_BHTT", "T_NGUONKHAC"):
            assert _number(one[tag]) == _sum([*two, *three], tag)
        assert _number(one["T_BHTT"]) == _number(one["T_TONGCHI_BH"]) - _number(one["T_BNCCT"])


def test_tables_are_there_when_the_annex_says_so(made):
    for _, visit, claim in made:
        (one,) = claim.tables["XML1"]
        tables, kind = set(claim.tables), one["MA_LOAI_KCB"]
        assert ("XML4" in tables) == bool(visit.results)
        assert ("XML5" in tables) == (kind in {"02", "03", "04", "05", "06", "08", "09"})
        assert ("XML8" in tables) == (kind in {"03", "04", "06"})
        assert ("XML13" in tables) == (one["MA_LOAI_RV"] in {"2", "5"})
        assert ("XML9" in tables) == bool(visit.newborns)
        assert len(claim.tables.get("XML9", [])) == len(visit.newborns)
        assert len(one["MA_BENH_KT"].split(";")) <= 12
        assert ";" not in one["MA_BENH_CHINH"]
        assert one["MA_BENH_CHINH"] in catalogue.diagnoses()


def test_days_and_moments_follow_the_kind(made):
    for _, visit, claim in made:
        (one,) = claim.tables["XML1"]
        days, kind = int(one["SO_NGAY_DTRI"]), one["MA_LOAI_KCB"]
        assert re.fullmatch(r"\d{12}", one["NGAY_VAO"])
        assert one["NGAY_VAO"] <= one["NGAY_RA"]
        if kind in ("01", "07", "09"):
            assert days == 0
        elif kind in ("02", "03", "04", "06"):
            assert days == (visit.end.date() - visit.arrival.date()).days + 1
        if kind in ("02", "05", "07"):
            assert one["NGAY_RA"].endswith("2359")
        assert bool(one["NGAY_VAO_NOI_TRU"]) == visit.is_stay


def test_fields_keep_their_shape(made):
    for _, _, claim in made:
        (one,) = claim.tables["XML1"]
        assert re.fullmatch(r"\d{12}", one["NGAY_SINH"])
        assert re.fullmatch(r"\d+\.\d\d", one["CAN_NANG"])
        assert re.fullmatch(r"([A-Z]{2}[1-5]\d{12})?", one["MA_THE_BHYT"])
        assert len(one["SO_CCCD"]) <= 15
        assert one["GIOI_TINH"] in "12"
        assert one["MA_QUOCTICH"] == "000" or one["MA_DANTOC"] == "55"
        for row in claim.tables.get("XML2", []):
            pattern = r"[\d.]+ \S.*/lần \* \d lần/ngày \* \d+ ngày \[[\d.]+ .+/ngày\]"
            assert re.fullmatch(pattern, row["LIEU_DUNG"])


def test_a_newborn_has_its_parents_name_and_no_card(folk):
    seen = 0
    for person in folk:
        if person.born.year >= 2015 and person.mother is not None:
            for visit in visits(person, folk, since=person.born, until=person.born):
                claim = make_claim(visit, person, folk)
                (one,) = claim.tables["XML1"]
                if visit.is_newborn:
                    seen += 1
                    assert one["HO_TEN"] == folk[person.mother].name.upper()
                    assert not one["MA_THE_BHYT"] + one["SO_CCCD"]
                    assert not one["NGAY_SINH"].endswith("00000000")
                    assert one["MA_DOITUONG_KCB"] == "1.7"
                    assert "newborn_under_parents_name" in claim.traps
                    assert claim.person == person.code
                    assert claim.tables["XML7"][0]["MA_THE_TAM"].startswith("TE1")
    assert seen > 5


def test_twins_are_two_claims_of_two_people(folk):
    twins = [p for p in folk if p.twin and p.born.year >= 2008 and p.mother is not None]
    claims = {}
    for person in twins:
        for visit in visits(person, folk, since=person.born, until=person.born):
            claim = make_claim(visit, person, folk)
            claims.setdefault((person.mother, person.born), []).append(claim)
    pairs = [found for found in claims.values() if len(found) == 2]
    assert pairs
    for one, other in pairs:
        assert one.key != other.key
        assert one.person != other.person
        assert "twin" in one.traps
        first, second = one.tables["XML1"][0], other.tables["XML1"][0]
        assert first["HO_TEN"] == second["HO_TEN"]
        assert first["MA_BN"] != second["MA_BN"]


def test_traps_are_what_they_are_called(folk):
    rates, caught = Traps(married=0.5, fathers_pid=0.5, foreigner=0.03, unidentified=0.5), {}
    for person in folk:
        for visit in visits(person, folk, since=date(2023, 1, 1), until=UNTIL):
            claim = make_claim(visit, person, folk, traps=rates)
            for trap in claim.traps:
                caught.setdefault(trap, []).append((person, visit, claim))
    for person, _, claim in caught["fathers_number_on_child"]:
        assert claim.tables["XML1"][0]["SO_CCCD"] == folk[person.father].pid
    for person, *_ in caught["married_woman_new_address"]:
        assert person.sex == 2
    assert any(
        c.tables["XML1"][0]["MAXA_CU_TRU"] != p.commune
        for p, _, c in caught["married_woman_new_address"]
    )
    for person, _, claim in caught["card_before_reissue"]:
        number = claim.tables["XML1"][0]["MA_THE_BHYT"][5:]
        assert number in (person.old_bhxh, "")
        assert number != person.bhxh
    for _, _, claim in caught["foreigner_with_passport"]:
        one = claim.tables["XML1"][0]
        assert one["MA_QUOCTICH"] != "000"
        assert re.fullmatch(r"[PE]A\d{7}", one["SO_CCCD"])
        assert claim.person.startswith("F")
    for person, _, claim in caught["unidentified_patient"]:
        one = claim.tables["XML1"][0]
        assert not one["SO_CCCD"] + one["MA_THE_BHYT"]
        assert claim.person == person.code
    assert all(not p.listed for p, _, _ in caught["not_on_roster"])


def test_no_traps_where_none_are_wanted(folk, made):
    for person, visit, _ in made[:300]:
        claim = make_claim(visit, person, folk, traps=Traps.none())
        assert not {"foreigner_with_passport", "unidentified_patient"} & set(claim.traps)


def test_names_are_of_invented_people_alone(folk, made):
    invented = {name.upper() for name in folk.city.population.name}
    for _, _, claim in made:
        for rows in claim.tables.values():
            for row in rows:
                for tag, text in row.items():
                    if text and (tag.startswith("HO_TEN") or tag.startswith("TEN_BS")):
                        told = text.upper()
                        known = told in invented or "GIẢ ĐỊNH" in told or "DANH TÍNH" in told
                        assert known or claim.person.startswith("F"), (tag, text)


def test_vital_signs_are_written_as_agreed_or_as_people_do(made):
    signs = [v.vitals for _, v, _ in made[:200]]
    told = [shorthand(v) for v in signs]
    assert all(re.fullmatch(r"CSST<M\d+_T\d+(\.\d)?(_HA\d+/\d+)?_NT\d+_SP\d+>", t) for t in told)
    ways = {re.sub(r"\d+", "9", sloppy(v, dice("sloppy", n))) for n, v in enumerate(signs)}
    assert len(ways) > 10


def test_the_same_claim_every_time(folk, made):
    for person, visit, claim in made[::97]:
        assert make_claim(visit, person, folk) == claim
