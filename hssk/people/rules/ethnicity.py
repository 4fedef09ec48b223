"""The peoples of Viet Nam by the code list that health data uses.

Source: QĐ 121-TCTK/PPCĐ of 2/3/1979 (domain.md §6.1). The census numbers them otherwise (04 is
Mường there, Hoa here): never mix the two.
"""

import re

from hssk.kit.text import clean, fold

_NAMES = (
    "Kinh, Tày, Thái, Hoa, Khơ-me, Mường, Nùng, Mông, Dao, Gia-rai, Ngái, Ê-đê, Ba na, "
    "Xơ-đăng, Sán Chay, Cơ-ho, Chăm, Sán Dìu, Hrê, Mnông, Ra-glai, Xtiêng, Bru-Vân Kiều, "
    "Thổ, Giáy, Cơ-tu, Gié-Triêng, Mạ, Khơ-mú, Co, Tà-ôi, Chơ-ro, Kháng, Xinh-mun, "
    "Hà Nhì, Chu-ru, Lào, La Chí, La Ha, Phù Lá, La Hủ, Lự, Lô Lô, Chứt, Mảng, Pà Thẻn, "
    "Cơ Lao, Cống, Bố Y, Si La, Pu Péo, Brâu, Ơ Đu, Rơ-măm, Người nước ngoài"
)
PEOPLES = {f"{number:02d}": name for number, name in enumerate(_NAMES.split(", "), start=1)}
# other spellings and old names, by the name above
_ALSO = {
    "Kinh": "Việt",
    "Hoa": "Hán",
    "Khơ-me": "Khmer, Khơ-mer",
    "Mông": "H'Mông, Hmông, Hmong, Mèo, Miêu, Mẹo",
    "Dao": "Zao, Mán",
    "Gia-rai": "Jrai, Ja rai, Gia lai",
    "Ê-đê": "Rađê, Ede",
    "Ba na": "Bahnar, Bơ-na",
    "Xơ-đăng": "Xê đăng, Sê đăng",
    "Sán Chay": "Cao Lan, Sán Chỉ, Cao Lan - Sán Chỉ",
    "Cơ-ho": "K'Ho, Kơ ho",
    "Hrê": "H'rê",
    "Mnông": "M'nông",
    "Ra-glai": "Raglay, Ra glay, Roglai",
    "Xtiêng": "Stiêng, S'tiêng",
    "Bru-Vân Kiều": "Vân Kiều, Bru, Pa kô",
    "Giáy": "Dáy, Dzáy, Nhắng, Giấy",
    "Cơ-tu": "Ka tu, Kơ tu",
    "Gié-Triêng": "Gié, Giẻ Triêng, Triêng, Giẻ",
    "Khơ-mú": "Khmú, Kmú, Kháng mú, Khơ mụ, Xá Cẩu",
    "Co": "Cor, Kor",
    "Chơ-ro": "Chrau, Châu ro",
    "Xinh-mun": "Xinh mul, Sinh mun",
    "Hà Nhì": "Hà Nhì Cồ Chồ, U Ní, Xá U Ní",
    "Chu-ru": "Churu, Chơ-ru",
    "Phù Lá": "Xá Phó",
    "La Hủ": "Khù Sung, Cò Xung, Xá lá vàng",
    "Lự": "Lữ, Lừ",
    "Mảng": "Mảng Ư, Xá lá vàng Mảng",
    "Pà Thẻn": "Pà Hưng",
    "Cơ Lao": "Ke Lao, Kơ Lao",
    "Người nước ngoài": "Nước ngoài, Ngoại kiều, Thái Lan, Hoa Kỳ, Trung Quốc, Lào (nước ngoài)",
}
# words that tell a branch of a people and no other people: Thái trắng, Dao đỏ, Mông hoa
_BRANCHES = frozenset(
    "trang den do hoa xanh vang tuyen tien khau dau bang quan chet thanh y lo gang lu ao dai "  # noqa: SIM905
    "din an inh phan sinh chao loi cuoi lenh si leng xua nung pua njua sua".split()
)
_NOT_LETTERS = re.compile(r"[^a-z]+")
_LEAD = re.compile(r"^(?:dan toc|dt|nguoi)\s*[:.]?\s+")


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))


def _codes() -> dict[str, str]:
    table: dict[str, str] = {}
    for code, name in PEOPLES.items():
        also = _ALSO.get(name)
        for spelling in (name, *(also.split(", ") if also else ())):
            table.setdefault(_key(spelling), code)
    return table


_CODES = _codes()


def ethnicity_code(text: str) -> str:
    """The code "01" to "55" of a people as written: "H'Mông", "Mèo", "Mông hoa" → "08".

    A code of the list stands for itself; "" for an empty text and for what is not known.
    """
    folded = fold(clean(text))
    if folded.zfill(2) in PEOPLES:
        return folded.zfill(2)
    whole = _CODES.get(_key(folded))
    if whole:
        return whole
    words = _NOT_LETTERS.sub(" ", _LEAD.sub("", folded)).split()
    for length in range(len(words), 0, -1):
        code = _CODES.get("".join(words[:length]), "")
        if code and _BRANCHES.issuperset(words[length:]):
            return code
    return ""
