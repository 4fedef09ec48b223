"""What the users call their columns: one rule per field, matched on a folded header text.

Source: rosters kept by police, communes and health stations; the extract of the health-record
software; field names of QĐ 130/QĐ-BYT XML1 (HO_TEN, NGAY_SINH, MA_THE_BHYT, MA_DKBD …).
"""

import re

from hssk.kit.text import clean, fold

NOT_OURS = "-"  # a header we know and have no use for
REMARK = "+"  # a tick or a word about somebody's stay, which belongs into the note
_RELATIVE = (
    r"\b(cha|mẹ|bố|giám hộ|người thân|ncsc|người chăm sóc|người liên hệ|người nhà|vợ chồng)\b"
)

# First match wins, so the narrower rule stands above the wider one. A rule written with marks is
# matched with them wherever the text has any: Bàn, Phương and Huyền are names, bản, phường and
# huyện are places.
_RULES = (
    ("sex", r"gioi tinh"),
    (
        REMARK,
        r"^(loai|loai hinh|hinh thuc|dien|tinh trang|trang thai|hien trang)( dang ky)? cu tru$",
    ),
    (
        NOT_OURS,  # in English: whose it is, where and by whom, before what it is
        r"\b(mother|father|parent|guardian|spouse|caregiver|next of kin|emergency)\b"
        r"|\b(created|updated|modified|entered) by\b|\b(place of birth|birth ?place)\b"
        r"|^(district|province|city|occupation|age|nationality|religion)( (name|code|id))?$"
        r"|\b(issued?|expiry|expir(es|ation)|valid)\b",
    ),
    (
        NOT_OURS,
        r"\b(nguoi|don vi|co so|tai khoan|can bo|nhan vien|noi|tram)"
        r" (tao|lap|quan ly|cap nhat|nhap|khai|ke khai|cung cap|thuc hien|cong tac|sua|phu trach"
        r"|theo doi|lam viec|hoc tap)\b|^(chuc (vu|danh)|loai|doi tuong|nhom doi tuong)\b"
        r"|\bdoi tuong\b.*\b(bhyt|the|bao hiem)|^ma doi tuong|^e?mail|ma so thue|^nhom tuoi",
    ),
    (
        NOT_OURS,
        r"^(tong so|tong cong|tong|cong|ty le)$"
        r"|^(so|tong so|tong|so luong) ((nhan )?khau|nguoi|thanh vien|lao dong|tre)\b",
    ),
    (
        "updated",
        r"cap nhat|ngay (chinh )?sua|sua (lan )?cuoi|updated|modified|^update (time|date)$",
    ),
    (
        NOT_OURS,
        r"\b(ngày|nơi|cơ quan|hạn) cấp\b|\b(hạn|giá trị)\b.*\b(thẻ|sử dụng|dùng)\b"
        r"|^(từ|đến) ngày$",
    ),
    (
        NOT_OURS,
        r"ngay (het han|bat dau|ket thuc|dang ky|den|di|chet|mat|tu vong|kham|kcb|vao|ra)"
        r"|\bky nhan\b|^ky$",
    ),
    ("name", r"^ho\b.*\bten( (theo|trong|tren|ghi))?( giay)? khai sinh$"),
    ("name", r"^ho( va)?( chu)?( dem| lot)?( va)? ten (theo|tren|trong|ghi|nhu)\b(?!.*chu ho)"),
    (
        NOT_OURS,
        r"noi sinh|que quan|nguyen quan|ton giao|quoc tich|nghe nghiep|trinh do|nhom mau|^tuoi$",
    ),
    (NOT_OURS, r"khai sinh|ma khu vuc|khuvuc|^ma ?(tinh|huyen)\b"),
    (NOT_OURS, r"\b(huyện|quận|tỉnh|thành phố)$"),
    ("created", r"(ngay|thoi (gian|diem)) (khoi )?tao|ngay lap|created|^creation (date|time)$"),
    # Lần khám gần nhất is a day, not a number of visits
    (NOT_OURS, r"(luot|lan) (di )?(kham|kcb)( benh)? (gan (nhat|day)|cuoi|dau|truoc|sau|toi)"),
    ("visits", r"(luot|lan) (di )?(kham|kcb)|^visits$|^visit count$|\b(number|no) of visits$"),
    (
        "insurance_place",
        r"kcb|noi (dang ky|dk) (bhyt|bao hiem|the)\b|kham (chua )?benh|dkbd|noi dk bd|co so y te",
    ),
    ("app_opened", r"ung dung|\bapp\b|vneid|vnpt|vssid|kich hoat|^(da )?cai( dat)?\b"),
    (
        "status",
        r"^(trang thai|tinh trang)$|^(record )?status$"
        r"|(trang thai|tinh trang) (ho so|hssk|ban ghi|xac thuc|dong bo|lien thong)",
    ),
    (NOT_OURS, r"trang thai|tinh trang|^(da )?co (the|bhyt)\b|\bco khong$"),
    (
        REMARK,
        r"^(đang )?(đi )?(làm|lao động|học)( ăn)? xa|^(đi|tạm) vắng|^vắng( mặt)?$|^tạm trú$"
        r"|^(đã )?(chết|tử vong|chuyển đi|chuyển đến)$|^đã mất$",
    ),
    (
        "system_number",
        r"hssk|hsskdt|\bma (ho so|hs|y te|bn|(benh nhan|nguoi benh|khach hang)|dinh danh y te)\b"
        r"|\bma so ho so\b|\b(patient|record) (id|no|number|code)$|^mrn$",
    ),
    (
        "relation",
        r"quan he|\bm?qh\b|m?qhch|\bvoi (ch|chu ho)\b|\brelation(ship)?\b"
        r"|^vai tro (trong|cua) (ho|gia dinh)\b|^vai ve\b",
    ),
    (NOT_OURS, _RELATIVE),
    (
        "name",
        r"\bten\b.*\bthanh vien|^(cac )?thanh vien|^chu ho va\b|chu ho va (cac )?(thanh|nhan)",
    ),
    (
        NOT_OURS,
        r"(cccd|cmnd|can cuoc|dinh danh|\bddcn\b|sinh|dien thoai|sdt|dan toc|bhxh|bhyt)"
        r".*\bchu ho$",
    ),
    ("head_name", r"chu ho|\bhead (of|name)\b|\b(household|family) head\b"),
    ("id", r"\bthe (can cuoc|cccd)\b"),
    ("bhxh", r"social insurance"),
    (
        "card",
        r"\bthe\b.*\b(bhyt|bao hiem|bh)\b|\b(ma|so) the\b|bhyt|bao hiem y te|\bthe bh\b"
        r"|\binsurance( card)?( (no|number|id|code))?$",
    ),
    ("bhxh", r"bhxh|bao hiem xa hoi"),
    (
        "id",
        r"cccd|can cuoc|dinh danh|\b(so )?ddcn\b|giay to tuy than|^so giay to|\bgttt\b|\bpid\b"
        r"|\bcc\b|^(ma )?so cong dan$|^(ma|so) cd$"
        r"|\b(national|identity|identification|citizen|personal)( identification)?"
        r" (id|no|number|code|card)\b|^id (card|no|number)\b|^identity$",
    ),
    ("cmnd", r"cmnd|cmtnd|\bcmt\b|chung minh"),
    ("birth_day", r"^ngay$|^dd$"),
    ("birth_month", r"^thang( sinh)?$|^mm$"),
    ("birth_male", r"sinh( của)? nam$|^nam (năm|ngày) sinh$"),
    ("birth_female", r"sinh( của)? nữ$|^nữ (năm|ngày) sinh$"),
    ("birth_year", r"^nam sinh$|^sinh nam$|^n sinh$|^year|^yyyy$"),
    (
        "birth",
        r"ngay sinh|nam sinh|ngay thang sinh|^sinh( (ngay|thang|nam))*$|ntns|\bdob\b|birth"
        r"|^nsinh$|^(ng|nt|ntn|n t n) sinh$|^ngay thang nam$",
    ),
    ("sex", r"gioi tinh|^g tinh$|^gioi$|^gt$|^phai$|nam nu|\bsex\b|gender"),
    ("ethnicity", r"dan toc|^d ?toc$|\bethnic"),
    (
        "phone",
        r"dien thoai|\bsdt\b|phone|mobile|di dong|so dt|so may|\bdtdd\b|^tel\b"
        r"|^(so )?lien (lac|he)$|^contact( (no|number))?$",
    ),
    ("unit", r"^(mã|tên) ?(xã|phường)\b"),
    (
        "address",
        r"dia chi|cho o|noi (o|cu tru|thuong tru|tam tru)|thuong tru|hktt|dkhk|address|cu tru"
        r"|\bresidence$|^d ?c$",
    ),
    (
        "household",
        r"\b(so|ma|stt|tt|thu tu) (so )?ho\b|\bho (so|khau)\b|^ho gia dinh$|\bso hk\b|household"
        r"|^((ma|so|stt) )?hgd$|^hk so$|\bso hshk$|^family (id|no|number|code)$",
    ),
    (
        "last_name",
        r"^ho( va)?( ten)?( chu)? (dem|lot)$|^ho (va )?ten dem$|^ho dem|^ho lot|last name|^ho$"
        r"|^surname$|^family name$",
    ),
    (
        "name",
        r"ho( va)?( chu)?( dem| lot)?( va)? ten|ten (nguoi|cong dan|khach|benh|nhan|thanh)"
        r"|\b(patient|citizen|person|resident|member) name$|^cong dan$|^ten (bn|nb|doi tuong)$"
        r"|^(benh nhan|nguoi benh)$",
    ),
    ("first_name", r"^ten( goi)?$|first name|given name"),
    ("name", r"full ?name|^nhan khau$|^name$|^ten day du$|^nguoi dan$"),
    (
        "hamlet",
        r"tổ dân phố|\btdp\b|\b(bản|thôn|xóm|ấp|buôn|khóm|phum|sóc)\b|khu phố"
        r"|^(tên |số )?(tổ|khu|cụm|làng|khối|đội|tiểu khu)( dân cư| phố| số)?$|^tổ (dp|khu)$"
        r"|^tổ nhân dân|^kdc$|\b(village|hamlet)\b",
    ),
    (
        "unit",
        r"phường|\bxã\b|thị trấn|^đơn vị( hành chính.*)?$|^đvhc|^địa phương$|commune|\bward\b",
    ),
    ("note", r"ghi chu|\bnote|chu thich|^gc$|^(remark|comment)s?$|^dien giai|^luu y$"),
    ("number", r"^(s ?t ?t|tt|so tt|(so )?thu tu|no)( (trong ho|nk|nhan khau|khau|nguoi|chung))?$"),
    ("male", r"^(la )?nam( x)?$|^male$"),
    ("female", r"^(la )?nu( (danh dau|ghi))?( x)?$|^female$"),
)


def _compiled(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """The pattern without marks, and with them when it has any."""
    if pattern.isascii():
        return re.compile(pattern), None
    return re.compile(fold(pattern)), re.compile(pattern)


_COMPILED = tuple((field, *_compiled(pattern)) for field, pattern in _RULES)
_OF_A_RELATIVE = re.compile(rf"^((họ (và )?tên|thông tin)( về| của)? )?(người )?{_RELATIVE}")

# names written without any space: HOTEN, NgaySinh, SoCCCD
_JOINED = {
    "hs": "system_number",
    "hoten": "name", "hovaten": "name", "tenhoten": "name", "fullname": "name",
    "ngaysinh": "birth", "namsinh": "birth_year", "gioitinh": "sex", "dantoc": "ethnicity",
    "diachi": "address", "dienthoai": "phone", "sodienthoai": "phone", "sdt": "phone",
    "socccd": "id", "macccd": "id", "sodinhdanh": "id", "socmnd": "cmnd", "mathe": "card",
    "mathebhyt": "card", "sothebhyt": "card", "sobhxh": "bhxh", "mabhxh": "bhxh",
    "masobhxh": "bhxh", "hoso": "household", "mahssk": "system_number", "mahoso": "system_number",
    "maho": "household", "soho": "household", "quanhe": "relation", "thon": "hamlet",
    "phuongxa": "unit", "xaphuong": "unit", "maxa": "unit", "tenxa": "unit", "ghichu": "note",
    "ngsinh": "birth", "ngthnsinh": "birth", "gtinh": "sex", "tenthon": "hamlet", "tento": "hamlet",
    "tenban": "hamlet", "quanhechuho": "relation", "qhechuho": "relation", "qhchuho": "relation",
    "ngaytao": "created", "ngaycapnhat": "updated", "trangthai": "status",
    "makcbbd": "insurance_place", "madinhdanh": "id", "soddcn": "id", "sodinhdanhcanhan": "id",
    "ngaythangnamsinh": "birth", "dateofbirth": "birth", "patientname": "name", "idnumber": "id",
    "nationalid": "id", "phonenumber": "phone", "patientid": "system_number",
    "madkbd": "insurance_place", "noidkkcb": "insurance_place", "noidkkcbbd": "insurance_place",
    "caiungdung": "app_opened", "soluotkham": "visits",
}  # fmt: skip

_OTHER = re.compile(r"[^a-z0-9]+")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 80  # characters; a longer cell is prose, not a header


def header_key(text: str) -> str:
    """`text` folded, with whatever is no letter or digit as single spaces."""
    return _OTHER.sub(" ", fold(clean(text))).strip()


def field_of(text: str) -> str | None:
    """The field a header text names; None for an unknown one.

    "-" is one we know and ignore, "+" a remark about somebody's stay.
    """
    key = header_key(text)
    if not key or len(text) > _LONGEST:
        return None
    marked = clean(text).lower()
    by_marks = key in _NEEDS_MARKS or "hồ sơ" in marked
    return _by_marks(key, marked) if by_marks else _by_rule(key, marked)


def of_a_relative(text: str) -> bool:
    """Whether a title over several columns says that they are about a parent or a guardian."""
    marked = _SIGNS.sub(" ", clean(text).lower()).strip()
    return bool(_OF_A_RELATIVE.match(marked))


# Dân tộc or Điện thoại; Nam or Năm; Sổ hộ số; Họ or Hộ
_NEEDS_MARKS = {"dt", "nam", "so ho so", "ho"}
_ABOUT_A_RECORD = re.compile(
    r"trạng thái|tình trạng|ngày|cập nhật|\b(người|đơn vị|cơ sở|cán bộ|nơi)\b"
)


def _by_marks(key: str, marked: str) -> str | None:
    if key == "dt":  # without its bar it may mean either: the content decides
        return "phone" if "đ" in marked else None
    if key == "nam":
        return "birth_year" if "năm" in marked else "male"
    if key == "ho":
        return "household" if "hộ" in marked else "last_name"
    if key == "so ho so":
        return "household" if "hộ" in marked else "system_number"
    return _by_rule(key, marked) if _ABOUT_A_RECORD.search(marked) else "system_number"


def _by_rule(key: str, marked: str) -> str | None:
    if key in _JOINED:
        return _JOINED[key]
    spelled = "" if marked.isascii() else _SIGNS.sub(" ", marked).strip()
    for field, plain, with_marks in _COMPILED:
        found = with_marks.search(spelled) if spelled and with_marks else plain.search(key)
        if found:
            return field
    return None
