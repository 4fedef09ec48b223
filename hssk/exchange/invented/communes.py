"""Communes of the province before 1 July 2025, code and name: those of the city, then the rest.

Source: national list of administrative units; public facts, nothing invented.
"""

_CITY = """
03386 Phường Quyết Thắng
03387 Phường Tân Phong
03388 Phường Quyết Tiến
03389 Phường Đoàn Kết
03403 Xã Sùng Phài
03408 Phường Đông Phong
03409 Xã San Thàng
"""
_PROVINCE = """
03390 Thị trấn Tam Đường
03391 Xã Lản Nhì Thàng
03394 Xã Thèn Sin
03400 Xã Tả Lèng
03405 Xã Giang Ma
03406 Xã Hồ Thầu
03412 Xã Bình Lư
03413 Xã Sơn Bình
03415 Xã Nùng Nàng
03418 Xã Bản Giang
03421 Xã Bản Hon
03424 Xã Bản Bo
03427 Xã Nà Tăm
03430 Xã Khun Há
03433 Thị trấn Mường Tè
03434 Thị trấn Nậm Nhùn
03436 Xã Thu Lũm
03439 Xã Ka Lăng
03440 Xã Tá Bạ
03442 Xã Pa Ủ
03445 Xã Mường Tè
03448 Xã Pa Vệ Sủ
03451 Xã Mù Cả
03454 Xã Bum Tở
03457 Xã Nậm Khao
03460 Xã Hua Bum
03463 Xã Tà Tổng
03466 Xã Bum Nưa
03467 Xã Vàng San
03469 Xã Kan Hồ
03472 Xã Mường Mô
03473 Xã Nậm Chà
03474 Xã Nậm Manh
03475 Xã Nậm Hàng
03478 Thị trấn Sìn Hồ
03481 Xã Lê Lợi
03484 Xã Pú Đao
03487 Xã Chăn Nưa
03488 Xã Nậm Pì
03490 Xã Huổi Luông
03493 Xã Pa Tần
03496 Xã Phìn Hồ
03499 Xã Hồng Thu
03502 Xã Nậm Ban
03503 Xã Trung Chải
03505 Xã Phăng Sô Lin
03508 Xã Ma Quai
03509 Xã Lùng Thàng
03511 Xã Tả Phìn
03514 Xã Sà Dề Phìn
03517 Xã Nậm Tăm
03520 Xã Tả Ngảo
03523 Xã Pu Sam Cáp
03526 Xã Nậm Cha
03527 Xã Pa Khóa
03529 Xã Làng Mô
03532 Xã Noong Hẻo
03535 Xã Nậm Mạ
03538 Xã Căn Co
03541 Xã Tủa Sín Chải
03544 Xã Nậm Cuổi
03547 Xã Nậm Hăn
03549 Thị trấn Phong Thổ
03550 Xã Sì Lở Lầu
03553 Xã Mồ Sì San
03559 Xã Pa Vây Sử
03562 Xã Vàng Ma Chải
03565 Xã Tung Qua Lìn
03568 Xã Mù Sang
03571 Xã Dào San
03574 Xã Ma Li Pho
03577 Xã Bản Lang
03580 Xã Hoang Thèn
03583 Xã Khổng Lào
03586 Xã Nậm Xe
03589 Xã Mường So
03592 Xã Sin Suối Hồ
03595 Thị trấn Than Uyên
03598 Thị trấn Tân Uyên
03601 Xã Mường Khoa
03602 Xã Phúc Khoa
03604 Xã Thân Thuộc
03605 Xã Trung Đồng
03607 Xã Hố Mít
03610 Xã Nậm Cần
03613 Xã Nậm Sỏ
03616 Xã Pắc Ta
03618 Xã Phúc Than
03619 Xã Mường Than
03622 Xã Tà Mít
03625 Xã Mường Mít
03628 Xã Pha Mu
03631 Xã Mường Cang
03632 Xã Hua Nà
03634 Xã Tà Hừa
03637 Xã Mường Kim
03638 Xã Tà Mung
03640 Xã Ta Gia
03643 Xã Khoen On
"""


def _units(text: str) -> list[tuple[str, str]]:
    return [(line[:5], line[6:]) for line in text.split("\n") if line]


CITY = _units(_CITY)
PROVINCE = _units(_PROVINCE)
