"""What is not read as a file of claims, by name, with what to do."""

from hssk.exchange.formats.errors import UnreadableFile

_EXPORT = "Xuất lại hồ sơ từ phần mềm của cơ sở, rồi gửi lại."
_ENVELOPE = (
    "Hãy gửi tệp XML có phần tử gốc GIAMDINHHS, như khi gửi lên Cổng giám định bảo hiểm y tế, "
    "hoặc KHAMSUCKHOE, như khi gửi kết quả khám sức khỏe lên Bộ Y tế."
)

_REFUSALS = {
    "missing": ("{where}: không mở được.", "Kiểm tra đường dẫn và quyền đọc tệp."),
    "empty": ("{where} không có dữ liệu nào.", "Kiểm tra lại tệp đã chọn. " + _EXPORT),
    "not_xml": ("{where} không phải là XML.", _ENVELOPE),
    "json": (
        "{where} là một bản tin JSON, không phải là XML.",
        "Hãy gửi tệp XML (KHAMSUCKHOE) mà phần mềm làm ra trước khi gói vào bản tin; trong bản tin "
        "ấy, nó là phần file_content, mã hóa base64.",
    ),
    "bare": ("{where} chỉ là một bảng ({detail}), không có phong bì GIAMDINHHS.", _ENVELOPE),
    "not_claims": (
        "{where} là XML nhưng không phải hồ sơ khám bệnh, chữa bệnh: phần tử gốc là “{detail}”.",
        _ENVELOPE,
    ),
    "encoding": (
        "{where} có bảng mã chữ không đúng ({detail}).",
        "Xuất lại tệp ở bảng mã UTF-8, phần khai báo đầu tệp ghi đúng bảng mã, rồi gửi lại.",
    ),
    "dtd": (
        "{where} có khai báo DOCTYPE, là cách tệp độc hại hay dùng nên không được đọc.",
        _EXPORT + " Nếu vẫn vậy, báo cho người quản trị phần mềm đó.",
    ),
    "damaged": ("{where} bị hỏng hoặc bị cắt cụt ({detail}).", _EXPORT),
    "too_large": (
        "{where} lớn quá giới hạn ({detail}).",
        "Chia thành nhiều tệp, rồi gửi từng tệp.",
    ),
    "too_many": (
        "{where} có quá nhiều phần tử hoặc hồ sơ ({detail}).",
        "Chia thành nhiều tệp, rồi gửi từng tệp.",
    ),
    "too_deep": ("{where} có các phần tử lồng nhau quá sâu ({detail}).", _EXPORT),
    "base64": ("{where} có NOIDUNGFILE không phải base64 đúng ({detail}).", _EXPORT),
    "no_tables": ("{where} không có bảng nào.", _EXPORT),
}
KINDS = tuple(_REFUSALS)
_LONGEST = 80  # letters of a detail: it may come from the file itself


def refuse(kind: str, where: str, detail: str = "") -> UnreadableFile:
    """The refusal called `kind`, to be raised. KeyError for a kind that is not in the list.

    where   what is meant, in Vietnamese, as a sentence begins: a file, a claim, a table of it
    detail  what is wrong with it, or where in it
    """
    message, advice = _REFUSALS[kind]
    short = detail if len(detail) <= _LONGEST else detail[: _LONGEST - 1] + "…"
    return UnreadableFile(kind, message.format(where=where, detail=short), advice)


def plainly(kind: str, where: str) -> str:
    """What the refusal called `kind` says of `where`, and what to do, without its details."""
    message, advice = _REFUSALS[kind]
    said = message.replace(" ({detail})", "").replace(": phần tử gốc là “{detail}”", "")
    return f"{said.format(where=where)} {advice}"
