"""What a record adds to the emergency set: the closed list that the database holds to.

Source: protection.md 1.3 ("allergies, blood group, pregnancy, anticoagulant/insulin, last 3
vitals"); medicines that are sensitive are told as such and never named.
"""

from hssk.records.rules.beware import substances
from hssk.records.rules.reading_codes import LOINC
from hssk.records.rules.summary import (
    ENDED,
    FOR_DAYS,
    GIVEN_FOR,
    LAST_PREGNANCY,
    LONG,
    LONGER,
    PREGNANT,
    PREGNANT_FOR,
    PREGNANT_NOW,
)
from hssk.records.sections import code_of

TEXTS: dict[str, str] = {
    "allergy": "Dị ứng",
    "blood": "Nhóm máu",
    "pregnant": "Đang mang thai",
    "anticoagulant": "Đang dùng thuốc chống đông",
    "insulin": "Đang dùng insulin",
    "ask": "Thuốc cần hỏi bác sĩ",
    "asked": "có thuốc tương tác với nhiều thuốc khác; hỏi bác sĩ đang điều trị trước",
    "sign": "Dấu hiệu sinh tồn gần nhất",
}
PARTS = ("allergy", "blood", "pregnant", "anticoagulant", "insulin", "ask", "sign")
# pressure, pulse, heat, breaths, SpO2 by pulse and of blood
SIGNS = ("85354-9", "8867-4", "8310-5", "9279-1", "59408-5", "2708-6")
LAST_SIGNS = 3
# labels of visits whose medicines react with many others; of another that is sensitive nothing is
# asked, for that would be wrong and tell of a visit, unless everybody must know of such a medicine
ASKED_OF = ("HIV", "PSY", "SUD")
BLOOD = (code_of("administrative", "abo"), code_of("administrative", "rh"), "882-1")


def places(routine: int) -> dict[str, str]:
    """What stands in `sql/emergency.sql` for each of its places.

    routine  the last tier whose words may be shown
    """
    return {
        "routine": str(routine),
        "given_for": str(GIVEN_FOR.days),
        "for_days": FOR_DAYS.pattern,
        "long": str(LONG.days),
        "longer": str(LONGER.days),
        "pregnant_for": str(PREGNANT_FOR.days),
        "about_pregnancy": _starts((*PREGNANT, *ENDED)),
        "last_pregnancy": LAST_PREGNANCY,
        "pregnant_now": PREGNANT_NOW,
        "ended": _starts(ENDED),
        "loinc": LOINC,
        "signs": _quoted(SIGNS),
        "blood": _quoted(BLOOD),
        "asked_of": _quoted(ASKED_OF),
        "beware": ", ".join(
            f"('{word}', '{_words(names)}')" for word, names in substances().items()
        ),
        "last_signs": str(LAST_SIGNS),
    }


def _starts(codes: tuple[str, ...]) -> str:
    return "|".join(codes)


def _words(names: tuple[str, ...]) -> str:
    """A pattern that finds any of the names at the beginning of a word."""
    return rf"\m({'|'.join(names)})"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
