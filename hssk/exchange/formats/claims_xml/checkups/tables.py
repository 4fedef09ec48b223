"""The tags of a check-up that are read, and what each is called; the lists that it codes by.

Source: QĐ 1551/QĐ-BYT (31/5/2026) with QĐ 2062/QĐ-BYT (7/7/2026), which put other annexes in the
place of its own. Neither text was at hand: tags and codes are those in which the software of
several hospitals and of a ministry's portal agrees. Marks of a small child's body, beyond what a
paediatrician writes, and signatures stay in the file that is kept.
"""

import re
from datetime import date

ROOT = "KHAMSUCKHOE"
TABLE = "KSK"
PLACE = re.compile(r"\d{13}", re.ASCII)  # MA_GTIN_CSKCB: the number of a place (GLN)
NEW_LISTS_FROM = date(2026, 7, 7)  # QĐ 2062: "other" is 16 since, and was 14

# DOI_TUONG: for whom a check-up is held
GROUPS = {
    "1": "Người cao tuổi",
    "2": "Người khuyết tật",
    "3": "Người thuộc hộ nghèo, cận nghèo",
    "4": "Người có công",
    "5": "Người mắc bệnh mạn tính",
    "6": "Người sống tại vùng đồng bào dân tộc thiểu số và miền núi",
    "7": "Người sống tại vùng có điều kiện kinh tế - xã hội khó khăn, đặc biệt khó khăn",
    "8": "Người sống tại xã đảo",
    "9": "Người sống tại đặc khu",
    "10": "Trẻ em trong cơ sở giáo dục mầm non",
    "11": "Học sinh trong các cơ sở giáo dục phổ thông",
    "12": "Sinh viên",
    "13": "Người lao động",
    "14": "Người lao động không chính thức",
    "15": "Người chưa có bảo hiểm y tế",
    "16": "Các đối tượng khác",
}
OTHER, OTHER_BEFORE = "16", "14"
# NGUON_CHI_TRA, which QĐ 1551 called NGUON_KINH_PHI: out of whose money
PAID_BY = {
    "1": "Ngân sách trung ương",
    "2": "Ngân sách địa phương",
    "3": "Quỹ bảo hiểm y tế",
    "4": "Người sử dụng lao động",
    "5": "Xã hội hóa",
    "9": "Nguồn khác",
}
CLASSES = {
    "1": "Loại I, rất khỏe", "2": "Loại II, khỏe", "3": "Loại III, trung bình",
    "4": "Loại IV, yếu", "5": "Loại V, rất yếu",
}  # fmt: skip

# Of the person and of the visit: the tag of a check-up → that of XML1, which says the same.
HEAD = {
    "MA_LK": "MA_LK", "HO_TEN": "HO_TEN", "SO_CCCD": "SO_CCCD", "NGAY_SINH": "NGAY_SINH",
    "GIOI_TINH": "GIOI_TINH", "NHOM_MAU": "NHOM_MAU", "QUOC_TICH": "MA_QUOCTICH",
    "MA_QUOCTICH": "MA_QUOCTICH", "MA_DAN_TOC": "MA_DANTOC", "MA_DANTOC": "MA_DANTOC",
    "MA_NGHE_NGHIEP": "MA_NGHE_NGHIEP", "DIA_CHI": "DIA_CHI", "MATINH_CU_TRU": "MATINH_CU_TRU",
    "MAXA_CU_TRU": "MAXA_CU_TRU", "DIEN_THOAI": "DIEN_THOAI", "MA_THE_BHYT": "MA_THE_BHYT",
    "LY_DO_VV": "LY_DO_VV", "NGAY_VAO": "NGAY_VAO", "NGAY_RA": "NGAY_RA", "MA_CSKCB": "MA_CSKCB",
    "MA_LOAI_KCB": "MA_LOAI_KCB", "CAN_NANG": "CAN_NANG",
}  # fmt: skip
COUNTED = ("DOI_TUONG", "NGUON_CHI_TRA", "NGUON_KINH_PHI")
MEASURES = ("CHIEU_CAO", "CHIEU_DAI", "VONG_DAU", "MACH", "NHIET_DO", "NHIP_THO", "HUYET_AP")
# What is said with 1 for yes, and told where it is yes.
TICKS = {
    "TSBT_BENH_TRONG_5_NAM_QUA": "Bệnh hay bị thương trong 5 năm qua",
    "TSBT_BENH_THAN_KINH": "Bệnh thần kinh hay bị thương ở đầu",
    "TSBT_BENH_MAT": "Bệnh mắt hoặc giảm thị lực",
    "TSBT_BENH_TAI": "Bệnh ở tai, giảm sức nghe hoặc thăng bằng",
    "TSBT_BENH_TIM": "Bệnh ở tim, nhồi máu cơ tim, bệnh tim mạch khác",
    "TSBT_PHAU_THUAT_TIM": "Phẫu thuật, can thiệp tim mạch",
    "TSBT_TANG_HUYET_AP": "Tăng huyết áp",
    "TSBT_KHO_THO": "Khó thở",
    "TSBT_BENH_PHOI": "Bệnh phổi, hen, khí phế thũng, viêm phế quản mạn",
    "TSBT_BENH_THAN": "Bệnh thận, lọc máu",
    "TSBT_NGHIEN_RUOU": "Nghiện rượu, bia",
    "TSBT_DAI_THAO_DUONG": "Đái tháo đường hoặc kiểm soát tăng đường huyết",
    "TSBT_BENH_TAM_THAN": "Bệnh tâm thần",
    "TSBT_MAT_Y_THUC": "Mất ý thức, rối loạn ý thức",
    "TSBT_NGAT": "Ngất, chóng mặt",
    "TSBT_BENH_TIEU_HOA": "Bệnh tiêu hóa",
    "TSBT_ROI_LOAN_GIAC_NGU": "Rối loạn giấc ngủ, ngừng thở khi ngủ, ngáy to",
    "TSBT_TAI_BIEN": "Tai biến mạch máu não hoặc liệt",
    "TSBT_BENH_COT_SONG": "Bệnh hoặc tổn thương cột sống",
    "TSBT_RUOU_THUONG_XUYEN": "Uống rượu thường xuyên, liên tục",
    "TSBT_MA_TUY": "Sử dụng ma túy và chất gây nghiện",
    "TSBT_BENH_KHAC": "Bệnh khác",
    "TSBT_MAC_BENH": "Đã mắc bệnh",
    "TSBT_DANG_DIEU_TRI_BENH": "Đang điều trị bệnh",
    "TSBT_THAI_SAN": "Bệnh thai sản",
    "TSGD_MAC_BENH": "Gia đình có người mắc bệnh",
    "TS_TIEP_XUC_LAO": "Đã tiếp xúc người bệnh lao",
    "SINH_NON": "Sinh non",
    "PHU_DINH_DUONG": "Phù dinh dưỡng",
    "DGDD_THIEU_MAU": "Thiếu máu",
    "DGDD_COI_XUONG": "Còi xương",
    "SUY_DINH_DUONG": "Suy dinh dưỡng",
    "THUA_CAN_BEO_PHI": "Thừa cân, béo phì",
    "NGUY_CO_TU_KY": "Nguy cơ tự kỷ",
    "NGUY_CO_MAC_LAO": "Nguy cơ mắc lao",
    "BINH_THUONG": "Bình thường",
    "VAN_DE_SUC_KHOE": "Có vấn đề sức khỏe",
    "CHUYEN_CSKCB": "Chuyển đến cơ sở khám bệnh, chữa bệnh",
}
# What is written out.
TEXTS = {
    "TSBT_MA_BENH": "Bệnh đã mắc",
    "TSBT_MA_BENH_KHAC": "Bệnh khác đã mắc",
    "BENH_DANG_DIEU_TRI": "Bệnh đang điều trị",
    "TSBT_TEN_THUOC_LIEU_LUONG": "Thuốc đang dùng",
    "TSBT_MA_BENH_THAI_SAN": "Bệnh thai sản đã mắc",
    "TSBT_TEN_THUOC_THAI_SAN": "Thuốc điều trị bệnh thai sản",
    "TSGD_MA_BENH": "Bệnh của gia đình",
    "NOI_KHOA_TUAN_HOAN": "Tuần hoàn",
    "NOI_KHOA_HO_HAP": "Hô hấp",
    "NOI_KHOA_TIEU_HOA": "Tiêu hóa",
    "NOI_KHOA_THAN_TN_SD": "Thận, tiết niệu, sinh dục",
    "NOI_KHOA_NOI_TIET": "Nội tiết",
    "NOI_KHOA_CO_XUONG_KHOP": "Cơ, xương, khớp",
    "NOI_KHOA_THAN_KINH": "Thần kinh",
    "NOI_KHOA_TAM_THAN": "Tâm thần",
    "NHI_KHOA_TUAN_HOAN": "Tuần hoàn",
    "NHI_KHOA_HO_HAP": "Hô hấp",
    "NHI_KHOA_TIEU_HOA": "Tiêu hóa",
    "NHI_KHOA_THAN_TN_SD": "Thận, tiết niệu, sinh dục",
    "NHI_KHOA_THAN_KINH": "Thần kinh",
    "NHI_KHOA_TAM_THAN": "Tâm thần",
    "NHI_KHOA_LAM_SANG_KHAC": "Khám khác",
    "KET_QUA_KHAM_NGOAI_KHOA": "Ngoại khoa",
    "KET_QUA_KHAM_DA_LIEU": "Da liễu",
    "KET_QUA_KHAM_SAN_PHU_KHOA": "Sản phụ khoa",
    "KHONG_KINH_MAT_PHAI": "Mắt phải không kính",
    "KHONG_KINH_MAT_TRAI": "Mắt trái không kính",
    "CO_KINH_MAT_PHAI": "Mắt phải có kính",
    "CO_KINH_MAT_TRAI": "Mắt trái có kính",
    "BENH_KHAC_MAT": "Bệnh về mắt",
    "TAI_TRAI_NOI_THUONG": "Tai trái, nói thường",
    "TAI_TRAI_NOI_THAM": "Tai trái, nói thầm",
    "TAI_PHAI_NOI_THUONG": "Tai phải, nói thường",
    "TAI_PHAI_NOI_THAM": "Tai phải, nói thầm",
    "BENH_TAI_MUI_HONG": "Bệnh tai, mũi, họng",
    "BENH_KHAC_TAI_MUI_HONG": "Bệnh khác về tai, mũi, họng",
    "HAM_TREN": "Hàm trên",
    "HAM_DUOI": "Hàm dưới",
    "BENH_RANG_HAM_MAT": "Bệnh răng, hàm, mặt",
    "BENH_KHAC_RANG_HAM_MAT": "Bệnh khác về răng, hàm, mặt",
    "KQ_XN_MA_TUY": "Xét nghiệm ma túy",
    "KET_LUAN_BENH": "Kết luận bệnh",
    "CAC_VAN_DE_SUC_KHOE": "Các vấn đề sức khỏe",
    "CAC_BENH_TAT_NEU_CO": "Các bệnh, tật",
    "GHI_RO_VAN_DE_SUC_KHOE": "Vấn đề sức khỏe",
    "HEN_KHAM_LAN_SAU": "Hẹn khám lần sau",
}
CLASS = "PHAN_LOAI_SK"
TAGS = (*COUNTED, *MEASURES, *TICKS, *TEXTS, CLASS)
RESULTS = ["MA_DICH_VU", "MA_CHI_SO", "TEN_CHI_SO", "GIA_TRI", "DON_VI_DO", "MO_TA", "KET_LUAN"]
