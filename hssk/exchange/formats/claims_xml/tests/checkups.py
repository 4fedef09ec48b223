"""Check-ups written by hand from what QĐ 2062/QĐ-BYT asks; all people are invented."""

from html import escape

from hssk.exchange.formats.claims_xml.tests.making import DECLARED, file_of, packed

PERSON = {
    "HO_TEN": "GIÀNG A TỦA", "NGAY_SINH": "1983-05-04", "SO_CCCD": "012083000071",
    "GIOI_TINH": "1", "MA_DAN_TOC": "08", "MA_NGHE_NGHIEP": "13", "NHOM_MAU": "O",
    "DIA_CHI": "Bản Sùng Chô", "MATINH_CU_TRU": "12", "MAXA_CU_TRU": "03403",
    "DIEN_THOAI": "0987000111", "NOI_LAM_VIEC_HOC_TAP": "Bệnh viện tâm thần tỉnh",
}  # fmt: skip
VISIT = {
    "MA_LK": "KSK001", "MA_CSKCB": "12001", "TYPE": "Adult", "MA_GTIN_CSKCB": "8930000000001",
    "DOI_TUONG": "3;6", "NGUON_CHI_TRA": "2", "MA_LOAI_KCB": "15", "NGAY_VAO": "202609120730",
}  # fmt: skip
BODY = {"CHIEU_CAO": "165", "CAN_NANG": "60,5", "CHI_SO_BMI": "22", "MACH": "80",
        "HUYET_AP": "150/95 mmHg", "KHAM_THE_LUC_PL": "2"}  # fmt: skip
FOUND = {"NOI_KHOA_TUAN_HOAN": "Nhịp đều", "NOI_KHOA_TAM_THAN": "Bình thường"}
HISTORY = {"TSBT_TANG_HUYET_AP": "1", "TSBT_BENH_TAM_THAN": "0", "TSGD_MA_BENH": "E11"}
RESULT = {"MA_DICH_VU": "23.0075.1494", "MA_CHI_SO": "GLU", "GIA_TRI": "7.8",
          "DON_VI_DO": "mmol/L", "MO_TA": "", "KET_LUAN": ""}  # fmt: skip
VERDICT = {"PHAN_LOAI_SK": "3", "KET_LUAN_BENH": "I10;E11.9", "CAC_BENH_TAT_NEU_CO": "Huyết áp cao"}
BLOCKS = {
    "XML1": ("THONG_TIN_HANH_CHINH", PERSON),
    "XML2": ("THONG_TIN_CHUNG_VE_LAN_KHAM", VISIT),
    "XML7": ("KHAM_LAM_SANG", FOUND),
    "XML9": ("TIEN_SU_BENH_TAT", HISTORY),
    "XML10": ("KHAM_THE_LUC", BODY),
    "XML12": ("KET_LUAN", VERDICT),
}


def tags(said):
    return "".join(f"<{tag}>{escape(value, quote=False)}</{tag}>" for tag, value in said.items())


def documents(results=(RESULT,), **changes):
    """Label → document of one check-up; `changes` to any tag, None leaves it out."""
    made = {}
    for label, (name, said) in BLOCKS.items():
        mine = {tag: changes.get(tag, value) for tag, value in said.items()}
        made[label] = f"<{name}>{tags({t: v for t, v in mine.items() if v is not None})}</{name}>"
    more = tags({tag: value for tag, value in changes.items() if not _is_known(tag)})
    made["XML9"] = made["XML9"].replace("</TIEN_SU_BENH_TAT>", more + "</TIEN_SU_BENH_TAT>")
    lines = "".join(f"<CHI_TIET_CLS>{tags(one)}</CHI_TIET_CLS>" for one in results)
    made["XML11"] = f"<KHAM_CAN_LAM_SANG><DANH_SACH_CLS>{lines}</DANH_SACH_CLS></KHAM_CAN_LAM_SANG>"
    return made


def _is_known(tag):
    return any(tag in said for _name, said in BLOCKS.values())


def checkup(*, in_base64=True, results=(RESULT,), **changes):
    """A HOSO of one check-up."""
    made = documents(results, **changes)
    return "<HOSO>" + "".join(
        file_of(label, packed(DECLARED + text) if in_base64 else text)
        for label, text in made.items()
    ) + "</HOSO>"  # fmt: skip


def envelope(*hosos, facility="8930000000001", made_on="20260913"):
    return (
        f"{DECLARED}<KHAMSUCKHOE><THONGTINDONVI><MACSKCB>{facility}</MACSKCB></THONGTINDONVI>"
        f"<THONGTINHOSO><NGAYLAP>{made_on}</NGAYLAP><SOLUONGHOSO>{len(hosos)}</SOLUONGHOSO>"
        f"<DANHSACHHOSO>{''.join(hosos)}</DANHSACHHOSO></THONGTINHOSO>"
        "<CHUKYDONVI><CKS_BENH_VIEN/></CHUKYDONVI></KHAMSUCKHOE>"
    )
