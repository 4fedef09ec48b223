"""Claims written by hand from the tables of the annex; all people are invented."""

import base64
from html import escape

LISTS = {  # root, list, row; a table without a list is its own row
    "XML0": ("CHI_TIEU_TRANG_THAI_KCB", "DSACH_TRANG_THAI_KCB", "TRANG_THAI_KCB"),
    "XML1": ("TONG_HOP",),
    "XML2": ("CHITIEU_CHITIET_THUOC", "DSACH_CHI_TIET_THUOC", "CHI_TIET_THUOC"),
    "XML3": ("CHITIEU_CHITIET_DVKT_VTYT", "DSACH_CHI_TIET_DVKT", "CHI_TIET_DVKT"),
    "XML4": ("CHITIEU_CHITIET_DICHVUCANLAMSANG", "DSACH_CHI_TIET_CLS", "CHI_TIET_CLS"),
    "XML5": (
        "CHITIEU_CHITIET_DIENBIENLAMSANG", "DSACH_CHI_TIET_DIEN_BIEN_BENH",
        "CHI_TIET_DIEN_BIEN_BENH",
    ),
    "XML6": (
        "CHI_TIEU_HO_SO_BENH_AN_CHAM_SOC_VA_DIEU_TRI_HIV_AIDS", "DSACH_HO_SO", "HO_SO_HIV",
    ),
    "XML7": ("CHI_TIEU_DU_LIEU_GIAY_RA_VIEN",),
    "XML8": ("CHI_TIEU_DU_LIEU_TOM_TAT_HO_SO_BENH_AN",),
    "XML9": (
        "CHI_TIEU_DU_LIEU_GIAY_CHUNG_SINH", "DSACH_GIAYCHUNGSINH", "DU_LIEU_GIAY_CHUNG_SINH",
    ),
    "XML10": ("CHI_TIEU_DU_LIEU_GIAY_NGHI_DUONG_THAI",),
    "XML11": ("CHI_TIEU_DU_LIEU_GIAY_CHUNG_NHAN_NGHI_VIEC_HUONG_BAO_HIEM_XA_HOI",),
    "XML13": ("CHI_TIEU_GIAYCHUYENTUYEN",),
    "XML14": ("CHI_TIEU_GIAYHEN_KHAMLAI",),
    "XML15": (
        "CHI_TIEU_DIEUTRI_BENHLAO", "DSACH_CHITIET_DIEUTRI_BENHLAO", "CHITIET_DIEUTRI_BENHLAO",
    ),
}  # fmt: skip
DECLARED = '<?xml version="1.0" encoding="utf-8"?>'


def tags(row):
    return "".join(f"<{tag}>{escape(value, quote=False)}</{tag}>" for tag, value in row.items())


def inner(table, *rows, declared=DECLARED):
    """The inner document of a table, as text."""
    names = LISTS[table]
    if len(names) == 1:
        return declared + "".join(f"<{names[0]}>{tags(row)}</{names[0]}>" for row in rows)
    root, group, line = names
    body = "".join(f"<{line}>{tags(row)}</{line}>" for row in rows)
    return f"{declared}<{root}><{group}>{body}</{group}></{root}>"


def packed(text):
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def file_of(label, content):
    return f"<FILEHOSO><LOAIHOSO>{label}</LOAIHOSO><NOIDUNGFILE>{content}</NOIDUNGFILE></FILEHOSO>"


def hoso(tables):
    """A HOSO of tables: name → list of rows, each document in base64."""
    return "<HOSO>" + "".join(
        file_of(table, packed(inner(table, *rows))) for table, rows in tables.items()
    ) + "</HOSO>"  # fmt: skip


def envelope(*hosos, facility="12001", made_on="20240315", count=None, declared=DECLARED):
    return (
        f"{declared}<GIAMDINHHS><THONGTINDONVI><MACSKCB>{facility}</MACSKCB></THONGTINDONVI>"
        f"<THONGTINHOSO><NGAYLAP>{made_on}</NGAYLAP>"
        f"<SOLUONGHOSO>{len(hosos) if count is None else count}</SOLUONGHOSO>"
        f"<DANHSACHHOSO>{''.join(hosos)}</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>"
    )


XML1 = {
    "MA_LK": "LK0001", "STT": "1", "MA_BN": "BN77", "HO_TEN": "Giàng A Tủa",
    "SO_CCCD": "012083000071", "NGAY_SINH": "198305040000", "GIOI_TINH": "1", "NHOM_MAU": "O+",
    "MA_QUOCTICH": "000", "MA_DANTOC": "08", "MA_NGHE_NGHIEP": "61110",
    "DIA_CHI": "Bản Sùng Chô, xã Sùng Phài", "MATINH_CU_TRU": "12", "MAHUYEN_CU_TRU": "105",
    "MAXA_CU_TRU": "03403", "DIEN_THOAI": "0987000111", "MA_THE_BHYT": "HN2121212345678",
    "MA_DKBD": "12015", "GT_THE_TU": "20240101", "GT_THE_DEN": "20241231",
    "LY_DO_VV": "Ho, sốt ba ngày", "CHAN_DOAN_VAO": "Theo dõi viêm phổi",
    "CHAN_DOAN_RV": "Viêm phổi; Tăng huyết áp", "MA_BENH_CHINH": "J18.9", "MA_BENH_KT": "I10",
    "MA_DOITUONG_KCB": "1.1", "NGAY_VAO": "202403110830", "NGAY_VAO_NOI_TRU": "202403110900",
    "NGAY_RA": "202403141500", "SO_NGAY_DTRI": "4", "PP_DIEU_TRI": "Kháng sinh",
    "KET_QUA_DTRI": "1", "MA_LOAI_RV": "1", "GHI_CHU": "Uống đủ nước",
    "NGAY_TTOAN": "202403141530", "T_THUOC": "45000.00", "T_VTYT": "6000.00",
    "T_TONGCHI_BV": "139400.00", "T_TONGCHI_BH": "139400.00", "T_BNTT": "0.00",
    "T_BNCCT": "0.00", "T_BHTT": "139400.00", "T_NGUONKHAC": "0.00", "T_BHTT_GDV": "0.00",
    "NAM_QT": "2024", "THANG_QT": "3", "MA_LOAI_KCB": "03", "MA_KHOA": "K02",
    "MA_CSKCB": "12001", "CAN_NANG": "61.50", "MA_HSBA": "HS24-00017", "MA_TTDV": "1200000001",
}  # fmt: skip


def one(**changes):
    """A row of XML1; what is changed to None is left out."""
    return {tag: value for tag, value in (XML1 | changes).items() if value is not None}


WORDS = "Sốt nhẹ, phổi thông khí rõ. CSST<M75_T37_HA120/70_ NT18_SP97_HL2>"
WHOLE = {
    "XML1": [XML1],
    "XML5": [
        {
            "MA_LK": "LK0001", "STT": "1", "DIEN_BIEN_LS": WORDS, "THOI_DIEM_DBLS": "202403120800",
            "NGUOI_THUC_HIEN": "0012345",
        },
    ],
}  # fmt: skip
