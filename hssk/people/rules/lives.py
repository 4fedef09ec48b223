"""What follows from a birth and from a death: how a child is called and placed, when one counts.

Source: issue 4, §1, "From birth to death"; domain.md §6.5 (relations), Top 15, facts 6 and 10.
"""

from calendar import monthrange
from datetime import date, timedelta

from hssk.kit.dates import DAY, MONTH, PartialDate, age_on
from hssk.people.rules.relations import RELATIONS, relation_code

MOST_AT_ONCE = 3  # children of one birth that the form takes
WRITTEN_A_DAY = 40  # children and people without papers whom one user may write down on one day
LATE = timedelta(days=366)  # a birth further back is no birth to report: the child is added
YOUNGEST, OLDEST = 10, 60  # years of a mother beyond which the day or the person is wrong
YOUNGEST_UNSEEN = 12  # of one of whom a file alone tells, and nobody who knows her
MALE = 1
# what a mother is to the head of the household → what her child is
_CHILD_OF = {"01": "03", "02": "03", "03": "09", "07": "09", "08": "09", "09": "09", "12": "12"}


def relation_of_child(mothers: str) -> str:
    """What a newborn is to the head of the household, from what its mother is; "" where unclear.

    mothers  as a list says it: "Chủ hộ" and "Vợ" → "Con đẻ", "Con dâu" → "Cháu"
    """
    code = _CHILD_OF.get(relation_code(mothers), "")
    return RELATIONS[code] if code else ""


def called_after(mother: str, nth: int, of: int) -> str:
    """How a child without a name is called: "Con bà Giàng Thị Mỷ"; of several "… (bé thứ 2)"."""
    called = f"Con bà {mother}"
    return called if of == 1 else f"{called} (bé thứ {nth})"


def called_by_words(words: str) -> str:
    """How somebody is called of whom no name is known, by what was seen of them."""
    return f"Chưa rõ tên: {words}"


def last_day_of(partial: PartialDate) -> date:
    """The last day that a partial date may mean."""
    first = partial.value
    if partial.precision == DAY:
        return first
    month = first.month if partial.precision == MONTH else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def counted_until(died: PartialDate, today: date) -> date:
    """The day from which the dead count no more: the last that it may be, and not to come.

    So somebody whose month of death alone is known is not left out before their death.
    """
    return min(last_day_of(died), today)


def doubt_of_birth(
    born: date, today: date, *, sex: int, birth: PartialDate | None, died_on: date | None,
    youngest: int = YOUNGEST,
) -> str:  # fmt: skip
    """Why a birth on `born` cannot be this mother's: "day", "sex", "age", "dead"; "" where it can.

    sex, birth, died_on  of the mother; 0 and None where they are not known
    youngest             the years of age from which she is believed to be one
    """
    if not today - LATE <= born <= today:
        return "day"
    if sex == MALE:
        return "sex"
    if birth is not None and not youngest <= age_on(birth, born) <= OLDEST:
        return "age"
    return "dead" if died_on is not None and born > died_on else ""


def doubt_of_death(died: PartialDate, today: date, *, birth: PartialDate | None) -> str:
    """Why somebody cannot have died then: "to-come", "unborn"; "" where they can."""
    if died.value > today:
        return "to-come"
    return "unborn" if birth is not None and last_day_of(died) < birth.value else ""
