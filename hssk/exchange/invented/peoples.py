"""How the peoples of the region name themselves: word lists in order of popularity.

Sources: the field's own knowledge of surnames and name patterns of the north-west, and QĐ
121-TCTK/PPCĐ for the peoples. Made for invented residents; no list was taken from real persons.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """One people: how it is written, where it lives, and the words of its names.

    `ward` and `commune` weigh how many hamlets of a ward or a rural commune it leads. `steepness`
    is the exponent of the popularity of surnames: the higher, the more namesakes. Words with an
    underscore are two words. `patronymic`: a child's middle word is the father's given name.
    """

    written: tuple[str, ...]
    ward: float
    commune: float
    surnames: list[str]
    male_middles: list[str]
    female_middles: list[str]
    male_given: list[str]
    female_given: list[str]
    steepness: float = 1.0
    children: float = 2.7
    patronymic: bool = False
    from_elsewhere: float = 0.04


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") if word != "-" else "" for word in text.split()]


KINH = People(
    written=("Kinh",),
    ward=0.54,
    commune=0.03,
    surnames=_words(
        "Nguyễn Trần Phạm Lê Vũ Hoàng Bùi Đặng Đỗ Ngô Đinh Dương Đào Lương Trịnh Mai Hà Phan Cao Tạ"
        " Lưu Tô Chu Vương Doãn Quách Khổng Thẩm Lại Kiều Đoàn Tống Nghiêm La Hồ Võ Huỳnh Đàm"
    ),
    male_middles=_words(
        "Văn Đức Minh Quang Xuân Hữu Mạnh Công Anh Duy Tuấn Ngọc Thanh Đình Gia Trung Quốc Tiến"
        " Việt Hoàng Bảo Thế Trọng Hải Nhật - Văn_Minh Đức_Anh Xuân_Quang Quốc_Bảo"
    ),
    female_middles=_words(
        "Thị Thu Thị_Thu Ngọc Thị_Thanh Thanh Minh Thị_Ngọc Phương Thị_Minh Thị_Hồng Bích Khánh Mai"
        " Thị_Kim Hải Thị_Phương Quỳnh Thùy Bảo Gia Thị_Bích Diệu Thị_Mai Hồng Kim Tuyết -"
    ),
    male_given=_words(
        "Hùng Tuấn Dũng Cường Minh Anh Sơn Hải Nam Long Thắng Hiếu Trung Tùng Quân Huy Đức Hưng Hà"
        " Kiên Bình Toàn Khánh Phong Việt Lâm Thành Tú Duy Quang Hoàng Tiến Thái Vinh Phúc Đạt Hậu"
        " Hoàn Khôi Bách Chiến Công Dương Giang Hòa Huỳnh Khoa Kỳ Linh Lộc Lợi Luân Mạnh Nghĩa Nhật"
        " Ninh Phát Quý Sáng Sinh Tài Tâm Tân Thịnh Thông Thuận Thuấn Tiệp Trường Tuân Tường Văn"
    ),
    female_given=_words(
        "Hương Hằng Hà Lan Thảo Linh Trang Hoa Huyền Mai Nga Ngọc Thủy Hạnh Phương Anh Yến Liên"
        " Thu Hiền Hường Loan Nhung Oanh Vân Tuyết Xuân Quỳnh Ly Chi Giang Ánh Bình Châm Cúc Diệp"
        " Đào Điệp Duyên Hảo Hậu Hòa Hồng Huế Huệ Khanh Lệ Lụa Lý Mến Mơ My Na Ngà Ngân Nguyệt Nhàn"
        " Nhi Nụ Quyên Sen Tâm Thêu Thoa Thơm Thúy Thương Tươi Trâm Trinh Uyên Vui Vy"
    ),
    steepness=1.15,
    children=2.0,
    from_elsewhere=0.45,
)

THAI = People(
    written=("Thái",),
    ward=0.16,
    commune=0.24,
    surnames=_words(
        "Lò Lường Quàng Tòng Cà Vàng Đèo Hoàng Mào Điêu Lù Vì Cầm Nông Tao Khoàng Bạc Hà Kha Ngần"
    ),
    male_middles=_words("Văn - Minh Xuân Đức Mạnh Ngọc Thanh Hồng Quang Trung"),
    female_middles=_words("Thị Thị_Thu - Thị_Kim Thu Thị_Hồng Thị_Thanh Thị_Ngọc Bích Phương"),
    male_given=_words(
        "Pâng Inh Phương Hặc Ún Thắng Sơn Chiến Dung Tiến Xôm Phanh Hưng Ngoan Pín Khiên Chướng Đôi"
        " Muôn Biên Bương Chựa Cương Diên Én Hoan Hươi Ín Kẻo Lả Lún Mẳn Nọi Nhân Ọi Panh Pản Phong"
        " Piêng Quý Sương Tấm Thân Tọ Toản Tướng Văn Viên Vui Xiến Yêu Hải Nam Tuấn Dũng Huy Hùng"
    ),
    female_given=_words(
        "Ọi Hặc Xuân Pâng Lả Hiêng Pọm Hương Nhung Thiêng Phương Ín Kiêm Biên Bun Chương Dương Đôi"
        " Hao Hom Hoa Kẻo Khiên Lún Mấng Minh Ngân Nọi Ón Panh Pành Pẳn Pản Phiêng Pỏm Sương Tâm"
        " Thoan Tiên Tỉnh Ún Viên Vui Xôm Yên Hà Linh Trang Thảo Huyền Lan Mai"
    ),
    steepness=0.9,
)

HMONG = People(
    written=("Mông", "H'Mông", "HMông", "Hmông"),
    ward=0.06,
    commune=0.24,
    surnames=_words(
        "Giàng Vàng Thào Sùng Hạng Lù Ma Lý Cứ Mùa Chang Hảng Tráng Vừ Phàng Sình Chá Ly Hầu"
    ),
    male_middles=_words("A A A Seo Văn - Súa Minh"),
    female_middles=_words("Thị Thị Thị - Seo Thị_Thu"),
    male_given=_words(
        "Páo Chu Sử Tủa Dơ Sình Lử Dình Dế Vừ Chứ Súa Nhè Phử Hồ Của Thái Khai Lềnh Pó Sáng Dủa"
        " Tro Vảng Giống Chinh Lâu Dia Sàng Tông Chống Cáng Giả Hù Khua Lầu Lồng Măng Nủ Páng Phềnh"
        " Phứ Quả Rùa Sa Tằng Thênh Trừ Và Vầu Xà Cu Dùa Nỏ Chờ Phong Hùng Minh"
    ),
    female_given=_words(
        "Mỷ Dợ Sua Mái Dở Sủng Pà Chu Xá Mảy Lia Ché Dua Ca Máy Ghênh Pàng Cở Dính Súa Say Dí Vá"
        " Cá Chở Sông Tông Mò Dung Chía Dế Gánh Giông Hoa Khua Lan Lầu Lỳ Mao Nhìa Nu Pày Phương"
        " Sáy Sia Tang Trá Vang Xua Xày Pla Dinh Mai"
    ),
    steepness=0.75,
    children=3.7,
)

DAO = People(
    written=("Dao",),
    ward=0.06,
    commune=0.16,
    surnames=_words("Tẩn Phàn Chẻo Lý Bàn Triệu Phùng Chìn Đặng Lò Vàng Hoàng"),
    male_middles=_words("Vần A Phù Lao Văn Vản Láo Sài Kim Diếu Go - Dào Chin"),
    female_middles=_words("Mùi Thị Tả U Mẩy San Lở Go Ú - Mý"),
    male_given=_words(
        "San Phấu Sài Chiêu Kinh Phẩu Nải Ao Lìn Quẩy Sơn Tá Phin Sinh Chẳn Chòi Pao Quang Hồ Liều"
        " Lụa Mìn Nảy Páo Phúc Sèng Siệu Tài Thông Tỉn Vạn Xoang Diết Đành Khé Cao Sử Lai Phú"
    ),
    female_given=_words(
        "Mẩy Nải Khé Pham San Liều Ghển Lai Coi Chiệp Sếnh Viện Phẩy Sính Nhàn Mụi Pết Sán Diện"
        " Lìu Máy Nái Phà Sảy Song Tình Vàng Xiêm Dất Cói Hoa Hương Lan Mản Man Miển Phây"
    ),
    steepness=0.8,
    children=3.2,
)

GIAY = People(
    written=("Giáy", "Dáy"),
    ward=0.14,
    commune=0.16,
    surnames=_words("Vàng Lò Lục Nùng Hoàng Lù Sần Vi Phan Cháng Lý Tẩn Vùi Nông Sin"),
    male_middles=_words("Văn A - Minh Ngọc Đức Seo Xuân Mạnh"),
    female_middles=_words("Thị Thị_Thu - Thị_Hồng A Thị_Kim Thu Ngọc"),
    male_given=_words(
        "Sài Phong Sinh Chơ Thắng Páo Hùng Kiên Sơn Phù Sẩn Dìn Chiến Phủng Lìn Dền Tỉn Khén Pín"
        " Vinh Thành Lìm Cường Nam Long Sèng Phử Chín Hải Ín Kin Lù Múng Nhình Páng Quáng Tiến"
    ),
    female_given=_words(
        "Mỷ Sen Thảo Hương Ún Hoa Mai Dín Lan Sáy Phương Dếnh Nhình Máy Chấn Phin Páy Vân Xa Thu"
        " Sang Thêm Hằng Kim Làn Mến Nga Ón Pản Sẩn Sủi Thắm Vui Yến Dung Khín Lý"
    ),
    steepness=0.85,
)

HA_NHI = People(
    written=("Hà Nhì",),
    ward=0.01,
    commune=0.06,
    surnames=_words("Pờ Chang Lý Ly Chu Khoàng Sừng Vù Phùng Mạ Toán Lỳ Giàng Tống"),
    male_middles=_words("Lóng Hừ Xá Go Phu Chừ Khừ Gò Sơ Mò"),
    female_middles=_words("Gò Mé Xó Gơ Thị Hừ Po Chừ"),
    male_given=_words("Xá Hừ Cà Po Phu Xe Lòng Tư Khừ Nhù Pó Hà Lóng Sinh Chừ Gò Tơ Lò Sơ Dù Vừ"),
    female_given=_words("De Mé Xó Gơ Pư Chừ Nu Xé Nhù Be Mư Lé Po Khò Sơ Mê Go Hé Bư Ché"),
    steepness=0.8,
    children=3.3,
    patronymic=True,
)

LA_HU = People(
    written=("La Hủ",),
    ward=0.002,
    commune=0.035,
    surnames=_words("Pờ Vàng Ly Phản Giàng Lò Thàng Phùng Lý Ky"),
    male_middles=_words("Lò Gia Xè Mý Go Phì Hừ A -"),
    female_middles=_words("Mý Go Phì Lò Nhù Thị Xó"),
    male_given=_words("Hừ Xè Phí Xá Cà Lò Phạ Po Chừ Sè Hà Gò Giá Pư Đo Nu Pê"),
    female_given=_words("De Xó Mé Pư Nu Gơ Bư Lé Phì Mò Xa Ché Be Nhe"),
    steepness=0.6,
    children=3.7,
)


def _small(written: str, surnames: str, male: str, female: str, *, commune: float) -> People:
    """A people of few hamlets, with Văn and Thị as its commonest middle words."""
    return People(
        written=tuple(written.split("|")),
        ward=0.004,
        commune=commune,
        surnames=_words(surnames),
        male_middles=_words("Văn - A Minh"),
        female_middles=_words("Thị - Thị_Thu"),
        male_given=_words(male),
        female_given=_words(female),
        steepness=0.6,
    )


LU = _small(
    "Lự",
    "Tao Lò Vàng Lùng Khẩu Lý",
    "Ín Kẻo Pàn Nọi Chăn Sén Éng Mon Phát Kham Bun Khăm Sang",
    "Ón Pành Kẻo Éng Mon Chan Pản Hom Ún Khăm Lả Nọi",
    commune=0.02,
)
MANG = _small(
    "Mảng",
    "Lò Chìn Tào Pàn Lùng Sìn Khoang",
    "Pó Me Sơn Nắng Cầm Đao Ngoan Mạ Tâm Lao Lim",
    "Mẹ Xuân Nàng Đảo Ngoan Lụa Ngơ Thoan Cang",
    commune=0.02,
)
CONG = _small(
    "Cống",
    "Lò Lý Chang Hù Ly",
    "Pó Xá Hừ Ún Xom Phạ Cà Nải Thơ",
    "Xó Ún Ón Mé Lả Xuân Hom",
    commune=0.01,
)
SI_LA = _small(
    "Si La",
    "Hù Pờ Giàng Lý Lỳ Chà",
    "Cố Xuân Che Dong Chừ Xá Lai Khai",
    "Chà Sừ Hoa Gió Mó Nhe",
    commune=0.008,
)
KHO_MU = _small(
    "Khơ Mú|Khơ-mú",
    "Lò Quàng Hoàng Mòng Vì Tòng Cút",
    "Dứa Thân Khuyên Phương Tiến Hặc Inh Thắng Chiêu",
    "Khuyên Ọi Hoa Thơm Pâng Xôm Lả Phương",
    commune=0.02,
)

PEOPLES = [KINH, THAI, HMONG, DAO, GIAY, HA_NHI, LA_HU, LU, MANG, CONG, SI_LA, KHO_MU]
