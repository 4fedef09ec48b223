"""What this product refuses to read, by name, with what to do."""

from hssk.exchange.formats.errors import UnreadableFile

_SAVE_AS = "Mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (.xlsx), rồi gửi lại."

_REFUSALS = {
    "empty": (
        "Tệp không có dữ liệu nào.",
        "Kiểm tra lại tệp đã chọn; hãy gửi tệp có danh sách.",
    ),
    "html": ("Tệp này là một trang web được đặt tên như tệp Excel.", _SAVE_AS),
    "xml": ("Tệp này là XML, chưa phải bảng tính .xlsx.", _SAVE_AS),
    "pdf": (
        "Tệp này là PDF.",
        "Hãy xin tệp Excel gốc của danh sách; bản PDF hoặc bản quét không đọc được.",
    ),
    "image": (
        "Tệp này là ảnh.",
        "Hãy xin tệp Excel gốc của danh sách; ảnh chụp không đọc được.",
    ),
    "word": (
        "Tệp này là văn bản Word.",
        "Chép bảng sang Excel, lưu thành .xlsx, rồi gửi lại.",
    ),
    "slides": (
        "Tệp này là bản trình chiếu.",
        "Chép bảng sang Excel, lưu thành .xlsx, rồi gửi lại.",
    ),
    "archive": (
        "Tệp này là tệp nén.",
        "Giải nén, rồi gửi từng tệp Excel hoặc CSV bên trong.",
    ),
    "password": (
        "Tệp có đặt mật khẩu mở.",
        "Mở bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc, bỏ mật khẩu, lưu, rồi gửi lại.",
    ),
    "bomb": (
        "Tệp khi giải nén ra lớn bất thường.",
        "Mở bằng Excel, chép riêng danh sách sang một tệp mới, lưu thành .xlsx, rồi gửi lại.",
    ),
    "damaged": (
        "Tệp bị hỏng hoặc tải về chưa đủ.",
        "Tải hoặc chép lại tệp; mở thử bằng Excel, nếu mở được thì lưu lại thành .xlsx.",
    ),
    "unknown": (
        "Không nhận ra đây là loại tệp gì.",
        "Hãy gửi tệp .xlsx, .xls, .ods hoặc .csv.",
    ),
    "no_table": (
        "Không tìm thấy danh sách người nào trong tệp.",
        "Danh sách cần một dòng tiêu đề cột có “Họ và tên”; kiểm tra lại tệp đã chọn.",
    ),
    "hidden": (
        "Các trang đang hiện của tệp không có danh sách người nào; trang ẩn thì máy không đọc.",
        "Mở bằng Excel, bấm chuột phải vào tên một trang, chọn Hiện (Unhide), lưu, rồi gửi lại.",
    ),
    "missing": ("Không mở được tệp.", "Kiểm tra đường dẫn và quyền đọc tệp."),
    "too_large": (
        "Tệp quá lớn để đọc trong giới hạn bộ nhớ.",
        "Chia danh sách thành nhiều tệp (ví dụ mỗi xã một tệp), rồi gửi từng tệp.",
    ),
    "too_many_rows": (
        "Tệp có quá 2.000 dòng.",
        "Chia thành nhiều tệp (ví dụ mỗi xã một tệp), rồi gửi từng tệp.",
    ),
    "too_slow": (
        "Đọc tệp mất quá nhiều thời gian nên đã dừng.",
        "Mở bằng Excel, chép riêng danh sách sang một tệp mới, lưu thành .xlsx, rồi gửi lại.",
    ),
    "died": (
        "Tiến trình đọc tệp đã dừng đột ngột; chưa có dòng nào được nhận.",
        "Thử gửi lại; nếu vẫn vậy, mở bằng Excel, lưu thành .xlsx mới rồi gửi lại.",
    ),
}
KINDS = tuple(_REFUSALS)


def refuse(kind: str) -> UnreadableFile:
    """The refusal called `kind`, to be raised. KeyError for a kind that is not in the list."""
    message, advice = _REFUSALS[kind]
    return UnreadableFile(kind, message, advice)
