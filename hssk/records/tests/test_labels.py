"""What is sensitive is labelled by a table, in every way it can be told, and with its whole visit."""

import pytest

from hssk.records.rules.labels import (
    ANY,
    DEPARTMENT,
    DRUG,
    ICD,
    NOTE,
    PLACE,
    SERVICE,
    TABLE_OF_CLAIM,
    TEST,
    closed,
    labels_of,
    lines,
    security_of,
)  # fmt: skip
from hssk.records.rules.sections import SECTIONS, Tier, tier_of
from hssk.records.rules.told import told_by


@pytest.mark.parametrize(
    ("kind", "text", "labels"),
    [
        (ICD, "B20", "HIV"), (ICD, "B24", "HIV"), (ICD, "B22.7", "HIV"), (ICD, "B227", "HIV"),
        (ICD, "b20.1†", "HIV"), (ICD, "B19.9", ""), (ICD, "B25", ""), (ICD, "Z21", "HIV"),
        (ICD, "F20.0", "PSY"), (ICD, "F11.2", "PSY SUD"), (ICD, "F99", "PSY"), (ICD, "G00", ""),
        (ICD, "O04.9", "SEX"), (ICD, "O06", "SEX"), (ICD, "O03.9", ""), (ICD, "O07", ""),
        (ICD, "Z30.1", "SEX"), (ICD, "Z71.4", "SUD"), (ICD, "Z71.7", "HIV"), (ICD, "Z71.9", ""),
        (ICD, "T74.1", "SDV"), (ICD, "Y05", "SDV"), (ICD, "Y07.0", "SDV"), (ICD, "Y08", ""),
        (ICD, "", ""), (ICD, "viêm họng", ""), (ICD, "J18", ""),
        (DRUG, "Lamivudin 150mg + Zidovudin 300mg", "HIV"), (DRUG, "Methadone 10mg/ml", "SUD"),
        (DRUG, "Olanzapine", "PSY"), (DRUG, "OLANZAPIN 10 mg", "PSY"), (DRUG, "Amoxicilin", ""),
        (DRUG, "Mifepriston 200mg", "SEX"), (TEST, "Đếm số lượng CD4", "HIV"),
        (TEST, "HIV Ab test nhanh", "HIV"), (TEST, "Glucose", ""), (TEST, "Test nhanh ma túy", "SUD"),
        (SERVICE, "Phá thai bằng thuốc đến 7 tuần", "SEX"), (SERVICE, "Siêu âm ổ bụng", ""),
        (PLACE, "Bệnh viện Tâm thần tỉnh", "PSY"), (PLACE, "Khoa Nội", ""),
        (ANY, "Tâm thần: bình thường", ""), (ANY, "Nghi bị bạo lực gia đình", "SDV"),
        (SERVICE, "Đếm số lượng tế bào CD4", "HIV"), (SERVICE, "Định tính Morphin niệu", "SUD"),
        (TEST, "HIV1/2 Ab", "HIV"), (TEST, "HIVAg/Ab", "HIV"), (TEST, "Tải lượng vi rút", "HIV"),
        (NOTE, "Đang uống Efavirenz 600mg mỗi tối", "HIV"), (NOTE, "Tâm thần: bình thường", ""),
        (NOTE, "Hẹn khám lại khoa Tâm thần", "PSY"), (NOTE, "Tâm thần kinh: tốt", ""),
        (NOTE, "Tiêm morphin 10mg dưới da", ""), (ANY, "Dị ứng haloperidol", ""),
        (TABLE_OF_CLAIM, "XML6", "HIV"), (TABLE_OF_CLAIM, "XML5", ""), (ANY, "", ""),
    ],
)  # fmt: skip
def test_a_code_or_a_word_is_labelled(kind, text, labels):
    assert labels_of(kind, text) == frozenset(labels.split())


@pytest.mark.parametrize(
    ("kind", "text", "labels"),
    [
        (NOTE, "Hội chứng suy giảm miễn dịch mắc phải", "HIV"), (NOTE, "Nhiễm H.I.V", "HIV"),
        (NOTE, "Bệnh do vi rút gây suy giảm miễn dịch ở người", "HIV"), (DRUG, "ALUVIA", "HIV"),
        (NOTE, "Trầm cảm nặng", "PSY"), (NOTE, "Rối loạn lo âu lan tỏa", "PSY"),
        (NOTE, "Ý tưởng tự sát", "PSY"), (DRUG, "Risperdal 2mg", "PSY"),
        (DRUG, "Venlafaxine 75mg", "PSY"), (TEST, "Trắc nghiệm tâm lý MMPI", "PSY"),
        (NOTE, "Nghiện rượu", "SUD"), (NOTE, "Nghiện chất dạng thuốc phiện", "SUD"),
        (NOTE, "Hội chứng cai rượu", "SUD"), (SERVICE, "Định tính heroin niệu", "SUD"),
        (NOTE, "Giang mai sớm", "SEX"), (NOTE, "Sùi mào gà", "SEX"), (DRUG, "Postinor", "SEX"),
        (NOTE, "Nạo hút thai 7 tuần", "SEX"), (NOTE, "Chấm dứt thai kỳ", "SEX"),
        (SERVICE, "Cấy que tránh thai", "SEX"), (SERVICE, "Triệt sản nữ", "SEX"),
        (SERVICE, "Khám kế hoạch hóa gia đình", "SEX"), (TEST, "VDRL", "SEX"),
        (NOTE, "Lạm dụng tình dục trẻ em", "SDV"), (NOTE, "Bị chồng đánh", "SDV"),
        (DEPARTMENT, "K15", "PSY"), (DEPARTMENT, "K01;k15", "PSY"), (DEPARTMENT, "K14", ""),
        (DEPARTMENT, "Khoa Nam học", "SEX"), (NOTE, "Nằm phòng K15", ""),
    ],
)  # fmt: skip
def test_what_a_doctor_writes_in_words_is_labelled_as_its_code_is(kind, text, labels):
    assert labels_of(kind, text) == frozenset(labels.split())


@pytest.mark.parametrize(
    "text",
    [
        "Rối loạn thần kinh thực vật", "Siêu âm não thai nhi", "Uống từ từ", "Từ kỳ kinh cuối",
        "Dao điện lưỡng cực", "Suy giảm miễn dịch ở người già", "Bệnh lâu ngày", "Cân bằng, 40 tuổi",
        "Siêu âm toàn bộ thai", "Sốc điện điều trị rung nhĩ", "Nghiền nhỏ, cho uống", "Sỏi thận",
    ],
)  # fmt: skip
def test_words_that_only_sound_alike_without_their_marks_tell_nothing(text):
    assert labels_of(NOTE, text) == labels_of(SERVICE, text) == frozenset()


def test_one_drug_labels_the_whole_visit():
    visit = [
        {"resourceType": "Encounter", "status": "finished", "reasonCode": [{"text": "Sốt"}]},
        {"resourceType": "MedicationStatement", "status": "active",
         "medicationCodeableConcept": {"text": "Dolutegravir 50mg"}},
    ]  # fmt: skip
    assert closed(told for resource in visit for told in told_by(resource)) == {"HIV"}
    assert closed(told for resource in visit[:1] for told in told_by(resource)) == frozenset()


def test_the_name_of_a_facility_and_a_code_deep_inside_tell():
    psychiatric = {
        "resourceType": "Encounter",
        "serviceProvider": {"display": "Bệnh viện Tâm thần tỉnh"},
    }
    coded = {
        "resourceType": "Procedure",
        "reasonCode": [{"coding": [{"system": "urn:hssk:icd-10:qd4469", "code": "F32.1"}]}],
    }
    assert closed(told_by(psychiatric)) == {"PSY"}
    assert closed(told_by(coded)) == {"PSY"}


def test_an_organ_examined_and_found_well_tells_nothing():
    examined = {"resourceType": "DocumentReference", "description": "Tâm thần: bình thường"}
    assert closed(told_by(examined)) == frozenset()


def test_a_medicine_named_in_a_paper_tells():
    paper = {"resourceType": "DocumentReference", "description": "Tiếp tục clozapin 100mg"}
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Clozapin"}}
    assert closed(told_by(paper)) == {"PSY"}
    assert closed(told_by(allergy)) == frozenset()  # whoever treats must see it


@pytest.mark.parametrize(
    "said",
    [
        {"reasonCode": [{"text": "Đến lấy efavirenz"}]},
        {"text": {"status": "generated", "div": "<div>Uống dolutegravir đúng giờ</div>"}},
    ],
)
def test_a_medicine_named_in_why_somebody_came_or_in_the_advice_tells(said):
    assert closed(told_by({"resourceType": "Encounter", "status": "finished", **said})) == {"HIV"}


def test_a_label_makes_any_section_sensitive():
    assert all(tier_of(key, True) is Tier.SENSITIVE for key in SECTIONS)
    assert tier_of("immunisation", False) is Tier.PREVENTIVE
    assert tier_of("visits", False) is Tier.ROUTINE


def test_what_somebody_believes_is_seen_in_care_alone():
    assert tier_of("administrative", False, "administrative.religion") is Tier.ROUTINE
    assert tier_of("administrative", False, "administrative.email") is Tier.REGISTER


def test_every_line_has_a_source_and_a_known_kind():
    kinds = {ICD, DRUG, TEST, SERVICE, PLACE, DEPARTMENT, TABLE_OF_CLAIM, ANY}
    assert all(line.source and line.label and line.match and line.kind in kinds for line in lines())


def test_what_has_no_letter_tells_nothing():
    """So that readers of claims may leave amounts and moments out."""
    assert all(any(letter.isalpha() for letter in line.match) for line in lines())


def test_the_resource_says_why_it_is_restricted():
    assert [coding["code"] for coding in security_of({"SUD", "HIV"})] == ["R", "HIV", "SUD"]
    assert security_of(()) == []
