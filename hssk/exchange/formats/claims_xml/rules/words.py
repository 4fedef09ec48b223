"""What a finding is, and its words for who must repair the claim."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of a claim that contradicts the annex or itself. It never stops the claim.

    table, line, tag  where: line from 1, 0 for the table as a whole; tag "" for the whole line
    rule              a short stable word
    words, advice     Vietnamese format strings, `params` fills both: as Problem, so that they can
                      be translated first
    """

    table: str
    line: int
    tag: str
    rule: str
    words: str
    advice: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is wrong and what to do, in Vietnamese."""
        return f"{self.words} {self.advice}".format(**self.params)


_FILL = "Ghi đủ trong phần mềm, rồi xuất lại hồ sơ."
_TIME = "Sửa thời điểm trong phần mềm, rồi xuất lại hồ sơ."
_SUM = "Tính lại số tiền trong phần mềm, rồi xuất lại hồ sơ."
_CODE = "Chọn lại mã trong danh mục, rồi xuất lại hồ sơ."
_SOFTWARE = "Báo cho đơn vị cung cấp phần mềm."
_TABLES = "Kiểm tra các bảng của lần khám này, rồi xuất lại hồ sơ."

WORDS = {
    # fields
    "missing": ("Bảng {table} không ghi {tag}.", _FILL),
    "unknown_code": ("Mã “{value}” không có trong danh mục của {tag}.", _CODE),
    "not_a_moment": ("Giá trị “{value}” của {tag} không phải ngày giờ đúng dạng.", _TIME),
    "not_a_number": (
        "Giá trị “{value}” của {tag} không phải số.",
        "Ghi số với dấu chấm thập phân, không có dấu cách.",
    ),
    "lists_unequal": (
        "Trường {tag} có {count} giá trị nhưng có {cards} thẻ.",
        "Ghi mỗi thẻ một giá trị, cách nhau bằng dấu chấm phẩy.",
    ),
    # illnesses
    "one_main": (
        "Mã bệnh chính có {count} mã.",
        "Chỉ ghi một mã bệnh chính; ghi các mã khác vào MA_BENH_KT.",
    ),
    "too_many_companions": (
        "Có {count} mã bệnh kèm theo, nhiều hơn 12.",
        "Giữ lại nhiều nhất 12 mã, quan trọng trước.",
    ),
    "main_repeated": (
        "Mã bệnh chính {value} được ghi lại trong bệnh kèm theo.",
        "Bỏ mã đó khỏi MA_BENH_KT.",
    ),
    "icd_shape": ("Mã “{value}” không có dạng mã ICD-10.", _CODE),
    "icd_unknown": ("Mã “{value}” không có trong ICD-10 áp dụng cho lần khám này.", _CODE),
    # moments
    "out_of_order": ("Thời điểm {later} ({value}) sớm hơn {earlier} ({other}).", _TIME),
    "days": (
        "Số ngày điều trị ghi {value}, theo hình thức khám chữa bệnh phải là {expected}.",
        "Tính lại SO_NGAY_DTRI, rồi xuất lại hồ sơ.",
    ),
    "ends_at_2359": (
        "Thời điểm ra viện của hình thức {value} phải là 23 giờ 59 của ngày cuối.",
        _TIME,
    ),
    "appointment_past": ("Ngày hẹn khám lại {value} không sau ngày ra viện.", _TIME),
    "result_late": ("Kết quả cận lâm sàng có sau ngày ra viện hơn 60 ngày.", _TIME),
    # amounts
    "amount": ("Số tiền {tag} ghi {value}, tính ra {expected}.", _SUM),
    # tables
    "no_xml1": ("Hồ sơ không có bảng XML1.", _TABLES),
    "many_xml1": ("Hồ sơ có {count} dòng XML1.", "Tách mỗi lần khám thành một hồ sơ."),
    "other_visit": (
        "Dòng này có mã liên kết “{value}”, khác mã “{expected}” của hồ sơ.",
        _TABLES,
    ),
    "other_facility": (
        "Cơ sở ghi trong XML1 là {value}, khác cơ sở gửi {expected}.",
        "Kiểm tra MA_CSKCB và MACSKCB, rồi xuất lại hồ sơ.",
    ),
    "no_service": ("Có bảng XML4 nhưng XML3 không có dịch vụ cận lâm sàng nào.", _TABLES),
    "no_notes": ("Hình thức khám chữa bệnh {value} cần bảng XML5.", _TABLES),
    "no_summary_here": ("Bảng XML8 không dùng cho hình thức khám chữa bệnh {value}.", _TABLES),
    "no_referral_here": (
        "Có bảng XML13 nhưng loại ra viện là “{value}”, không phải 2, 5.",
        _TABLES,
    ),
    "one_per_child": (
        "Giấy chứng sinh ghi {value} con nhưng có {count} dòng XML9.",
        "Ghi mỗi con một giấy chứng sinh.",
    ),
    "weeks": ("Tuổi thai “{value}” không trong khoảng 1 đến 42 tuần.", _FILL),
    # packing
    "mislabelled": ("Nội dung là bảng {table} nhưng LOAIHOSO ghi “{value}”.", _SOFTWARE),
    "unknown_table": ("Bảng “{table}” không thuộc hồ sơ gửi nên không được đọc.", _SOFTWARE),
    "unknown_tag": ("Thẻ {tag} không có trong bảng {table}.", _SOFTWARE),
    "repeated_tag": ("Thẻ {tag} được ghi hai lần với hai giá trị.", _SOFTWARE),
    "empty_table": ("Bảng {table} không có dòng nào.", _SOFTWARE),
}


def finding(rule: str, table: str, line: int, tag: str = "", **params: object) -> Finding:
    """A finding of a rule. KeyError for a rule that is not in WORDS."""
    words, advice = WORDS[rule]
    said = {name: str(value)[:80] for name, value in params.items()}
    return Finding(table, line, tag, rule, words, advice, {"table": table, "tag": tag} | said)
