"""Which sections the Ministry's form requires of a person, and whether a record is complete.

"Complete" is another thing than "created": of a hundred records that were created, few say much.
An answer that there is nothing to say fills a section too.

Source: QĐ 831/QĐ-BYT (11/03/2017), parts A to D, says what the form asks; it does not say of whom,
so each line below says why. sql/standing.sql is made from this table, and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hssk.kit.dates import PartialDate
from hssk.records.rules.icd10 import FEMALE, MALE
from hssk.records.rules.sections import SECTIONS, Tier

FROM_EVER = date.min  # an entry without a day is taken as older than any question


@dataclass(frozen=True)
class Required:
    """One part of the form that whoever fits must have.

    sections  any of them fills it
    since     the age in whole years from which it is asked; `until` the age from which no more
    source    where the form asks it; `reason` why of these people and no others
    """

    name: str
    sections: tuple[str, ...]
    source: str
    reason: str
    sex: int | None = None  # MALE, FEMALE, None for both
    since: int = 0
    until: int | None = None

    def asked_of(self, sex: int, birth: date, on: date) -> bool:
        """Whether it is required of somebody of that sex and first possible birth date on `on`."""
        if self.sex is not None and sex != self.sex:
            return False
        ended = self.until is not None and on >= birthday(birth, self.until)
        return on >= birthday(birth, self.since) and not ended


REQUIRED = (
    Required("birth", ("birth",), "B1", until=6,
             reason="Chăm sóc trẻ dưới 6 tuổi dựa vào cân nặng và tuổi thai lúc sinh."),
    Required("risk_factors", ("risk_factors",), "B2", since=15,
             reason="Thuốc lá, rượu bia được hỏi từ 15 tuổi, như các điều tra quốc gia."),
    Required("allergies", ("allergies",), "B3", reason="Ai điều trị cũng hỏi trước tiên."),
    Required("own_illnesses", ("own_illnesses",), "B3", reason="Mẫu hỏi mọi người."),
    Required("disability", ("disability",), "B4", reason="Mẫu hỏi mọi người."),
    Required("surgery", ("surgery",), "B5", reason="Mẫu hỏi mọi người."),
    Required("family_history", ("family_history",), "B6", reason="Mẫu hỏi mọi người."),
    Required("reproductive", ("reproductive",), "B7", sex=FEMALE, since=15, until=50,
             reason="Mẫu chỉ hỏi phụ nữ; thống kê coi 15 đến 49 là tuổi sinh đẻ."),
    Required("immunisation", ("immunisation",), "C1", until=6,
             reason="Lịch tiêm cơ bản xong trước khi vào lớp một."),
    Required("examination", ("examinations", "results", "conclusion"), "D",
             reason="Cần ít nhất một lần thăm khám, xét nghiệm hoặc kết luận."),
)  # fmt: skip
OF_FORM = {part.name: part for part in REQUIRED}

# What tells something of somebody's health: all but who they are, and what is only arranged.
CLINICAL = tuple(name for name in SECTIONS if name not in ("administrative", "appointments"))

# What is sensitive is not counted either: a figure or a list that knew of it would tell that it is
# there (decision 17).
COUNTED = Tier.ROUTINE


def birthday(birth: date, years: int) -> date:
    """The day from which somebody is `years` old; 29 February becomes 1 March."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def is_known(sex: int, birth: PartialDate | None, ethnicity: str) -> bool:
    """Whether the administrative part (A) is filled, with what people's room knows of a resident.

    Name and place of living are known of every resident. Sex, birth (to the year at least) and
    ethnicity must be. A number need not: it is never a reason to turn anybody away.
    """
    return sex in (MALE, FEMALE) and birth is not None and bool(ethnicity)


@dataclass(frozen=True)
class Completeness:
    """The parts required of one person on a day: those filled and those not, in the form's order.

    `administrative` stands among them, first.
    """

    filled: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.lacking


def completeness(
    first: Mapping[str, date | None],
    *,
    sex: int,
    birth: PartialDate | None,
    ethnicity: str,
    on: date,
) -> Completeness:
    """What of the form is filled for one person on `on`.

    first  section → the day of its first entry that stands and was not withdrawn, of those that
           whoever asks may see; None for one without a day. What came later than `on` fills nothing
    Of somebody whose birth is not known only what is required at every age is asked.
    """
    known = {section for section, day in first.items() if (day or FROM_EVER) <= on}
    found = {"administrative": is_known(sex, birth, ethnicity)}
    for part in REQUIRED:
        if birth is None:
            asked = part.sex is None and part.since == 0 and part.until is None
        else:
            asked = part.asked_of(sex, birth.value, on)
        if asked:
            found[part.name] = bool(known.intersection(part.sections))
    filled = tuple(name for name, is_filled in found.items() if is_filled)
    return Completeness(filled, tuple(name for name in found if name not in filled))
