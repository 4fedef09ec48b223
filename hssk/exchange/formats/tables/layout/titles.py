"""What a title line, a sheet name or an address says about the commune and the hamlet."""

import re

from hssk.kit.text import clean, fold

_UNIT = re.compile(
    r"(?:^|[\s,;(\-–])((?:phuong|xa|thi tran)\s+|(?:p|x|tt)\s*\.\s*)(?=[^\s\d.,;:()]|\d{1,2}\b)"
)
_NOT_A_UNIT = re.compile(
    r"\s*(hoi|phuong|xa|thi tran|la|va|theo|nay|tren|do|so|huyen|thanh pho|tinh)\b"
)
_STOPS = r"[,;:()\[\]/|]|\s[-–]\s|\.\s|\s(?:nam|thang|quy|ngay)\s+[\divx]|\s(?:thanh pho|tp|t/p)\b"
_UNIT_END = re.compile(_STOPS)
# spelled with marks these words end a name; without them, Quyết Thắng would lose its half
_MARKED_END = re.compile(
    _STOPS + r"|\s(?:năm|tháng|quý|ngày|tỉnh|thành phố|huyện|thị xã|quận|tại|theo|đến|cho|phân)\b"
)
_HAMLET = re.compile(
    # Ban hành, Tổ trưởng and Khu vực miền núi are no places to live; Khu vực 3 is one
    r"(?!ban (?:hanh|chi|quan|nhan dan|to chuc)\b|(?:to|doi) (?:chuc|truong|cong tac)\b"
    r"|khu vuc(?!\s*(?:so\s*)?\d))"
    r"(?:to dan pho|tdp|to|ban|thon|khu pho|khu dan cu|khu vuc|khu|xom|ap|buon|lang|khoi"
    r"|khom|phum|soc|plei|tieu khu|cum dan cu|cum|doi|t(?=[\s.]*\d))\s*(?:so\s*)?[\s.]*\S"
)
_HAMLET_WORDS = frozenset(
    [
        "to",
        "tdp",
        "ban",
        "thon",
        "khu",
        "xom",
        "ap",
        "buon",
        "lang",
        "khoi",
        "khom",
        "phum",
        "soc",
        "plei",
        "tieu",
        "cum",
        "doi",
    ]
)
# spelled with marks, only these are hamlets: Bản is one, Bàn is a family name
_MARKED = frozenset(
    [
        "tổ",
        "tdp",
        "bản",
        "thôn",
        "khu",
        "xóm",
        "ấp",
        "buôn",
        "làng",
        "khối",
        "khóm",
        "phum",
        "sóc",
        "plei",
        "tiểu",
        "cụm",
        "đội",
    ]
)
_SPLIT = re.compile(r"\s*[,;\n]\s*|\s+[-–]\s+")
_NUMBERED = re.compile(r"^\s*(?:[ivx]+|\d+|[a-z])\s*[.)/-]\s+", re.IGNORECASE)

# how many live there: Tổ 5 (120 hộ, 400 khẩu); Bản Mới: 3 hộ
_COUNT = re.compile(
    r"\s*[(:;,–-]\s*(?:(?:tổng|có|gồm|tong|co|gom)\s*)?(?:(?:số|so)\s*)?"
    r"(?:(?:hộ|khẩu|ho|khau)\s*)?:?\s*\d[\d.]*\s*(?:hộ|khẩu|nhân|người|ho|khau|nhan|nguoi)\b.*$",
    re.IGNORECASE,
)


def unit_in(text: str) -> str:
    """The commune that `text` names, as written and with its kind ("PHƯỜNG TÂN PHONG"), or ""."""
    plain = clean(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        return ""
    for found in _UNIT.finditer(folded):
        start = found.start(1)
        rest = folded[found.end(1) :]
        if _NOT_A_UNIT.match(rest):
            continue
        end = _end_of(rest, plain[found.end(1) :].lower())
        stop = found.end(1) + (end.start() if end else len(rest))
        name = plain[start:stop].strip(" .-–")
        if 0 < len(name.split()) <= 8:
            return name
    return ""


def _end_of(folded: str, marked: str) -> re.Match[str] | None:
    return _UNIT_END.search(folded) if marked.isascii() else _MARKED_END.search(marked)


def looks_like_hamlet(text: str) -> bool:
    """Whether `text` begins as a hamlet's name does: Tổ 5, TDP 1, Bản Sùng Phài, Khu phố 2."""
    plain = clean(text)
    folded = fold(plain)
    first = re.match(r"[^\W\d_]+", plain.lower())
    if not first or not _HAMLET.match(folded):
        return False
    word = first[0]
    if word == "t":
        return bool(re.match(r"t\s*\.?\s*\d", folded))
    return word in (_HAMLET_WORDS if word.isascii() else _MARKED)


def hamlet_in(text: str) -> str:
    """The hamlet within a title or an address: the first part that looks like one, or ""."""
    for part in _SPLIT.split(clean(text)):
        if looks_like_hamlet(part):
            return _before_unit(part)
    return ""


def section_hamlet(text: str) -> str:
    """The hamlet that a heading row inside a list names ("II. Bản Gia Khâu"), or ""."""
    plain = _COUNT.sub("", _NUMBERED.sub("", clean(text))).rstrip(" :")
    return _before_unit(plain) if len(plain) <= 60 and looks_like_hamlet(plain) else ""


def _before_unit(part: str) -> str:
    unit = unit_in(part)
    return (
        part.split(unit, maxsplit=1)[0].strip(" .,-–")
        if unit and not part.startswith(unit)
        else part
    )


def split_address(text: str) -> tuple[str, str]:
    """(hamlet, commune) that an address names, "" for what it does not name."""
    return hamlet_in(text), unit_in(text)


def title_unit(lines: list[str], sheet_name: str) -> str:
    """The commune a sheet is about: its title lines first, then its name; "" if neither says."""
    for line in lines:
        unit = unit_in(line)
        if unit:
            return unit
    return unit_in(sheet_name)


_TITLE_HAMLET = re.compile(
    r"(?:^|\s)((?:to dan pho|tdp|to|ban|thon|khu pho|xom|ap|buon)\s+(?:so\s+)?\S.*)"
)


def title_hamlet(lines: list[str], sheet_name: str) -> str:
    """The hamlet a sheet is about, when its name or a title line names one; else ""."""
    if looks_like_hamlet(sheet_name):
        return _before_unit(clean(sheet_name))
    for line in lines:
        plain = clean(line)
        folded = fold(plain)
        found = _TITLE_HAMLET.search(folded)
        if found and len(folded) == len(plain):
            part = plain[found.start(1) :]
            end = _end_of(folded[found.start(1) :], part.lower())
            part = part[: end.start()] if end else part
            if looks_like_hamlet(part) and "ban nhan dan" not in folded[: found.end()]:
                return _before_unit(part).strip(" .-–")
    return ""
