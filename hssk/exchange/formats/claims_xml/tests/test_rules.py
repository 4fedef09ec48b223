"""What contradicts the annex or itself is told, with words and advice, and nothing is lost."""

import pytest

from hssk.exchange.formats.claims_xml import packing, read_claims
from hssk.exchange.formats.claims_xml.rules import WORDS, findings_of
from hssk.exchange.formats.claims_xml.tests import sample
from hssk.exchange.formats.claims_xml.tests.making import (
    XML1,
    envelope,
    file_of,
    hoso,
    inner,
    one,
    packed,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import ICD10_2020, ICD10_2026

SOUND = {
    "XML1": [XML1],
    "XML2": [sample.XML2],
    "XML3": [sample.XML3, sample.SUPPLY, sample.BED],
    "XML4": [sample.XML4],
    "XML5": [sample.XML5],
    "XML8": [sample.XML8],
    "XML14": [sample.XML14],
}
# a visit to a doctor: nothing but the visit
WALK_IN = one(
    MA_LOAI_KCB="01", SO_NGAY_DTRI="0", NGAY_VAO_NOI_TRU=None, NGAY_RA="202403111500",
    T_THUOC="0", T_VTYT="0", T_TONGCHI_BV="0", T_TONGCHI_BH="0", T_BHTT="0",
)  # fmt: skip


def found_in(tables, *, icd=None, **more):
    (claim,) = read_claims(envelope(hoso(tables), **more).encode())
    return findings_of(claim, icd=icd)


def told(tables, **more):
    return [(f.rule, f.table, f.line, f.tag) for f in found_in(tables, **more)]


def visit(**changes):
    return {
        "XML1": [{tag: value for tag, value in (WALK_IN | changes).items() if value is not None}]
    }


def test_a_sound_claim_has_no_findings():
    assert told(SOUND) == []
    assert told({"XML1": [WALK_IN]}) == []
    assert told({"XML0": [sample.LK]}) == []
    papers = {"XML7": [sample.XML7], "XML9": [sample.XML9], "XML13": [sample.XML13]}
    assert told(visit(MA_LOAI_RV="2") | papers) == []


def with_row(table, **changes):
    first, *rest = SOUND[table]
    return SOUND | {table: [first | changes, *rest]}


CASES = [
    (visit(HO_TEN=""), ("missing", "XML1", 1, "HO_TEN")),
    (visit(CAN_NANG=None), ("missing", "XML1", 1, "CAN_NANG")),
    (visit(GIOI_TINH="0"), ("unknown_code", "XML1", 1, "GIOI_TINH")),
    (visit(KET_QUA_DTRI="9"), ("unknown_code", "XML1", 1, "KET_QUA_DTRI")),
    (visit(MA_LOAI_RV="6"), ("unknown_code", "XML1", 1, "MA_LOAI_RV")),
    (visit(MA_LOAI_KCB="17"), ("unknown_code", "XML1", 1, "MA_LOAI_KCB")),
    (visit(NGAY_TTOAN="11/03/2024"), ("not_a_moment", "XML1", 1, "NGAY_TTOAN")),
    (visit(NGAY_SINH="1983-05-04"), ("not_a_moment", "XML1", 1, "NGAY_SINH")),
    (visit(NGAY_SINH="198305042400"), ("not_a_moment", "XML1", 1, "NGAY_SINH")),
    (visit(NGAY_SINH="198305042360"), ("not_a_moment", "XML1", 1, "NGAY_SINH")),
    (visit(NGAY_TAI_KHAM="20240328;mai"), ("not_a_moment", "XML1", 1, "NGAY_TAI_KHAM")),
    (visit(CAN_NANG="61,5"), ("not_a_number", "XML1", 1, "CAN_NANG")),
    (visit(GT_THE_TU="20240101;20240301"), ("lists_unequal", "XML1", 1, "GT_THE_TU")),
    (visit(MA_BENH_CHINH="J18.9;I10", MA_BENH_KT=""), ("one_main", "XML1", 1, "MA_BENH_CHINH")),
    (visit(MA_BENH_KT=";".join(f"A0{n % 10}.{n // 10}" for n in range(13))),
     ("too_many_companions", "XML1", 1, "MA_BENH_KT")),
    (visit(MA_BENH_KT="J189"), ("main_repeated", "XML1", 1, "MA_BENH_KT")),
    (visit(MA_BENH_KT="viêm"), ("icd_shape", "XML1", 1, "MA_BENH_KT")),
    (visit(MA_BENH_CHINH="18.9"), ("icd_shape", "XML1", 1, "MA_BENH_CHINH")),
    (visit(NGAY_SINH="202503110000"), ("out_of_order", "XML1", 1, "NGAY_VAO")),
    (visit(NGAY_RA="202403110800"), ("out_of_order", "XML1", 1, "NGAY_RA")),
    (visit(SO_NGAY_DTRI="1"), ("days", "XML1", 1, "SO_NGAY_DTRI")),
    (with_row("XML1", SO_NGAY_DTRI="3"), ("days", "XML1", 1, "SO_NGAY_DTRI")),
    (visit(MA_LOAI_KCB="07"), ("ends_at_2359", "XML1", 1, "NGAY_RA")),
    (visit(NGAY_TAI_KHAM="20240311"), ("appointment_past", "XML1", 1, "NGAY_TAI_KHAM")),
    (visit(T_BHTT="10"), ("amount", "XML1", 1, "T_BHTT")),
    (visit(MA_CSKCB="12002"), ("other_facility", "XML1", 1, "MA_CSKCB")),
    (with_row("XML14", NGAY_HEN_KL=""), ("missing", "XML14", 1, "NGAY_HEN_KL")),
    (with_row("XML14", NGAY_HEN_KL="202403140800"), ("appointment_past", "XML14", 1, "NGAY_HEN_KL")),
    (with_row("XML2", NGAY_YL="202403100000"), ("out_of_order", "XML2", 1, "NGAY_YL")),
    (with_row("XML2", NGAY_YL="202403150000", NGAY_TH_YL=""), ("out_of_order", "XML2", 1, "NGAY_RA")),
    (with_row("XML3", NGAY_KQ="202403110930"), ("out_of_order", "XML3", 1, "NGAY_KQ")),
    (with_row("XML4", NGAY_KQ="202403100000"), ("out_of_order", "XML4", 1, "NGAY_KQ")),
    (with_row("XML4", NGAY_KQ="202405140000"), ("result_late", "XML4", 1, "NGAY_KQ")),
    (with_row("XML2", THANH_TIEN_BH="45001.00", T_BHTT="0"), ("amount", "XML2", 1, "THANH_TIEN_BH")),
    (with_row("XML2", T_NGUONKHAC="100.00"), ("amount", "XML2", 1, "T_NGUONKHAC")),
    (with_row("XML3", TYLE_TT_DV="50"), ("amount", "XML3", 1, "THANH_TIEN_BV")),
    (with_row("XML1", T_TONGCHI_BV="139401.00"), ("amount", "XML1", 1, "T_TONGCHI_BV")),
    (with_row("XML1", T_VTYT="0"), ("amount", "XML1", 1, "T_VTYT")),
    (with_row("XML2", MA_LK="LK0009"), ("other_visit", "XML2", 1, "MA_LK")),
    (SOUND | {"XML3": [sample.SUPPLY]}, ("no_service", "XML4", 0, "")),
    (SOUND | {"XML5": []}, ("no_notes", "XML5", 0, "")),
    (visit() | {"XML8": [sample.XML8]}, ("no_summary_here", "XML8", 0, "")),
    (visit() | {"XML13": [sample.XML13]}, ("no_referral_here", "XML13", 0, "")),
    (visit() | {"XML9": [sample.XML9 | {"SO_CON": "2"}]}, ("one_per_child", "XML9", 1, "SO_CON")),
    (visit() | {"XML7": [sample.XML7 | {"MA_DINH_CHI_THAI": "1", "TUOI_THAI": "50"}]},
     ("weeks", "XML7", 1, "TUOI_THAI")),
    (visit() | {"XML11": [sample.XML11 | {"MA_DINH_CHI_THAI": "1", "TUOI_THAI": ""}]},
     ("missing", "XML11", 1, "TUOI_THAI")),
    (visit() | {"XML10": [sample.XML10 | {"DEN_NGAY": "20240301"}]},
     ("out_of_order", "XML10", 1, "DEN_NGAY")),
    ({"XML2": [sample.XML2]}, ("no_xml1", "XML1", 0, "")),
    ({"XML1": [WALK_IN, WALK_IN]}, ("many_xml1", "XML1", 0, "")),
    (visit(MA_MOI="1"), ("unknown_tag", "XML1", 0, "MA_MOI")),
    (visit() | {"XML2": []}, ("empty_table", "XML2", 0, "")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "expected"),
    CASES,
    ids=lambda v: "-".join(map(str, v)) if isinstance(v, tuple) else "",
)
def test_what_is_wrong_is_told(tables, expected):
    if len(tables.get("XML1", ())) == 2:
        text = packed(inner("XML1", WALK_IN))
        (claim,) = read_claims(envelope(f"<HOSO>{file_of('XML1', text) * 2}</HOSO>").encode())
        found = findings_of(claim)
    else:
        found = found_in(tables)
    assert expected in [(f.rule, f.table, f.line, f.tag) for f in found]
    for each in found:
        assert "{" not in each.text
        assert each.words
        assert each.advice


def test_words_say_what_and_where():
    (finding,) = found_in(visit(SO_NGAY_DTRI="1"))
    assert finding.text == (
        "Số ngày điều trị ghi 1, theo hình thức khám chữa bệnh phải là 0. "
        "Tính lại SO_NGAY_DTRI, rồi xuất lại hồ sơ."
    )
    assert finding.params["expected"] == "0"
    (finding,) = found_in(visit(NGAY_RA="202403110800"))
    assert finding.words.format(**finding.params) == (
        "Thời điểm NGAY_RA (202403110800) sớm hơn NGAY_VAO (202403110830)."
    )


def test_every_rule_has_a_case():
    packing = {"mislabelled", "unknown_table", "repeated_tag"}
    edition = {"icd_unknown"}
    assert {expected[0] for _, expected in CASES} | packing | edition == set(WORDS)


def test_the_packing_is_told():
    odd = inner("XML1", WALK_IN).replace("</TONG_HOP>", "<MA_BN>khác</MA_BN></TONG_HOP>")
    text = file_of("XML3", packed(odd)) + file_of("XML12", packed("<A/>"))
    (claim,) = read_claims(envelope(f"<HOSO>{text}</HOSO>").encode())
    rules = [(f.rule, f.table, f.tag) for f in findings_of(claim)]
    assert rules == [
        ("mislabelled", "XML1", ""), ("repeated_tag", "XML1", "MA_BN"), ("unknown_table", "XML12", ""),
    ]  # fmt: skip


def test_tables_nobody_knows_come_last():
    text = file_of("Bảng lạ", packed("<A/>")) + file_of(
        "XML1", packed(inner("XML1", WALK_IN | {"HO_TEN": ""}))
    )
    (claim,) = read_claims(envelope(f"<HOSO>{text}</HOSO>").encode())
    assert [f.rule for f in findings_of(claim)] == ["missing", "unknown_table"]


@pytest.mark.parametrize("district", ["", "105", "không còn huyện", None])
def test_districts_are_never_looked_at(district):
    assert told(visit(MAHUYEN_CU_TRU=district)) == []


@pytest.mark.parametrize("birth", ["195800000000", "195805000000", "1958", "202403110000"])
def test_a_partial_day_of_birth_is_sound(birth):
    assert told(visit(NGAY_SINH=birth)) == []


def test_one_value_for_all_cards_is_taken_as_such():
    cards = "HN2121212345678;HN2121212345679"
    assert told(visit(MA_THE_BHYT=cards)) == []
    assert told(visit(MA_THE_BHYT="", GT_THE_TU="20240101;20240301")) == []


@pytest.mark.parametrize(
    ("ended", "edition"), [("202606301500", ICD10_2020), ("202607011500", ICD10_2026)]
)
def test_codes_of_illness_are_asked_of_the_edition_of_the_day(ended, edition):
    asked = []

    def icd(code, system):
        asked.append(system)
        return None if code == "I10" else "tên bệnh"

    tables = visit(NGAY_VAO=ended[:8] + "0800", NGAY_RA=ended)
    assert told(tables, icd=icd) == [("icd_unknown", "XML1", 1, "MA_BENH_KT")]
    assert set(asked) == {edition}


@pytest.mark.parametrize(
    ("kind", "days", "sound"),
    [
        ("03", "4", True), ("06", "4", True), ("04", "3", False), ("05", "30", True), ("10", "9", True),
        ("01", "4", False), ("08", "1", True), ("08", "2", False),
    ],
)  # fmt: skip
def test_days_of_treatment_by_the_kind_of_visit(kind, days, sound):
    tables = SOUND | {"XML1": [one(MA_LOAI_KCB=kind, SO_NGAY_DTRI=days)]}
    assert ("days" not in [f.rule for f in found_in(tables)]) is sound


def test_days_that_cannot_be_worked_out_are_not_told():
    for row in (
        one(NGAY_RA="", SO_NGAY_DTRI="9"),
        one(NGAY_RA="202403010800", SO_NGAY_DTRI="9"),
        one(MA_LOAI_KCB="08", SO_NGAY_DTRI="9"),
        one(SO_NGAY_DTRI="bốn"),
    ):
        assert "days" not in [f.rule for f in found_in({"XML1": [row]})]


@pytest.mark.parametrize("kind", ["02", "05", "07"])
def test_visits_that_give_medicines_for_days_end_at_2359(kind):
    for ended, sound in (("202403142359", True), ("202403141500", False), ("", True)):
        rules = [f.rule for f in found_in(visit(MA_LOAI_KCB=kind, NGAY_RA=ended))]
        assert ("ends_at_2359" not in rules) is sound


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({}, True),
        ({"THANH_TIEN_BV": "45000.01", "THANH_TIEN_BH": "45000.01"}, True),
        ({"THANH_TIEN_BV": "45000.02"}, False),
        (
            {
                "SO_LUONG": "0.333",
                "DON_GIA": "45000",
                "THANH_TIEN_BV": "15000",
                "THANH_TIEN_BH": "15000",
            },
            True,
        ),
        (
            {
                "SO_LUONG": "0.333",
                "DON_GIA": "45000",
                "THANH_TIEN_BV": "15100",
                "THANH_TIEN_BH": "15100",
            },
            False,
        ),
        (
            {
                "SO_LUONG": "3000",
                "DON_GIA": "0.333",
                "THANH_TIEN_BV": "1000",
                "THANH_TIEN_BH": "1000",
            },
            True,
        ),
        ({"TYLE_TT_BH": "50", "THANH_TIEN_BH": "22500"}, True),
        ({"THANH_TIEN_BV": "", "THANH_TIEN_BH": ""}, True),
        ({"DON_GIA": "", "TYLE_TT_BH": ""}, True),
        ({"TYLE_TT_BH": ""}, True),
        ({"T_NGUONKHAC_CL": "", "T_NGUONKHAC": "5"}, True),
    ],
)
def test_amounts_of_a_line_within_rounding(changes, sound):
    found = [
        f
        for f in told({"XML1": [XML1], "XML2": [sample.XML2 | changes]})
        if f[:2] == ("amount", "XML2")
    ]
    assert (found == []) is sound


def test_the_fund_may_pay_another_price():
    row = sample.XML3 | {"DON_GIA_BH": "60000", "THANH_TIEN_BH": "60000"}
    for each in (
        row,
        row | {"THANH_TIEN_BH": "68300"},
        row | {"DON_GIA_BH": "", "THANH_TIEN_BH": "68300"},
    ):
        assert "XML3" not in [f[1] for f in told(SOUND | {"XML3": [each]}) if f[0] == "amount"]


@pytest.mark.parametrize(
    ("day", "sound"), [("20240408", True), ("20240409", True), ("20240311", False)]
)
def test_whoever_has_medicines_for_days_may_be_asked_back_before_they_end(day, sound):
    chronic = visit(
        MA_LOAI_KCB="05", NGAY_VAO="202403110800", NGAY_RA="202404092359", SO_NGAY_DTRI="30",
        NGAY_TAI_KHAM=day,
    )  # fmt: skip
    told_of = told(chronic | {"XML5": [sample.XML5]})
    assert [rule for rule, *_where in told_of] == ([] if sound else ["appointment_past"])


def test_what_follows_from_totals_that_were_each_rounded():
    # 100.40 less 20.50, each in whole đồng
    for said, sound in (("80", True), ("79", True), ("82", False)):
        told_of = told(visit(T_TONGCHI_BH="100", T_BNCCT="21", T_BHTT=said))
        assert (told_of == []) is sound


def test_totals_in_whole_dong():
    rows = [sample.XML2 | {"THANH_TIEN_BV": "100.40", "DON_GIA": "10.04"}]
    for total, sound in (
        ("100", True),
        ("100.40", True),
        ("101", False),
        ("100.30", False),
        ("", True),
    ):
        tables = {"XML1": [one(T_THUOC=total)], "XML2": rows}
        assert (("amount", "XML1", 1, "T_THUOC") not in told(tables)) is sound


def test_a_total_of_what_is_no_number_is_not_worked_out():
    tables = {"XML1": [XML1], "XML2": [sample.XML2 | {"THANH_TIEN_BV": "x"}]}
    rules = told(tables)
    assert ("not_a_number", "XML2", 1, "THANH_TIEN_BV") in rules
    assert ("amount", "XML1", 1, "T_THUOC") not in rules
    assert told(visit(T_TONGCHI_BH="x")) == [("not_a_number", "XML1", 1, "T_TONGCHI_BH")]


def test_pregnancies_that_ended_are_told_fully():
    bare = {"MA_LK": "LK0001", "MA_DINH_CHI_THAI": "1"}
    found = told(visit() | {"XML7": [bare], "XML11": [bare]})
    assert [f[1:] for f in found if f[0] == "missing"] == [
        ("XML7", 1, "NGUYENNHAN_DINHCHI"), ("XML7", 1, "THOIGIAN_DINHCHI"), ("XML7", 1, "TUOI_THAI"),
        ("XML11", 1, "NGUYENNHAN_DINHCHI"), ("XML11", 1, "TUOI_THAI"),
    ]  # fmt: skip


def test_moments_known_too_little_are_in_no_order():
    assert told(visit(NGAY_SINH="202400000000")) == []
    assert told(visit(NGAY_RA="20240311")) == []


def test_nothing_is_lost_for_a_finding():
    tables = visit(HO_TEN="", NGAY_RA="hôm qua")
    (claim,) = read_claims(envelope(hoso(tables)).encode())
    assert findings_of(claim)
    assert claim.tables["XML1"][0]["NGAY_RA"] == "hôm qua"


def test_amounts_beyond_all_measure():
    huge = sample.XML2 | {"SO_LUONG": "9" * 15, "DON_GIA": "9" * 15 + ".999"}
    assert ("amount", "XML2", 1, "THANH_TIEN_BV") in told({"XML1": [XML1], "XML2": [huge]})


def test_an_edition_that_is_not_loaded_is_no_finding_by_itself(monkeypatch):
    (claim,) = read_claims(envelope(hoso(SOUND)).encode())
    assert (packing.staged(claim)["unloaded"], packing.staged(claim)["findings"]) == (False, [])
    monkeypatch.setattr(packing, "_edition_at", lambda day: None)
    assert (packing.staged(claim)["unloaded"], packing.staged(claim)["findings"]) == (True, [])
    (wrong,) = read_claims(envelope(hoso(visit(HO_TEN="", MA_BENH_CHINH="J99.99"))).encode())
    assert [one["place"] for one in packing.staged(wrong)["findings"]][-1] == "ICD-10"


def test_a_kind_of_visit_in_one_digit_is_judged_as_that_of_two():
    rows = {table: rows for table, rows in SOUND.items() if table != "XML5"}
    assert told(rows | {"XML1": [XML1 | {"MA_LOAI_KCB": "3"}]}) == [("no_notes", "XML5", 0, "")]
    assert told(SOUND | {"XML1": [XML1 | {"MA_LOAI_KCB": "3"}]}) == []
