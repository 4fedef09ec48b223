"""A table of a hamlet large enough for a list."""

CODE, PLACE = "03403", "Bản Tưởng Tượng"


def many(count: int, place: str = PLACE, code: str = CODE) -> str:
    """A table of so many people, four in a household, every second with a record."""
    lines = []
    for number in range(count):
        relation = "relation=Chủ_hộ" if number % 4 == 0 else "relation=Con"
        record = "yes" if number % 2 else "no"
        letter = chr(65 + number % 26) * (1 + number // 26)
        lines.append(
            f"{code} | {place} | Lò Thị {letter} | {record} | household={number // 4 + 1} {relation}"
            f" born={1950 + number} sex=2 phone=0900000000 ethnicity=09"
        )
    return "\n".join(lines)
