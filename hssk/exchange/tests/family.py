"""The family into which children are born in tests of this room, and who else lives there."""

from datetime import date

from hssk.exchange.tests.pipeline import person

DAY = date(2024, 4, 2)  # of the birth
MOTHER = person("Giàng Thị Mỷ", "06/05/1995", 2, pid="012195000002", household="2", relation="Vợ")
FATHER = person("Giàng A Sình", "01/02/1990", 1, pid="012190000001", household="2",
                relation="Chủ hộ")  # fmt: skip
_OTHERS = [person(f"Lò Văn {name}", f"0{n}/03/1960", household="9", pid=f"01206000000{n}")
           for n, name in enumerate(("Sơn", "Hải", "Minh"), 1)]  # fmt: skip
LINES = [MOTHER, FATHER, *_OTHERS]
