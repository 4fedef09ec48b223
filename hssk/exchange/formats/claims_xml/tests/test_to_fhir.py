"""What a claim says is found again in FHIR, where the table of each mapping says it is."""

import base64
import json
import re
import uuid
from datetime import date

import pytest

from hssk.exchange.formats.claims_xml import (
    births_of,
    hints_of,
    packing,
    read_claims,
    resources_of,
)
from hssk.exchange.formats.claims_xml.tests import sample
from hssk.exchange.formats.claims_xml.tests.making import XML1, envelope, hoso, one
from hssk.exchange.formats.claims_xml.to_fhir import MAPPINGS
from hssk.exchange.formats.claims_xml.to_fhir.systems import ICD10_2020, ICD10_2026
from hssk.exchange.formats.claims_xml.to_fhir.xml7 import readable
from hssk.exchange.formats.claims_xml.values import decimal_of, icd_code, items, moment
from hssk.records.rules.encounter import told
from hssk.records.rules.labels import closed

SECTIONS = {
    "visits", "conclusion", "medicines", "procedures", "results", "examinations", "documents",
    "referrals", "appointments",
}  # fmt: skip


def claim_of(tables, **more):
    (claim,) = read_claims(envelope(hoso(tables), **more).encode())
    return claim


def made_of(tables, **more):
    return resources_of(claim_of(tables), **more)


def only(kind, made):
    return [each.resource for each in made if each.resource["resourceType"] == kind]


def values_at(value, path):
    """All values at a path such as `code.coding.code`, through lists; `value` is any value[x]."""
    if isinstance(value, list):
        return [found for each in value for found in values_at(each, path)]
    if not path:
        return [value]
    name, _, rest = path.partition(".")
    if not isinstance(value, dict):
        return []
    if name == "value" and "value" not in value:
        return [str(v) for k, v in value.items() if k.startswith("value")]
    return values_at(value[name], rest) if name in value else []


def forms_of(text):
    """The forms that a value may have in FHIR."""
    at, number = moment(text), decimal_of(text)
    yield text
    if at:
        yield from (at.fhir, readable(text))
    if number is not None:
        yield str(float(number))
    for part in items(text):
        yield icd_code(part) or part


FIELDS = [(table, tag) for table, mapping in MAPPINGS.items() for tag in mapping]
CLAIM = claim_of(sample.EVERYTHING)
EVERYTHING = resources_of(CLAIM)
WITHOUT_PAPER = made_of({k: v for k, v in sample.EVERYTHING.items() if k != "XML14"})
SAID_IN_WORDS = {
    ("XML8", "KET_QUA_DTRI"): "Đỡ", ("XML3", "PP_VO_CAM"): "Gây tê",
    ("XML3", "SO_LUONG"): "Số lượng: 0 Lần",
}  # fmt: skip


@pytest.mark.parametrize(("table", "tag"), FIELDS)
def test_every_mapped_field_is_found_where_the_table_says(table, tag):
    rows = CLAIM.tables[table]
    said = next(row[tag] for row in rows if row.get(tag))
    kind, _, path = MAPPINGS[table][tag].partition(".")
    made = WITHOUT_PAPER if tag == "NGAY_TAI_KHAM" else EVERYTHING
    found = []
    for each in made:
        if each.table == table and each.resource["resourceType"] == kind:
            found += values_at(each.resource, path)
    if path.endswith("data"):
        found = [base64.b64decode(data).decode() for data in found]
    text = "\n".join(str(float(v)) if isinstance(v, int | float) else str(v) for v in found)
    wanted = [SAID_IN_WORDS[table, tag]] if (table, tag) in SAID_IN_WORDS else list(forms_of(said))
    assert any(form in text for form in wanted), (wanted, text)


def test_every_table_but_the_sensitive_ones_makes_resources():
    made = {each.table for each in EVERYTHING}
    assert made == set(MAPPINGS)
    assert {each.section for each in EVERYTHING} == SECTIONS


def everywhere(value):
    yield value
    if isinstance(value, dict):
        for inner in value.values():
            yield from everywhere(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everywhere(inner)


def test_resources_are_whole():
    beside = {f"{m.resource['resourceType']}/{m.resource['id']}" for m in EVERYTHING}
    assert len(beside) == len(EVERYTHING)
    for each in EVERYTHING:
        assert list(each.resource)[:2] == ["resourceType", "id"]
        for value in everywhere(each.resource):
            assert value not in (None, "", [], {})
            if isinstance(value, dict) and "reference" in value:
                assert value["reference"] in beside | {"Patient/self"}
        assert each.day
        assert each.precision == "D"


def test_no_name_no_number_of_a_person_and_no_money():
    written = json.dumps([each.resource for each in EVERYTHING], ensure_ascii=False)
    texts = [base64.b64decode(d).decode() for d in re.findall(r'"data": "([^"]+)"', written)]
    written += " ".join(texts)
    for secret in (
        "Giàng", "Sùng", "Lò Thị Hộ", "012083000071", "1212345678", "BN77", "0987000111", "19830504",
        "1983-05-04", "Công ty Chè", "139400", "4500",
    ):  # fmt: skip
        assert secret not in written


def test_the_same_claim_again_makes_the_same_ids():
    again = made_of(dict(reversed(sample.EVERYTHING.items())))
    assert {m.resource["id"] for m in again} == {m.resource["id"] for m in EVERYTHING}
    for each in EVERYTHING:
        assert uuid.UUID(each.resource["id"]).version == 5


def test_ids_differ_by_facility_and_visit():
    encounter = {
        resources_of(claim_of({"XML1": [one(MA_LK=code)]}, facility=facility))[0].resource["id"]
        for code in ("LK0001", "LK0002")
        for facility in ("12001", "12002")
    }
    assert len(encounter) == 4


def test_claims_without_a_code_do_not_share_ids():
    first, second = (made_of({"XML1": [one(MA_LK=None, CAN_NANG=w)]})[0] for w in ("50", "51"))
    assert first.resource["id"] != second.resource["id"]
    assert "identifier" not in made_of({"XML1": [one(MA_LK=None, MA_HSBA=None)]})[0].resource


def test_lines_of_one_number_or_none_keep_apart():
    rows = [sample.XML2, sample.XML2, sample.XML2 | {"STT": ""}, sample.XML2 | {"STT": "9"}]
    made = made_of({"XML2": rows})
    assert len({each.resource["id"] for each in made}) == 4
    assert [each.line for each in made] == [1, 2, 3, 4]
    moved = made_of({"XML2": [rows[3], rows[0]]})
    assert {m.resource["id"] for m in moved} == {made[0].resource["id"], made[3].resource["id"]}


def test_the_visit():
    visit = EVERYTHING[0]
    assert (visit.section, visit.day, visit.code) == ("visits", date(2024, 3, 11), "03")
    assert visit.display == "Điều trị nội trú"
    assert visit.resource["status"] == "finished"
    assert visit.resource["class"]["code"] == "IMP"
    assert visit.resource["period"] == {
        "start": "2024-03-11T08:30:00+07:00",
        "end": "2024-03-14T15:00:00+07:00",
    }
    ranks = [(d["rank"], d["use"]["coding"][0]["code"]) for d in visit.resource["diagnosis"]]
    assert ranks == [(1, "DD"), (2, "CM"), (3, "CM")]


def test_a_visit_of_which_little_is_known():
    bare = {"MA_LK": "LK1", "MA_LOAI_KCB": "99"}
    (visit,) = made_of({"XML1": [bare]})
    assert (visit.day, visit.precision, visit.display) == (None, "", "")
    assert (visit.resource["status"], visit.resource["class"]["code"]) == ("unknown", "AMB")
    assert set(visit.resource) == {
        "resourceType", "id", "identifier", "status", "class", "type", "subject", "serviceProvider",
    }  # fmt: skip
    words = made_of({"XML1": [bare | {"CHAN_DOAN_RV": "Cảm", "CAN_NANG": "0", "NHOM_MAU": "A"}]})
    assert [m.resource["resourceType"] for m in words] == ["Encounter", "Condition", "Observation"]
    assert words[1].resource["code"] == {"text": "Cảm"}
    weighed = made_of({"XML1": [bare | {"CAN_NANG": "61.5"}]})
    assert weighed[1].resource["valueQuantity"]["value"] == 61.5


def test_illnesses_main_first_each_once_in_one_spelling():
    made = made_of({"XML1": [one(MA_BENH_CHINH="J189", MA_BENH_KT="J18.9;I10;i10†;Lạ quá")]})
    conditions = only("Condition", made)
    codes = [c["code"]["coding"][0]["code"] for c in conditions]
    assert codes == ["J18.9", "I10", "Lạ quá"]
    assert conditions[0]["code"]["text"] == "Viêm phổi; Tăng huyết áp"
    assert "text" not in conditions[1]["code"]


@pytest.mark.parametrize(
    ("ended", "system"),
    [("202606302359", ICD10_2020), ("202607010000", ICD10_2026), ("", ICD10_2020)],
)
def test_the_edition_is_that_of_the_end_of_the_visit(ended, system):
    made = made_of({"XML1": [one(NGAY_RA=ended)]})
    assert only("Condition", made)[0]["code"]["coding"][0]["system"] == system


def test_names_of_illnesses_come_from_the_caller():
    names = {("J18.9", ICD10_2020): "Viêm phổi, tác nhân không xác định"}
    made = made_of({"XML1": [XML1]}, icd=lambda code, system: names.get((code, system)))
    main, other = [m for m in made if m.section == "conclusion"]
    assert main.display == "Viêm phổi, tác nhân không xác định"
    assert main.resource["code"]["coding"][0]["display"] == main.display
    assert main.resource["code"]["text"] == "Viêm phổi; Tăng huyết áp"
    assert (other.code, other.display) == ("I10", "Tăng huyết áp")  # its own words


def test_a_code_without_a_name_has_its_own_words_where_they_are_told_one_by_one():
    said = {"MA_BENH_CHINH": "J189", "MA_BENH_KT": "I10;E11.9"}
    each = made_of({"XML1": [one(**said, CHAN_DOAN_RV="Viêm phổi; Tăng huyết áp; Đái tháo đường")]})
    ill = [m for m in each if m.section == "conclusion"]
    assert [m.display for m in ill] == ["Viêm phổi", "Tăng huyết áp", "Đái tháo đường"]
    assert ill[0].resource["code"]["text"] == "Viêm phổi; Tăng huyết áp; Đái tháo đường"
    together = made_of({"XML1": [one(**said, CHAN_DOAN_RV="Viêm phổi; bệnh khác")]})
    assert [m.display for m in together if m.section == "conclusion"] == [
        "Viêm phổi; bệnh khác", "", ""
    ]  # fmt: skip


def test_who_examined_and_what_was_thought_at_first_are_kept_apart():
    fee = {"STT": "1", "MA_DICH_VU": "02.1896", "MA_NHOM": "13", "NGUOI_THUC_HIEN": "001;002"}
    pill = {"STT": "1", "TEN_THUOC": "Amlodipin", "MA_BAC_SI": "003"}
    for tables, staff in (({"XML3": [fee], "XML2": [pill]}, ["001", "002"]),
                          ({"XML2": [pill]}, ["003"]), ({}, [])):  # fmt: skip
        head = only("Encounter", made_of({"XML1": [XML1], **tables}))[0]
        assert values_at(head, "participant.individual.identifier.value") == staff
    assert told(head).admitted == "Theo dõi viêm phổi"
    assert told(head).reasons == ("Ho, sốt ba ngày",)


def test_an_appointment_is_made_of_one_paper_only():
    assert len(only("Appointment", EVERYTHING)) == 1
    made = made_of({"XML1": [one(NGAY_TAI_KHAM="20240328;20240411;mai")]})
    starts = [a["requestedPeriod"][0]["start"] for a in only("Appointment", made)]
    assert starts == ["2024-03-28", "2024-04-11"]
    appointment = only("Appointment", EVERYTHING)[0]
    assert appointment["participant"][0]["actor"] == {"reference": "Patient/self"}
    assert "subject" not in appointment
    bare = made_of({"XML14": [{"MA_LK": "LK1", "NGAY_HEN_KL": "20240328"}]})[0].resource
    assert [p["actor"].get("type") for p in bare["participant"]] == [None, "Location"]


def test_a_medicine_carried_out_and_one_handed_out():
    given, handed = only(
        "MedicationStatement",
        made_of({"XML2": [sample.XML2, sample.XML2 | {"STT": "2", "NGAY_TH_YL": ""}]}),
    )
    assert (given["status"], given["effectiveDateTime"]) == (
        "completed",
        "2024-03-11T10:00:00+07:00",
    )
    assert (handed["status"], handed["effectiveDateTime"]) == (
        "unknown",
        "2024-03-11T09:15:00+07:00",
    )
    assert given["note"][0]["text"] == "Số lượng: 10.000 Viên"
    bare = made_of({"XML2": [{"MA_LK": "LK1", "MA_THUOC": "40.1"}]})[0].resource
    assert bare["medicationCodeableConcept"]["text"] == "Thuốc không ghi tên"
    assert "note" not in bare
    assert "context" not in bare


def test_supplies_and_beds_are_no_procedures():
    procedures = [m for m in EVERYTHING if m.section == "procedures" and m.table == "XML3"]
    assert [m.display for m in procedures] == [
        "Chụp X-quang ngực thẳng",
        "Tổng phân tích tế bào máu",
    ]
    bare = {"MA_LK": "LK1", "MA_DICH_VU": "01.1", "NGAY_YL": "202403110920", "PP_VO_CAM": "9"}
    (made,) = made_of({"XML3": [bare]})
    assert made.resource["performedDateTime"] == "2024-03-11T09:20:00+07:00"
    assert made.resource["note"] == [{"text": "Vô cảm: 9"}]
    assert "note" not in made_of({"XML3": [bare | {"PP_VO_CAM": ""}]})[0].resource


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12.4", "G/L", {"valueQuantity": {"value": 12.4, "unit": "G/L"}}),
        ("7", "", {"valueQuantity": {"value": 7}}),
        ("3,9", "mmol/L", {"valueQuantity": {"value": 3.9, "unit": "mmol/L"}}),
        ("<0,125", "", {"valueQuantity": {"value": 0.125, "comparator": "<"}}),
        ("1,234", "", {"valueString": "1,234"}),  # a thousand and more, or one and a little
        ("< 0.5", "U", {"valueQuantity": {"value": 0.5, "comparator": "<", "unit": "U"}}),
        ("≥10", "", {"valueQuantity": {"value": 10, "comparator": ">="}}),
        ("<âm", "", {"valueString": "<âm"}),
        ("Âm tính", "", {"valueString": "Âm tính"}),
        ("12,4", "G/L", {"valueQuantity": {"value": 12.4, "unit": "G/L"}}),
    ],
)
def test_values_of_results(text, unit, value):
    row = sample.XML4 | {"GIA_TRI": text, "DON_VI_DO": unit}
    observation = only("Observation", made_of({"XML4": [row]}))[0]
    assert {k: v for k, v in observation.items() if k.startswith("value")} == value


def test_results_know_what_kind_they_are_from_the_services():
    count, picture = sample.XML4, sample.PICTURE
    assert only("Observation", EVERYTHING)[2]["category"][0]["coding"][0]["code"] == "laboratory"
    reports = only("DiagnosticReport", EVERYTHING)
    assert [r["category"][0]["coding"][0]["code"] for r in reports] == ["LAB", "RAD"]
    assert "result" in reports[0]
    assert "result" not in reports[1]
    alone = made_of({"XML4": [count | {"MA_DICH_VU": ""}, picture | {"MO_TA": ""}]})
    assert all("category" not in m.resource for m in alone)
    assert "presentedForm" not in alone[-1].resource


def test_a_result_without_anything_says_so():
    (made,) = made_of({"XML4": [{"MA_LK": "LK1", "STT": "1"}]})
    assert made.resource["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert made.resource["code"]["text"] == "Chỉ số không ghi tên"
    assert made.display == ""
    (report,) = made_of({"XML4": [{"MA_LK": "LK1", "KET_LUAN": "Bình thường"}]})
    assert report.display == "Kết quả cận lâm sàng"


def test_vital_signs_have_their_codes_and_units():
    found = {
        m.code: m.resource for m in EVERYTHING if m.table == "XML5" and m.section == "examinations"
    }
    assert set(found) == {"8867-4", "8310-5", "9279-1", "2708-6", "85354-9"}
    assert found["8310-5"]["valueQuantity"] == {
        "value": 37.5, "unit": "°C", "system": "http://unitsofmeasure.org", "code": "Cel",
    }  # fmt: skip
    pressure = [c["valueQuantity"]["value"] for c in found["85354-9"]["component"]]
    assert pressure == [120, 70]
    assert found["8867-4"]["effectiveDateTime"] == "2024-03-12T08:00:00+07:00"


def test_notes_without_words_or_moment():
    row = {"MA_LK": "LK1", "STT": "1", "DIEN_BIEN_LS": "CSST<M80>"}
    pulse, note = made_of({"XML5": [row]})
    assert "effectiveDateTime" not in pulse.resource
    assert (pulse.day, note.day) == (None, None)
    assert made_of({"XML5": [{"MA_LK": "LK1", "STT": "1", "DIEN_BIEN_LS": ""}]}) == []


def test_a_document_reads_as_a_paper():
    paper = next(m.resource for m in EVERYTHING if m.table == "XML7")
    text = base64.b64decode(paper["content"][0]["attachment"]["data"]).decode()
    assert text.startswith(
        "Vào viện: 11/3/2024 08:30\n\nRa viện: 14/3/2024 15:00\n\nChẩn đoán ra viện: Viêm phổi"
    )
    assert paper["type"]["coding"][0]["code"] == "18842-5"
    assert paper["author"][0]["display"] == "Lò Văn Ín"
    assert "date" not in paper  # a day is no instant
    note = next(m.resource for m in EVERYTHING if m.table == "XML5" and m.section == "documents")
    assert note["date"] == "2024-03-12T08:00:00+07:00"


def test_papers_without_a_signature_or_moment():
    bare = {"MA_LK": "LK1", "SO_LUU_TRU": "1", "NGAY_VAO": "hôm qua"}
    (made,) = made_of({"XML7": [bare]})
    assert "author" not in made.resource
    data = made.resource["content"][0]["attachment"]["data"]
    assert base64.b64decode(data).decode() == "Vào viện: hôm qua"


def test_a_referral_without_a_doctor_is_asked_for_by_the_facility():
    (made,) = made_of({"XML13": [{"MA_LK": "LK1", "DAU_HIEU_LS": "Khó thở"}]})
    assert made.resource["requester"]["identifier"]["value"] == "12001"
    assert made.resource["note"] == [{"text": "Dấu hiệu lâm sàng: Khó thở"}]


def test_births():
    (birth,) = births_of(claim_of(sample.EVERYTHING))
    assert (birth.line, birth.child_name, birth.child_sex) == (1, "Giàng Thị Con", 2)
    assert birth.born.fhir == "2024-03-12T05:15:00+07:00"
    assert (birth.weight, birth.caesarean, birth.before_32_weeks) == (3100, True, False)
    assert (birth.mother_name, birth.mother_birth.number) == ("Sùng Thị Mẹ", 19990000)
    assert (birth.mother_number, birth.mother_bhxh) == ("012199000999", "1212345999")
    assert (birth.temporary_card, birth.certificate, birth.book) == ("TE1121200000001", "17", "2")
    assert births_of(claim_of({"XML1": [XML1]})) == []


def test_a_certificate_of_birth_is_a_paper_of_the_mothers_visit_and_names_nobody():
    twin = sample.XML9 | {"GIOI_TINH_CON": "1", "CAN_NANG_CON": "2400", "HO_TEN_CON": ""}
    made = [m for m in made_of({"XML1": [XML1], "XML9": [sample.XML9, twin]}) if m.table == "XML9"]
    assert [(m.section, m.display, m.line) for m in made] == [
        ("documents", "Giấy chứng sinh", 1), ("documents", "Giấy chứng sinh", 2),
    ]  # fmt: skip
    text = base64.b64decode(made[0].resource["content"][0]["attachment"]["data"]).decode()
    for said in ("12/3/2024 05:15", "Giới tính của con: Nữ", "3100 g", "Phẫu thuật lấy thai: Có"):
        assert said in text
    whole = str([m.resource for m in made]) + text
    for kept_out in ("Sùng Thị Mẹ", "Giàng", "012199000999", "TE1121200000001", "1212345999"):
        assert kept_out not in whole


def test_hints_of_what_is_sensitive():
    assert hints_of(claim_of(sample.EVERYTHING)) == {"hiv", "tuberculosis", "child_died"}
    assert hints_of(claim_of({"XML1": [XML1]})) == frozenset()
    ended = {"XML11": [sample.XML11 | {"MA_DINH_CHI_THAI": "1"}]}
    assert hints_of(claim_of(ended)) == {"pregnancy_ended"}


def test_nothing_is_made_of_what_maps_to_nothing():
    quiet = {t: sample.EVERYTHING[t] for t in ("XML6", "XML15")}
    assert made_of(quiet | {"XML0": [sample.LK]}) == []


def test_no_flood_of_illnesses():
    codes = ";".join(f"{letter}{n:02}" for letter in "ABCDEFGH" for n in range(100))
    assert len(only("Condition", made_of({"XML1": [one(MA_BENH_KT=codes)]}))) == 100


def test_a_kind_of_visit_in_one_digit_is_that_of_two():
    """QĐ 130 had MA_LOAI_KCB as a number; QĐ 4750 made it text."""
    visit = made_of({"XML1": [one(MA_LOAI_KCB="3")]})[0]
    assert (visit.code, visit.display) == ("03", "Điều trị nội trú")
    assert visit.resource["class"]["code"] == "IMP"
    assert visit.resource["type"][0]["coding"][0]["code"] == "03"


def test_illnesses_parted_by_commas_are_an_illness_each():
    made = made_of({"XML1": [one(MA_BENH_CHINH="J189", MA_BENH_KT="E11.9,I10†; K29")]})
    assert [m.code for m in made if m.section == "conclusion"] == ["J18.9", "E11.9", "I10", "K29"]


def test_an_operation_is_told_once():
    rows = {
        "XML1": [one(MA_PTTT_QT="79.15;81.52")],
        "XML3": [sample.XML3 | {"MA_PTTT_QT": "79.15"}],
    }
    made = [m for m in made_of(rows) if m.section == "procedures"]
    assert [(m.table, m.code) for m in made] == [("XML1", "81.52"), ("XML3", "18.0119.0028")]


@pytest.mark.parametrize(("tag", "labels"), [
    ("NGAYKD_HIV", {"HIV"}), ("BDDT_ARV", {"HIV"}), ("NGAYBD_DTRI_LAO", set()),
])  # fmt: skip
def test_a_paper_of_tuberculosis_may_tell_more(tag, labels):
    claim = claim_of({"XML1": [one()], "XML15": [sample.LK | {tag: "20250301"}]})
    assert closed(packing.staged(claim)["said"]) == labels


@pytest.mark.parametrize(
    ("code", "words", "labels"),
    [
        ("1", "Tai nạn giao thông", set()),
        ("05", "Bạo lực, xung đột", {"SDV"}),
        ("6", "Tự tử", {"PSY"}),
        ("0", "", set()),
        ("", "", set()),
    ],
)
def test_how_somebody_was_hurt(code, words, labels):
    claim = claim_of({"XML1": [one(MA_TAI_NAN=code)]})
    assert closed(packing.staged(claim)["said"]) == labels
    assert (words in told(resources_of(claim)[0].resource).reasons) is bool(words)


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ({"MA_KHOA": "K15"}, {"PSY"}),
        ({"MA_KHOA": "K01;K15"}, {"PSY"}),
        ({"MA_KHOA": "K01"}, set()),
        ({"CHAN_DOAN_RV": "B20 - Bệnh có nhiều nhiễm trùng"}, {"HIV"}),
        ({"CHAN_DOAN_VAO": "TD (F32.1)"}, {"PSY"}),
        ({"GHI_CHU": "Nhiệt độ T40, phòng B20"}, set()),
    ],
)
def test_a_department_and_a_code_among_the_words_of_a_diagnosis_tell(said, labels):
    claim = claim_of({"XML1": [one(**said)]})
    assert closed(packing.staged(claim)["said"]) == labels


def test_each_day_of_coming_again_is_told_once():
    rows = {"XML1": [one(NGAY_TAI_KHAM="20240328;20240410")], "XML14": [sample.XML14]}
    made = [m for m in made_of(rows) if m.section == "appointments"]
    assert [(m.table, m.day) for m in made] == [
        ("XML1", date(2024, 4, 10)), ("XML14", date(2024, 3, 28)),
    ]  # fmt: skip
