"""The kinds of reports: how each is drawn up, told, and what its numbers are called.

A room above adds kinds of what it counts (`add_kind`), before the first request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hssk.access.rights import Right
from hssk.coverage.reports.content import Content
from hssk.coverage.reports.facilities import facilities as facilities_told
from hssk.coverage.reports.progress import progress as progress_told
from hssk.coverage.reports.quality import quality as quality_told
from hssk.coverage.reports.telling import Told
from hssk.coverage.services.lines import Shape
from hssk.coverage.services.quality import QUALITY, quality
from hssk.coverage.services.registered import FACILITIES, facilities
from hssk.coverage.services.reporting import PROGRESS, Before, progress
from hssk.places.models import Unit


@dataclass(frozen=True)
class Kind:
    """One kind of report.

    title    what it is called in lists
    file     what its files are called, in Vietnamese without marks
    drafted  its content: of a unit, on a day, against what, with data of which day
    told     a content in the words of the active language
    names    what numbers are called that no page calls by name
    exact    tells small numbers as they are, so it is for whoever may see the rows of the unit
    within   the kind in whose reports it stands too, drawn up, told and frozen with them; ""
    apart    parts people otherwise than by place. Tables of two levels then tell together what the
             line of a few hides in each, so it is told of one level to one reader
    """

    shape: Shape
    title: str | Promise
    file: str
    drafted: Callable[[Unit, date, Before, date], Content]
    told: Callable[[Content], Told]
    names: Mapping[str, str | Promise] = field(default_factory=dict)
    exact: bool = False
    within: str = ""
    apart: bool = False

    @property
    def right(self) -> Right:
        """What whoever reads it holds in its unit."""
        return Right.ROWS if self.exact else Right.FIGURES


_KINDS: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Have reports of a kind drawn up, sent and shown as all others are.

    Raises ValueError for one that would tell small numbers within a report for everybody.
    """
    if kind.within and kind.exact:
        raise ValueError(f"{kind.shape.kind} tells small numbers: it stands within no other")
    _KINDS[kind.shape.kind] = kind


def kinds() -> dict[str, Kind]:
    """Name → kind, in the order in which they are offered."""
    return dict(_KINDS)


def told(content: Content) -> Told:
    """A content in the words of the active language, with those that stand within it."""
    said = _KINDS[content["kind"]].told(content)
    return replace(said, parts=[told(part) for part in content.get("parts", ())])


add_kind(Kind(PROGRESS, _("Tiến độ tạo lập hồ sơ"), "bao cao", progress, progress_told))
add_kind(
    Kind(
        QUALITY, _("Chất lượng dữ liệu"), "bao cao chat luong du lieu", quality, quality_told,
        names={
            "no_number": _("Chưa có số định danh"),
            "wrong_number": _("Số định danh trái năm sinh, giới"),
            "odd_age": _("Tuổi bất thường"),
            "flawed": _("Có chỗ cần sửa"),
            "records_on_nobody": _("Hồ sơ không của dân cư"),
        },
    )
)  # fmt: skip
add_kind(
    Kind(
        FACILITIES, _("Nơi đăng ký khám chữa bệnh ban đầu"), "bao cao noi dang ky", facilities,
        facilities_told, names={"near": _("Cùng xã với trạm")}, apart=True,
    )
)  # fmt: skip
