"""One claim with every table, each row written by hand from the annex; all people are invented."""

from hssk.exchange.formats.claims_xml.tests.making import XML1

LK = {"MA_LK": "LK0001"}
_MONEY = {
    "T_NGUONKHAC_NSNN": "0.00", "T_NGUONKHAC_VTNN": "0.00", "T_NGUONKHAC_VTTN": "0.00",
    "T_NGUONKHAC_CL": "0.00", "T_NGUONKHAC": "0.00", "MUC_HUONG": "100", "T_BNTT": "0.00",
    "T_BNCCT": "0.00",
}  # fmt: skip
XML2 = LK | _MONEY | {
    "STT": "1", "MA_THUOC": "40.155", "MA_NHOM": "4", "TEN_THUOC": "Cefuroxim 500",
    "DON_VI_TINH": "Viên", "HAM_LUONG": "500mg", "DUONG_DUNG": "1.01", "DANG_BAO_CHE": "Viên nén",
    "LIEU_DUNG": "1 viên/lần * 2 lần/ngày * 5 ngày [2 viên/ngày]", "CACH_DUNG": "Uống sau ăn",
    "SO_DANG_KY": "VD-1234-20", "TT_THAU": "01;G1;2024", "PHAM_VI": "1", "TYLE_TT_BH": "100",
    "SO_LUONG": "10.000", "DON_GIA": "4500.000", "THANH_TIEN_BV": "45000.00",
    "THANH_TIEN_BH": "45000.00", "T_BHTT": "45000.00", "MA_KHOA": "K02",
    "MA_BAC_SI": "000123/LCH-CCHN;000124/LCH-CCHN", "NGAY_YL": "202403110915",
    "NGAY_TH_YL": "202403111000", "MA_PTTT": "1", "NGUON_CTRA": "1",
}  # fmt: skip
XML3 = LK | _MONEY | {
    "STT": "1", "MA_DICH_VU": "18.0119.0028", "MA_PTTT_QT": "87.44", "MA_NHOM": "2",
    "TEN_DICH_VU": "Chụp X-quang ngực thẳng", "DON_VI_TINH": "Lần", "PHAM_VI": "1",
    "SO_LUONG": "1.000", "DON_GIA_BV": "68300.000", "DON_GIA_BH": "68300.000",
    "TYLE_TT_DV": "100", "TYLE_TT_BH": "100", "THANH_TIEN_BV": "68300.00",
    "THANH_TIEN_BH": "68300.00", "T_BHTT": "68300.00", "MA_KHOA": "K02",
    "MA_BAC_SI": "000123/LCH-CCHN", "NGUOI_THUC_HIEN": "000222/LCH-CCHN", "MA_BENH": "J18.9",
    "MA_BENH_YHCT": "U62.101", "NGAY_YL": "202403110920", "NGAY_TH_YL": "202403110940",
    "NGAY_KQ": "202403111010", "MA_PTTT": "1", "PP_VO_CAM": "2", "VI_TRI_TH_DVKT": "12",
    "MA_MAY": "XQ.1.12001.77",
}  # fmt: skip
SUPPLY = XML3 | {
    "STT": "2", "MA_DICH_VU": "", "MA_PTTT_QT": "", "TEN_DICH_VU": "", "MA_VAT_TU": "N03.02.010",
    "TEN_VAT_TU": "Bơm tiêm 5ml", "MA_NHOM": "10", "SO_LUONG": "4.000", "DON_GIA_BV": "1500.000",
    "DON_GIA_BH": "1500.000", "THANH_TIEN_BV": "6000.00", "THANH_TIEN_BH": "6000.00",
    "T_BHTT": "6000.00", "TT_THAU": "02;G2;2024",
}  # fmt: skip
BED = XML3 | {
    "STT": "3", "MA_DICH_VU": "K02.1917", "MA_PTTT_QT": "", "TEN_DICH_VU": "Giường nội khoa",
    "MA_NHOM": "15", "DON_VI_TINH": "Ngày", "DON_GIA_BV": "20100.000", "DON_GIA_BH": "20100.000",
    "THANH_TIEN_BV": "20100.00", "THANH_TIEN_BH": "20100.00", "T_BHTT": "20100.00",
    "MA_GIUONG": "H001", "NGAY_TH_YL": "202403111100", "NGAY_KQ": "",
}  # fmt: skip
BLOOD_COUNT = XML3 | {"STT": "4", "MA_DICH_VU": "22.0121.1369", "MA_NHOM": "01", "SO_LUONG": "0",
                      "THANH_TIEN_BV": "0", "THANH_TIEN_BH": "0", "T_BHTT": "0",
                      "TEN_DICH_VU": "Tổng phân tích tế bào máu", "MA_PTTT_QT": ""}  # fmt: skip
XML4 = LK | {
    "STT": "1", "MA_DICH_VU": "22.0121.1369", "MA_CHI_SO": "2200012", "TEN_CHI_SO": "Bạch cầu",
    "GIA_TRI": "12.4", "DON_VI_DO": "G/L", "MO_TA": "Tăng nhẹ", "KET_LUAN": "Bạch cầu tăng",
    "NGAY_KQ": "202403111005", "MA_BS_DOC_KQ": "000333/LCH-CCHN",
}  # fmt: skip
PICTURE = LK | {
    "STT": "2", "MA_DICH_VU": "18.0119.0028", "TEN_CHI_SO": "X-quang ngực",
    "MO_TA": "Đám mờ đáy phổi phải", "KET_LUAN": "Viêm phổi phải", "NGAY_KQ": "202403111010",
    "MA_BS_DOC_KQ": "000333/LCH-CCHN",
}  # fmt: skip
XML5 = LK | {
    "STT": "1", "DIEN_BIEN_LS": "Tỉnh, đỡ ho. CSST<M75_T37.5_HA120/70_NT18_SP97_HL2>",
    "GIAI_DOAN_BENH": "Giai đoạn đầu", "HOI_CHAN": "Thống nhất điều trị",
    "PHAU_THUAT": "Không phẫu thuật", "THOI_DIEM_DBLS": "202403120800",
    "NGUOI_THUC_HIEN": "000123/LCH-CCHN",
}  # fmt: skip
XML7 = LK | {
    "SO_LUU_TRU": "HS24-00017", "MA_YTE": "BN77", "MA_KHOA_RV": "K02", "NGAY_VAO": "202403110830",
    "NGAY_RA": "202403141500", "MA_DINH_CHI_THAI": "0", "NGUYENNHAN_DINHCHI": "Thai lưu",
    "THOIGIAN_DINHCHI": "202403121000", "TUOI_THAI": "9", "CHAN_DOAN_RV": "Viêm phổi",
    "PP_DIEUTRI": "Kháng sinh", "GHI_CHU": "Tái khám sau 2 tuần", "MA_TTDV": "1200000001",
    "MA_BS": "1200000055", "TEN_BS": "Lò Văn Ín", "NGAY_CT": "20240314",
    "HO_TEN_CHA": "Giàng A Cha", "HO_TEN_ME": "Sùng Thị Mẹ", "SO_NGAY_NGHI": "5",
    "NGOAITRU_TUNGAY": "20240315", "NGOAITRU_DENNGAY": "20240319",
}  # fmt: skip
XML8 = LK | {
    "MA_LOAI_KCB": "03", "HO_TEN_CHA": "Giàng A Cha", "NGUOI_GIAM_HO": "Giàng A Hộ",
    "NGAY_VAO": "202403110830", "NGAY_RA": "202403141500", "CHAN_DOAN_VAO": "Theo dõi viêm phổi",
    "CHAN_DOAN_RV": "Viêm phổi", "QT_BENHLY": "Sốt ho ba ngày", "TOMTAT_KQ": "Bạch cầu tăng",
    "PP_DIEUTRI": "Kháng sinh", "NGAY_SINHCON": "20240312", "NGAY_CONCHET": "20240313",
    "SO_CONCHET": "1", "KET_QUA_DTRI": "2", "GHI_CHU": "Sùng Thị Mẹ", "MA_TTDV": "1200000001",
    "NGAY_CT": "20240314",
}  # fmt: skip
XML9 = LK | {
    "MA_BHXH_NND": "1212345999", "MA_THE_NND": "HN2121212345999", "HO_TEN_NND": "Sùng Thị Mẹ",
    "NGAYSINH_NND": "19990000", "MA_DANTOC_NND": "08", "SO_CCCD_NND": "012199000999",
    "NOI_CU_TRU_NND": "Bản Sùng Chô", "MA_QUOCTICH": "000", "MATINH_CU_TRU": "12",
    "MAHUYEN_CU_TRU": "", "MAXA_CU_TRU": "03403", "HO_TEN_CHA": "Giàng A Cha",
    "MA_THE_TAM": "TE1121200000001", "HO_TEN_CON": "Giàng Thị Con", "GIOI_TINH_CON": "2",
    "SO_CON": "1", "LAN_SINH": "2", "SO_CON_SONG": "2", "CAN_NANG_CON": "3100",
    "NGAY_SINH_CON": "202403120515", "NOI_SINH_CON": "Trung tâm Y tế", "TINH_TRANG_CON": "Khỏe",
    "SINHCON_PHAUTHUAT": "1", "SINHCON_DUOI32TUAN": "0", "NGAY_CT": "20240313", "SO": "17",
    "QUYEN_SO": "2", "MA_TTDV": "1200000001",
}  # fmt: skip
XML10 = LK | {
    "SO_SERI": "S-10", "SO_CT": "CT-10", "SO_NGAY": "10", "DON_VI": "Công ty Chè",
    "CHAN_DOAN_RV": "Dọa sảy thai", "TU_NGAY": "20240311", "DEN_NGAY": "20240320",
    "MA_TTDV": "1200000001", "TEN_BS": "Lò Văn Ín", "MA_BS": "1200000055", "NGAY_CT": "20240311",
}  # fmt: skip
XML11 = LK | {
    "SO_CT": "CT-11", "SO_SERI": "S-11", "SO_KCB": "K-11", "DON_VI": "Công ty Chè",
    "MA_BHXH": "1212345678", "CHAN_DOAN_RV": "Viêm phổi", "PP_DIEUTRI": "Kháng sinh",
    "MA_DINH_CHI_THAI": "0", "NGUYENNHAN_DINHCHI": "Thai lưu", "TUOI_THAI": "9",
    "SO_NGAY_NGHI": "4", "TU_NGAY": "20240311", "DEN_NGAY": "20240314", "MA_TTDV": "1200000001",
    "MA_BS": "1200000055", "NGAY_CT": "20240314", "MAU_SO": "CT07",
}  # fmt: skip
XML13 = LK | {
    "SO_HOSO": "HS-13", "SO_CHUYENTUYEN": "CT-13", "GIAY_CHUYEN_TUYEN": "G-13",
    "MA_CSKCB": "12001", "MA_NOI_DI": "12015", "MA_NOI_DEN": "01001", "HO_TEN": "Giàng A Tủa",
    "NGAY_RA": "202403141500", "DAU_HIEU_LS": "Khó thở", "CHAN_DOAN_RV": "Viêm phổi nặng",
    "QT_BENHLY": "Nặng dần", "TOMTAT_KQ": "Đám mờ hai bên", "PP_DIEUTRI": "Thở oxy",
    "PP_DIEU_TRI": "Kháng sinh tiêm", "TINH_TRANG_CT": "Tỉnh, tiếp xúc được",
    "MA_BENH_CHINH": "J189", "MA_BENH_KT": "I10;E11.9", "MA_BENH_YHCT": "U62.101",
    "TEN_DICH_VU": "X-quang ngực", "TEN_THUOC": "Cefuroxim", "MA_LOAI_RV": "2", "MA_LYDO_CT": "1",
    "HUONG_DIEU_TRI": "Thở máy", "PHUONGTIEN_VC": "Xe cứu thương",
    "HOTEN_NGUOI_HT": "Lò Thị Hộ", "MA_BAC_SI": "000123/LCH-CCHN", "MA_TTDV": "1200000001",
}  # fmt: skip
XML14 = LK | {
    "SO_GIAYHEN_KL": "H-14", "MA_CSKCB": "12001", "HO_TEN": "Giàng A Tủa",
    "NGAY_HEN_KL": "202403280800", "CHAN_DOAN_RV": "Viêm phổi", "MA_BENH_CHINH": "J18.9",
    "MA_BENH_KT": "I10", "MA_BENH_YHCT": "U62.101", "MA_BAC_SI": "000123/LCH-CCHN",
    "MA_TTDV": "1200000001", "NGAY_CT": "20240314",
}  # fmt: skip
FULL_XML1 = XML1 | {
    "LY_DO_VNT": "Cần theo dõi", "MA_LY_DO_VNT": "01", "MA_BENH_YHCT": "U62.101",
    "GIAY_CHUYEN_TUYEN": "GCT-1", "MA_NOI_DI": "12015", "MA_NOI_DEN": "01001",
    "NGAY_TAI_KHAM": "20240328", "MA_TAI_NAN": "2", "CAN_NANG_CON": "3100",
    "MA_PTTT_QT": "34.09;87.44",
}  # fmt: skip
EVERYTHING = {
    "XML1": [FULL_XML1], "XML2": [XML2], "XML3": [XML3, SUPPLY, BED, BLOOD_COUNT],
    "XML4": [XML4, PICTURE], "XML5": [XML5], "XML7": [XML7], "XML8": [XML8], "XML9": [XML9],
    "XML10": [XML10], "XML11": [XML11], "XML13": [XML13], "XML14": [XML14],
    "XML6": [LK | {"NGAYKD_HIV": "20200101"}], "XML15": [LK | {"PHANLOAI_LAO_VITRI": "1"}],
}  # fmt: skip
