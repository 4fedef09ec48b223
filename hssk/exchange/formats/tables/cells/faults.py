"""What can be wrong with one cell, and what to do: one place for the words.

A converter names a fault by its key; the row shows the sentence. All are warnings unless said.
"""

from hssk.exchange.formats.rows import ERROR, WARNING, Problem

_FAULTS = {
    "date_unreadable": (
        "Cột {column}: “{value}” không đọc được là ngày tháng.",
        "Ghi theo ngày/tháng/năm, ví dụ 05/03/1958, hoặc chỉ năm 1958.",
    ),
    "date_impossible": (
        "Cột {column}: không có ngày {value}.",
        "Xem lại giấy tờ và sửa ngày; hiện chỉ dùng năm (nếu rõ).",
    ),
    "date_swapped": (
        "Cột {column}: “{value}” có vẻ ghi tháng trước ngày.",
        "Đã hiểu số lớn hơn 12 là ngày; xem lại và ghi theo ngày/tháng/năm.",
    ),
    "date_day_first": (
        "Cột {column}: “{value}” ghi ngày trước tháng, khác với cả cột.",
        "Đã hiểu số lớn hơn 12 là ngày; xem lại và ghi theo ngày/tháng/năm.",
    ),
    "date_ambiguous": (
        "Cột {column}: không rõ đâu là ngày, đâu là tháng trong “{value}”.",
        "Cột này ghi theo cả hai thứ tự; xem lại giấy tờ và ghi theo ngày/tháng/năm.",
    ),
    "date_two_digit_year": (
        "Cột {column}: năm của “{value}” chỉ có hai chữ số.",
        "Ghi đủ bốn chữ số của năm.",
    ),
    "date_future": (
        "Cột {column}: ngày {value} nằm sau ngày lập tệp.",
        "Xem lại giấy tờ và sửa ngày.",
    ),
    "date_too_old": (
        "Cột {column}: theo ngày {value} người này đã hơn 120 tuổi.",
        "Xem lại giấy tờ; nếu người này đã mất, xin ghi rõ.",
    ),
    "formula": (
        "Cột {column}: công thức trong ô báo lỗi hoặc chưa được tính ({value}).",
        "Mở tệp bằng Excel, sửa công thức hoặc dán lại thành giá trị, lưu rồi gửi lại.",
    ),
    "digits_lost": (
        "Cột {column}: “{value}” đã mất các chữ số cuối do Excel viết gọn.",
        "Đặt kiểu ô là Văn bản (Text) rồi nhập lại số đầy đủ.",
    ),
    "id_odd": (
        "Cột {column}: “{value}” không phải số CCCD (12 số) hay CMND (9 số).",
        "Xem lại giấy tờ và nhập lại; người này vẫn được nhận.",
    ),
    "id_province": (
        "Cột {column}: số {value} có ba số đầu không phải mã tỉnh.",
        "Xem lại giấy tờ và nhập lại.",
    ),
    "bhxh_odd": (
        "Cột {column}: “{value}” không phải mã số BHXH (10 số) hay thẻ BHYT (15 ký tự).",
        "Xem lại thẻ và nhập lại; người này vẫn được nhận.",
    ),
    "phone_odd": (
        "Cột {column}: “{value}” không phải số điện thoại Việt Nam.",
        "Nhập lại số gồm 10 chữ số, bắt đầu bằng 0.",
    ),
    "sex_odd": (
        "Cột {column}: không hiểu giới tính “{value}”.",
        "Ghi Nam hoặc Nữ.",
    ),
    "visits_odd": (
        "Cột {column}: “{value}” không phải số lượt khám.",
        "Ghi một số nguyên.",
    ),
    "birth_twice": (
        "Cột {column}: ngày sinh ghi ở cả cột Nam và cột Nữ.",
        "Chỉ ghi ngày sinh ở một cột theo giới tính.",
    ),
    "sex_disagrees": (
        "Cột {column}: giới tính “{value}” khác với cột Nam/Nữ có ngày sinh.",
        "Xem lại và sửa một trong hai chỗ.",
    ),
    "card_disagrees": (
        "Cột {column}: mười số cuối của thẻ BHYT khác mã số BHXH.",
        "Xem lại thẻ và sửa một trong hai số.",
    ),
    "no_name": (
        "Dòng có số giấy tờ nhưng không có họ tên.",
        "Bổ sung họ tên.",
    ),
    "nobody": (
        "Dòng không có họ tên và không có số giấy tờ nào.",
        "Bổ sung họ tên, hoặc xóa dòng nếu không phải là một người.",
    ),
    "no_name_column": (
        "Bảng này không có cột nào ghi họ tên.",
        "Đặt tiêu đề “Họ và tên” cho cột ghi tên, hoặc chỉ ra cột đó trong “Xem cách đọc các cột”.",
    ),
    "not_a_name": (
        "Cột {column}: “{value}” không phải họ tên.",
        "Ghi họ và tên của người này.",
    ),
}
_ERRORS = {"nobody", "no_name_column", "not_a_name"}
FAULTS = tuple(_FAULTS)


def problem(fault: str, *, column: str = "", value: object = "") -> Problem:
    """The fault as a Problem of a row. KeyError for a fault that is not in the list."""
    message, advice = _FAULTS[fault]
    params = {"column": column, "value": str(value).strip()[:60]}
    return Problem(column, ERROR if fault in _ERRORS else WARNING, message, params, advice)
