"""The systems that codes and numbers of a claim belong to, and the words of the short lists.

The two Vietnamese guides of FHIR differ in their addresses and neither is official, so all
addresses stand here and nowhere else.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT (lists of KET_QUA_DTRI, MA_LOAI_RV); QĐ 1804/QĐ-BYT (2026)
for MA_LOAI_KCB; for MA_TAI_NAN table 8 of QĐ 9324/QĐ-BYT (2015), as hospital software lists it:
annex 4 of QĐ 5937/QĐ-BYT (2021), which the annex names, was not at hand; TT 06/2026/TT-BYT, in
force for visits that end from 1 July 2026, for ICD-10.
"""

from collections.abc import Mapping
from datetime import date

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
REPORT_CATEGORY = "http://terminology.hl7.org/CodeSystem/v2-0074"
DIAGNOSIS_ROLE = "http://terminology.hl7.org/CodeSystem/diagnosis-role"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
VISIT_CODE = "http://fhir.hl7.org.vn/core/sid/ma-lk"
_OURS = "urn:x-hssk:"
ICD10_2020 = _OURS + "icd-10:qd-4469-2020"
ICD10_2026 = _OURS + "icd-10:tt-06-2026"
NEW_EDITION_FROM = date(2026, 7, 1)


def ours(tag: str) -> str:
    """The address of the list or the register that a tag of the annex takes its values from."""
    return _OURS + tag.lower().replace("_", "-")


def edition_on(ended: date | None) -> str:
    """The edition of ICD-10 for a visit that ended on a day; of an unknown day, the older."""
    return ICD10_2026 if ended is not None and ended >= NEW_EDITION_FROM else ICD10_2020


# What a visit is → the class FHIR asks for, and its name. Day care and stays below four hours are
# SS (short stay); a stay at a commune's health station is OBSENC (observation).
KINDS = {
    "01": ("AMB", "Khám bệnh"),
    "02": ("AMB", "Điều trị ngoại trú"),
    "03": ("IMP", "Điều trị nội trú"),
    "04": ("SS", "Điều trị nội trú ban ngày"),
    "05": ("AMB", "Điều trị ngoại trú bệnh mạn tính dài ngày, có khám và lĩnh thuốc"),
    "06": ("OBSENC", "Điều trị lưu tại trạm y tế, phòng khám đa khoa khu vực, nhà hộ sinh"),
    "07": ("AMB", "Nhận thuốc theo hẹn, không khám"),
    "08": ("AMB", "Điều trị ngoại trú bệnh mạn tính dài ngày, có dịch vụ hoặc thuốc"),
    "09": ("SS", "Điều trị nội trú dưới bốn giờ"),
    "10": ("AMB", "Trường hợp khác"),
    "11": ("FLD", "Khám bệnh, chữa bệnh lưu động"),
    "12": ("HH", "Khám bệnh, chữa bệnh tại nhà"),
    "13": ("AMB", "Y học gia đình"),
    "14": ("VR", "Khám bệnh, chữa bệnh từ xa"),
    "15": ("AMB", "Khám sức khỏe định kỳ"),
    "16": ("AMB", "Khám sàng lọc"),
}


def kind_of(row: Mapping[str, str]) -> str:
    """MA_LOAI_KCB of a row in two digits: QĐ 130 had it as a number, `3` is the `03` of today."""
    code = row["MA_LOAI_KCB"]
    return f"0{code}" if len(code) == 1 and code.isdigit() else code


RESULTS = {
    "1": "Khỏi",
    "2": "Đỡ",
    "3": "Không thay đổi",
    "4": "Nặng hơn",
    "5": "Tử vong",
    "6": "Tiên lượng nặng xin về",
    "7": "Chưa xác định",
    "8": "Tử vong ngoại viện",
}
ENDINGS = {
    "1": "Ra viện",
    "2": "Chuyển theo yêu cầu chuyên môn",
    "3": "Trốn viện",
    "4": "Xin ra viện",
    "5": "Chuyển theo yêu cầu người bệnh",
}
INJURIES = {
    "1": "Tai nạn giao thông",
    "2": "Tai nạn lao động",
    "3": "Tai nạn dưới nước",
    "4": "Bỏng",
    "5": "Bạo lực, xung đột",
    "6": "Tự tử",
    "7": "Ngộ độc các loại",
    "8": "Khác",
}
ANAESTHESIA = {"1": "Gây mê", "2": "Gây tê", "3": "Châm tê"}
