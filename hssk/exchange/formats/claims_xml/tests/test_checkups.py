"""Health check-ups are read as claims are: by tag, whoever wrote them."""

import base64
import re
from pathlib import Path

import pytest

from hssk.exchange.formats.claims_xml import (
    Claim,
    Refused,
    findings_of,
    identity_of,
    read_claims,
    resources_of,
)
from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.checkups.counted import counted_of
from hssk.exchange.formats.claims_xml.checkups.tables import GROUPS, PAID_BY
from hssk.exchange.formats.claims_xml.packing import staged
from hssk.exchange.formats.claims_xml.stated import stated_of
from hssk.exchange.formats.claims_xml.tests.checkups import RESULT, checkup, documents, envelope
from hssk.exchange.formats.claims_xml.tests.making import DECLARED, file_of, hoso, packed
from hssk.exchange.formats.claims_xml.tests.making import envelope as of_claims
from hssk.exchange.formats.claims_xml.to_fhir.checkup import MAPPING
from hssk.exchange.formats.sniff import is_claims
from hssk.records.rules.labels import closed

PAGE = (Path(__file__).parents[5] / "docs" / "formats" / "claims.md").read_text("utf-8")


def read(**changes) -> Claim:
    made_on = changes.pop("made_on", "20260913")
    (claim,) = read_claims(envelope(checkup(**changes), made_on=made_on).encode())
    assert isinstance(claim, Claim), claim
    return claim


def made(kind, **changes):
    found = resources_of(read(**changes))
    return {one.display: one for one in found if one.resource["resourceType"] == kind}


def sheet(**changes) -> str:
    (one,) = made("DocumentReference", **changes).values()
    return base64.b64decode(one.resource["content"][0]["attachment"]["data"]).decode()


def test_whose_it_is_and_where_it_was():
    claim = read()
    identity = identity_of(claim)
    assert (claim.facility, claim.code) == ("12001", "KSK001")
    assert (identity.name, identity.pid, identity.sex) == ("GIÀNG A TỦA", "012083000071", 1)
    assert (str(identity.birth.value), identity.commune) == ("1983-05-04", "03403")
    assert (identity.phone, str(identity.on)) == ("0987000111", "2026-09-12")


@pytest.mark.parametrize(
    "said", ["1983-05-04", "19830504", "198305040000", "04/05/1983", "04051983"]
)
def test_a_birth_in_every_form_that_hospitals_write(said):
    assert str(identity_of(read(NGAY_SINH=said)).birth.value) == "1983-05-04"


@pytest.mark.parametrize("said", [
    "20260912", "20260912073015", "2026-09-12T07:30:00", "12/9/2026 07:30", "120920260730",
])  # fmt: skip
def test_a_day_in_every_form_that_hospitals_write(said):
    assert str(identity_of(read(NGAY_VAO=said)).on) == "2026-09-12"


def test_null_is_no_value():
    claim = read(SO_CCCD="null", NOI_KHOA_HO_HAP="NULL", HUYET_AP="undefined")
    assert identity_of(claim).number == ""
    assert claim.tables["KSK"][0]["NOI_KHOA_HO_HAP"] == ""


def test_a_picture_has_no_index_and_a_blank_line_is_no_result():
    picture = {"MA_DICH_VU": "18.0119.0028", "KET_LUAN": "Tim phổi bình thường"}
    blank = dict.fromkeys(RESULT, "")
    (result,) = read(results=(picture, blank)).tables["XML4"]
    assert result["KET_LUAN"] == "Tim phổi bình thường"


def test_a_broken_check_up_names_no_facility_by_the_number_of_a_place():
    bad = f"<HOSO>{file_of('XML1', '*')}</HOSO>"
    broken, whole = read_claims(envelope(bad, checkup()).encode())
    assert stated_of(broken) == (1, [], "base64")
    assert stated_of(whole) == (2, ["12001"], "")


@pytest.mark.parametrize(
    ("own", "of_envelope", "found"),
    [("12001", "8930000000001", "12001"), ("8930000000001", "12001", "12001"),
     ("8930000000001", "8930000000001", "8930000000001"), (None, "12001", "12001")],
)  # fmt: skip
def test_the_facility_is_the_code_of_five_signs_wherever_it_stands(own, of_envelope, found):
    (claim,) = read_claims(envelope(checkup(MA_CSKCB=own), facility=of_envelope).encode())
    assert claim.facility == found
    assert stated_of(claim)[1] == [found]


@pytest.mark.parametrize(
    ("begin", "found"),
    [(b"<KHAMSUCKHOE>", True), ("<KHAMSUCKHOE>".encode("utf-16"), True), (b"<GIAY_KSK>", True),
     (b'\xef\xbb\xbf{"header":', True), (b"TT;HO_TEN", False), (b"<html>", False)],
)  # fmt: skip
def test_what_is_taken_for_check_ups(tmp_path, begin, found):
    (tmp_path / "a").write_bytes(begin)
    assert is_claims(tmp_path / "a") == found


def test_a_year_alone_stays_a_year():
    assert identity_of(read(NGAY_SINH="198300000000")).birth.precision == "Y"


def test_what_came_as_elements_as_text_and_in_base64_says_the_same():
    plain = envelope(checkup(in_base64=False)).encode()
    (inline,) = read_claims(plain)
    (wide,) = read_claims(plain.decode().replace("utf-8", "utf-16").encode("utf-16"))
    assert inline.digest == read().digest == wide.digest


def test_one_document_of_all_tags_is_read_as_many():
    whole = "".join(re.sub(r"^<\w+>|</\w+>$", "", text) for text in documents().values())
    hoso = f"<HOSO>{file_of('KSK', packed(f'{DECLARED}<GIAY_KSK>{whole}</GIAY_KSK>'))}</HOSO>"
    (claim,) = read_claims(envelope(hoso).encode())
    assert claim.tables["XML1"] == read().tables["XML1"]
    assert [row["GIA_TRI"] for row in claim.tables["XML4"]] == ["7.8"]


def test_a_visit_of_its_kind_with_its_illnesses():
    visit = made("Encounter")["Khám sức khỏe định kỳ"]
    assert visit.code == "15"
    assert str(visit.day) == "2026-09-12"
    found = [one for one in resources_of(read()) if one.resource["resourceType"] == "Condition"]
    assert [one.code for one in found] == ["I10", "E11.9"]
    assert not made("Condition", KET_LUAN_BENH="Đủ sức khỏe làm việc")


@pytest.mark.parametrize("kind", ["", "1", "Bình thường", "99"])
def test_a_kind_of_no_list_is_a_periodic_check_up(kind):
    assert made("Encounter", MA_LOAI_KCB=kind)["Khám sức khỏe định kỳ"].code == "15"


def test_what_was_measured():
    found = made("Observation")
    value = {
        name: one.resource.get("valueQuantity", {}).get("value") for name, one in found.items()
    }
    assert (value["Chiều cao"], value["Cân nặng"], value["Mạch"]) == (165, 60.5, 80)
    parts = found["Huyết áp"].resource["component"]
    assert [part["valueQuantity"]["value"] for part in parts] == [150, 95]
    results = [one for one in resources_of(read()) if one.section == "results"]
    assert {one.code for one in results} >= {"GLU"}


@pytest.mark.parametrize("pressure", ["95/150", "150", "cao", "1500/95", ""])
def test_a_pressure_that_cannot_be_is_none(pressure):
    assert "Huyết áp" not in made("Observation", HUYET_AP=pressure)


def test_the_sheet_tells_what_was_ticked_found_and_concluded():
    told = sheet()
    assert "Đánh dấu có: Tăng huyết áp" in told
    assert "Tuần hoàn: Nhịp đều" in told
    assert "Phân loại sức khỏe: Loại III, trung bình" in told
    assert "Bệnh tâm thần" not in told
    assert "Bệnh viện tâm thần" not in told


@pytest.mark.parametrize(("changes", "label"), [
    ({"TSBT_BENH_TAM_THAN": "1"}, "PSY"), ({"TSBT_MA_TUY": "1"}, "SUD"),
    ({"TSBT_NGHIEN_RUOU": "1"}, "SUD"), ({"NOI_KHOA_TAM_THAN": "Lo âu kéo dài"}, "PSY"),
    ({"KQ_XN_MA_TUY": "Dương tính"}, "SUD"), ({"TSBT_MA_BENH": "B20"}, "HIV"),
    ({"KET_LUAN_BENH": "B20.1 nhiễm HIV"}, "HIV"),
    ({"results": ({**RESULT, "MA_CHI_SO": "HIV", "TEN_CHI_SO": "HIV Ab test nhanh"},)}, "HIV"),
])  # fmt: skip
def test_what_is_sensitive_labels_the_whole_visit(changes, label):
    whole = staged(read(**changes))
    assert label in closed(whole["said"])
    assert whole["findings"] == []


def test_an_ordinary_check_up_is_not_sensitive():
    assert not closed(staged(read())["said"])


WELL = [
    "BT", "Không", "Tỉnh táo, tiếp xúc tốt", "Tư duy, cảm xúc, hành vi bình thường", "null", "0",
    "Bình thường, không có rối loạn tâm thần, hành vi.", "Chưa phát hiện bệnh lý tâm thần", "-",
]  # fmt: skip
ILL = [
    "Không bình thường", "Không ổn định", "Bất thường", "Bình thường; hay lo âu", "Không ngủ được",
    "Tâm thần phân liệt ổn định", "Lo âu nhẹ, tiếp xúc tốt",
]  # fmt: skip


@pytest.mark.parametrize("said", WELL)
def test_a_mind_that_is_well_is_not_sensitive_in_whatever_words(said):
    assert not closed(staged(read(NOI_KHOA_TAM_THAN=said))["said"])


@pytest.mark.parametrize("said", ILL)
def test_a_mind_that_is_not_well_is_sensitive_whatever_stands_beside_it(said):
    assert "PSY" in closed(staged(read(NOI_KHOA_TAM_THAN=said))["said"])


def test_a_test_of_drugs_is_sensitive_by_its_code_alone():
    only = {**RESULT, "MA_CHI_SO": "Morphin", "GIA_TRI": "Âm tính"}
    assert "SUD" in closed(staged(read(results=(only,)))["said"])


def test_it_is_no_later_sending_of_a_claim_of_the_same_number():
    head = {"MA_LK": "KSK001", "MA_CSKCB": "12001", "NGAY_VAO": "202609120730"}
    (claim,) = read_claims(of_claims(hoso({"XML1": [head]}), facility="12001").encode())
    assert not {staged(claim)["visit"]} & {staged(read())["visit"], ""}
    assert staged(read())["visit"] == staged(read(KET_LUAN_BENH="J00"))["visit"]


@pytest.mark.parametrize(
    ("said", "height"),
    [({"CHIEU_CAO": "165 cm"}, 165), ({"CHIEU_CAO": "0", "CHIEU_DAI": "75,5"}, 75.5),
     ({"CHIEU_CAO": "1.65"}, None), ({"CHIEU_CAO": "0"}, None)],
)  # fmt: skip
def test_a_height_is_in_centimetres_or_none(said, height):
    found = made("Observation", **said).get("Chiều cao")
    assert (found and found.resource["valueQuantity"]["value"]) == height


def test_what_it_is_counted_by():
    assert staged(read())["counted"] == ("3;6", "2")
    assert staged(read(DOI_TUONG="06, 3;3"))["counted"] == ("3;6", "2")
    older = {"NGUON_CHI_TRA": None, "NGUON_KINH_PHI": "4"}
    assert staged(read(**older))["counted"] == ("3;6", "4")
    assert staged(read(DOI_TUONG=None, NGUON_CHI_TRA=None))["counted"] == ("", "")


@pytest.mark.parametrize(("made_on", "group"), [("20260630", "16"), ("20260707", "14"), ("", "14")])
def test_other_had_another_code_in_the_first_list(made_on, group):
    assert counted_of(read(DOI_TUONG="14", made_on=made_on)).groups == (group,)


def test_strange_codes_are_told_and_count_as_not_said():
    claim = read(DOI_TUONG="3;77", NGUON_CHI_TRA="8")
    counted = counted_of(claim)
    assert (counted.groups, counted.paid) == (("3",), "")
    told = {(one.tag, one.rule) for one in findings_of(claim)}
    assert told == {("DOI_TUONG", "unknown_code"), ("NGUON_CHI_TRA", "unknown_code")}


def test_what_lacks_is_told_and_nothing_of_money_is():
    assert findings_of(read()) == []
    claim = read(MA_LK=None, DOI_TUONG="", NGUON_CHI_TRA="", NGAY_VAO="2026")
    told = {(one.tag, one.rule) for one in findings_of(claim)}
    assert told == {("MA_LK", "missing"), ("DOI_TUONG", "missing"), ("NGUON_CHI_TRA", "missing"),
                    ("NGAY_VAO", "not_a_moment")}  # fmt: skip
    assert all(one.text for one in findings_of(claim))


def test_a_healthy_person_has_no_code_to_be_judged():
    assert not staged(read(KET_LUAN_BENH="Bình thường"))["unloaded"]


def test_a_newborn_at_a_check_up_bears_its_own_name():
    claim = read(NGAY_SINH="2026-09-01", SO_CCCD="012226000001", HO_TEN="GIÀNG THỊ SAO")
    assert identity_of(claim).may_match_by_name


def test_a_check_up_in_an_envelope_of_claims_is_no_check_up():
    (claim,) = read_claims(of_claims(checkup()).encode())
    assert counted_of(claim) is None


def test_what_is_beyond_bounds_is_refused_alone():
    deep = "<a>" * 12 + "<HO_TEN>X</HO_TEN>" + "</a>" * 12
    bad = f"<HOSO>{file_of('XML1', packed(deep))}</HOSO>"
    first, second = read_claims(envelope(bad, checkup()).encode(), bounds=Bounds())
    assert isinstance(first, Refused)
    assert first.kind == "too_deep"
    assert isinstance(second, Claim)


def test_the_page_says_where_each_tag_goes():
    part = PAGE.partition("### KSK: ")[2].partition("\n\n")[0]
    said = {
        tag: path
        for tags, path in re.findall(r"^\| (`.+`) \| (\S+) \|$", part, re.MULTILINE)
        for tag in re.findall(r"`(\w+)`", tags)
    }
    assert said == MAPPING


def test_lists_have_their_codes():
    assert list(GROUPS) == [str(n) for n in range(1, 17)]
    assert list(PAID_BY) == ["1", "2", "3", "4", "5", "9"]
