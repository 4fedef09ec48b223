"""Layouts of roster sheets: which columns, in which order, under which headers."""

from dataclasses import dataclass

TWO_COLUMNS, DATE_AND_SEX, SEX_MARKED = "two columns", "date and sex", "sex marked"


@dataclass(frozen=True)
class Style:
    """`birth` says how birth and sex share two columns; `two_level` whether under one heading.

    `headers` are (key, text) in order; the key "birth" stands for two columns.
    """

    birth: str
    two_level: bool
    headers: tuple[tuple[str, str], ...]
    top: str = ""  # the heading over the two columns
    below: tuple[str, str] = ("", "")
    titles: int = 3


_A = Style(
    birth=TWO_COLUMNS,
    two_level=True,
    top="Ngày, tháng, năm sinh",
    below=("Nam", "Nữ"),
    headers=(
        ("number", "STT"),
        ("household_no", "Số hộ"),
        ("name", "Họ và tên"),
        ("birth", ""),
        ("relation", "Quan hệ với chủ hộ"),
        ("ethnicity", "Dân tộc"),
        ("id", "Số CCCD/CMND"),
        ("bhxh", "Mã số BHXH"),
        ("hamlet", "Tổ dân phố/bản"),
        ("insurance_place", "Nơi đăng ký KCB ban đầu"),
        ("phone", "Số điện thoại"),
        ("note", "Ghi chú"),
    ),
)
_B = Style(
    birth=DATE_AND_SEX,
    two_level=True,
    top="Sinh",
    below=("Ngày sinh", "Giới tính"),
    headers=_A.headers,
    titles=4,
)
_C = Style(
    birth=DATE_AND_SEX,
    two_level=False,
    below=("Ngày tháng năm sinh", "Giới tính"),
    headers=(
        ("number", "TT"),
        ("hamlet", "Tổ/bản"),
        ("household_no", "Hộ số"),
        ("name", "Họ và tên"),
        ("relation", "Quan hệ"),
        ("birth", ""),
        ("id", "Số định danh cá nhân"),
        ("ethnicity", "Dân tộc"),
        ("phone", "Điện thoại"),
        ("bhxh", "Số BHXH"),
        ("insurance_place", "Nơi ĐK KCBBĐ"),
        ("note", "Ghi chú"),
    ),
    titles=2,
)
_D = Style(
    birth=SEX_MARKED,
    two_level=False,
    below=("Năm sinh", "Nữ"),
    headers=_C.headers,
    titles=2,
)
LAYOUTS = {"mixed": (_A, _B, _A, _C), "plain": (_C,), "hard": (_A, _D, _B, _C)}


def place_of(style: Style, key: str) -> int:
    """The first column, from 0, of a header key."""
    column = 0
    for header, _ in style.headers:
        if header == key:
            return column
        column += 2 if header == "birth" else 1
    raise KeyError(key)


def width(style: Style) -> int:
    return len(style.headers) + 1


def sheet_names(communes: list[tuple[str, str]]) -> list[str]:
    """P. Tân Phong, X. San Thàng: what clerks call their sheets, each name once."""
    names: list[str] = []
    for code, commune in communes:
        name = commune.replace("Thị trấn ", "TT. ").replace("Phường ", "P. ").replace("Xã ", "X. ")
        taken = {other.lower() for other in names}
        names.append(f"{name} {code}" if name.lower() in taken else name)
    return names
