"""What the users call their columns: one rule per field, matched on a folded header text.

Source: rosters kept by police, communes and health stations; the extract of the health-record
software; field names of QĐ 130/QĐ-BYT XML1 (HO_TEN, NGAY_SINH, MA_THE_BHYT, MA_DKBD …).
"""

import re

from hssk.kit.text import clean, fold

NOT_OURS = "-"  # a header we know and have no use for

# First match wins, so the narrower rule stands above the wider one.
_RULES = (
    ("sex", r"gioi tinh"),
    ("updated", r"cap nhat|ngay (chinh )?sua|sua (lan )?cuoi|updated"),
    (
        NOT_OURS,
        r"\b(ngay|noi|co quan|han) cap\b|\b(han|gia tri)\b.*\b(the|su dung|dung)\b|^(tu|den) ngay$",
    ),
    (
        NOT_OURS,
        r"ngay (het han|bat dau|ket thuc|dang ky|den|di|chet|mat|tu vong|kham)|\bky nhan\b|^ky$",
    ),
    (
        NOT_OURS,
        r"noi sinh|que quan|nguyen quan|ton giao|quoc tich|nghe nghiep|trinh do|nhom mau|^tuoi$",
    ),
    (NOT_OURS, r"khai sinh|ma khu vuc|khuvuc|\b(huyen|quan|tinh|thanh pho)\b$|^ma (tinh|huyen)"),
    ("created", r"ngay (khoi )?tao|ngay lap|created"),
    ("visits", r"(luot|lan) (di )?(kham|kcb)"),
    ("insurance_place", r"\bkcb|kcbbd|kham (chua )?benh|dkbd|noi dk bd|co so y te"),
    ("app_opened", r"ung dung|\bapp\b|vneid|vnpt|vssid"),
    ("status", r"trang thai|tinh trang"),
    (
        "system_number",
        r"hssk|hsskdt|\bma (ho so|hs|y te|bn|benh nhan|dinh danh y te)\b|\bma so ho so\b",
    ),
    ("relation", r"quan he|\bqh\b|qhch"),
    (NOT_OURS, r"\b(cha|me|bo|giam ho|nguoi than|ncsc|nguoi cham soc|nguoi lien he|vo chong)\b"),
    ("head_name", r"chu ho"),
    ("card", r"\bthe\b.*\b(bhyt|bao hiem|bh)\b|\b(ma|so) the\b|bhyt|bao hiem y te|\bthe bh\b"),
    ("bhxh", r"bhxh|bao hiem xa hoi"),
    ("id", r"cccd|can cuoc|dinh danh|\b(so )?ddcn\b|giay to tuy than|\bpid\b|\bcc\b"),
    ("cmnd", r"cmnd|cmtnd|\bcmt\b|chung minh"),
    ("birth_day", r"^ngay$"),
    ("birth_month", r"^thang( sinh)?$"),
    ("birth_year", r"^nam sinh$|^year"),
    (
        "birth",
        r"ngay sinh|nam sinh|ngay thang sinh|^sinh( ngay)?$|ntns|\bdob\b|birth|^nsinh$",
    ),
    ("sex", r"gioi tinh|^gioi$|^gt$|^phai$|nam nu|\bsex\b|gender"),
    ("ethnicity", r"dan toc"),
    ("phone", r"dien thoai|\bsdt\b|phone|mobile|di dong|so dt|so may"),
    (
        "address",
        r"dia chi|cho o|noi (o|cu tru|thuong tru|tam tru)|thuong tru|hktt|dkhk|address|cu tru",
    ),
    (
        "household",
        r"\b(so|ma|stt|tt) (so )?ho\b|\bho (so|khau)\b|^ho gia dinh$|\bso hk\b|household|^ma hgd$",
    ),
    (
        "last_name",
        r"^ho( va)?( ten)?( chu)? (dem|lot)$|^ho (va )?ten dem$|^ho dem|^ho lot|last name|^ho$",
    ),
    (
        "name",
        r"ho( va)?( chu)?( dem| lot)?( va)? ten|ten (nguoi|cong dan|khach|benh|nhan|thanh)",
    ),
    ("first_name", r"^ten( goi)?$|first name|given name"),
    ("name", r"full ?name|^nhan khau$|^name$|^ten day du$|^nguoi dan$"),
    (
        "hamlet",
        r"to dan pho|\btdp\b|\b(ban|thon|xom|ap|buon|khom|phum|soc)\b|khu pho|^khu( dan cu)?$|^to$",
    ),
    ("unit", r"phuong|\bxa\b|thi tran|don vi|commune"),
    ("note", r"ghi chu|\bnote|chu thich|^gc$"),
    ("number", r"^(s ?tt|tt|so tt|so thu tu|no)$"),
    ("male", r"^nam$|^male$"),
    ("female", r"^nu$|^female$"),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _RULES)

# names written without any space: HOTEN, NgaySinh, SoCCCD
_JOINED = {
    "hs": "system_number",
    "so ho so": "system_number",
    "hoten": "name", "hovaten": "name", "tenhoten": "name", "fullname": "name",
    "ngaysinh": "birth", "namsinh": "birth_year", "gioitinh": "sex", "dantoc": "ethnicity",
    "diachi": "address", "dienthoai": "phone", "sodienthoai": "phone", "sdt": "phone",
    "socccd": "id", "macccd": "id", "sodinhdanh": "id", "socmnd": "cmnd", "mathe": "card",
    "mathebhyt": "card", "sothebhyt": "card", "sobhxh": "bhxh", "mabhxh": "bhxh",
    "masobhxh": "bhxh", "hoso": "household", "mahssk": "system_number", "mahoso": "system_number",
    "maho": "household", "soho": "household", "quanhe": "relation", "thon": "hamlet",
    "phuongxa": "unit", "xaphuong": "unit", "maxa": "unit", "tenxa": "unit", "ghichu": "note",
    "ngaytao": "created", "ngaycapnhat": "updated", "trangthai": "status",
    "makcbbd": "insurance_place",
    "madkbd": "insurance_place", "noidkkcb": "insurance_place", "noidkkcbbd": "insurance_place",
    "caiungdung": "app_opened", "soluotkham": "visits",
}  # fmt: skip

_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 80  # characters; a longer cell is prose, not a header


def header_key(text: str) -> str:
    """`text` folded, with whatever is no letter or digit as single spaces."""
    return _OTHER.sub(" ", fold(clean(text))).strip()


def field_of(text: str) -> str | None:
    """The field a header text names, "-" for one we know and ignore, None for an unknown one."""
    key = header_key(text)
    if not key or len(text) > _LONGEST:
        return None
    marked = clean(text).lower()
    return _by_marks(key, marked) if key in _NEEDS_MARKS or "hồ sơ" in marked else _by_rule(key)


_NEEDS_MARKS = {"dt", "nam"}  # Dân tộc or Điện thoại; Nam or Năm
_ABOUT_A_RECORD = re.compile(r"trạng thái|tình trạng|ngày|cập nhật")


def _by_marks(key: str, marked: str) -> str | None:
    if key == "dt":  # without its bar it may mean either: the content decides
        return "phone" if "đ" in marked else None
    if key == "nam":
        return "birth_year" if "năm" in marked else "male"
    return _by_rule(key) if _ABOUT_A_RECORD.search(marked) else "system_number"


def _by_rule(key: str) -> str | None:
    if key in _JOINED:
        return _JOINED[key]
    return next((field for field, pattern in _COMPILED if pattern.search(key)), None)
