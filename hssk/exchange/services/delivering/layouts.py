"""How the import workbook of the software in use is filled in: mapped once, by who delivers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.exchange.errors import Refused
from hssk.exchange.formats.outgoing import (
    FIXED,
    WAYS,
    Resident,
    Saying,
    Template,
    row_of,
    standard,
    template_in,
)
from hssk.exchange.models import Batch, SoftwareLayout
from hssk.exchange.services.looking_into import looking_into
from hssk.kit.dates import PartialDate
from hssk.kit.text import clean
from hssk.places.models import Unit

_NAMES = {"name", "name:upper", "first_name"}
# nobody: on whom an officer sees what each column will say
_SAMPLES = (
    Resident(
        name="Lò Thị Mẫu", birth=PartialDate(date(1990, 3, 5)), sex=2, pid="012190000000",
        bhxh="1234567890", phone="0900000000", ethnicity=("03", "Thái"), head="Lò Văn Mẫu",
        relation="Vợ", household="12", hamlet="Bản Mẫu", unit="Xã Mẫu", unit_code="00000",
        district="Huyện Mẫu", province="Tỉnh Lai Châu", province_code="12",
        insurance_place="12000", opened=date(2024, 3, 13), kind="Mới",
    ),
    Resident(
        name="Giàng A Mẫu", birth=PartialDate.of(1958), sex=1, cmnd="045000000",
        ethnicity=("08", "Mông"), head="Giàng A Mẫu", relation="Chủ hộ", hamlet="Bản Mẫu",
        unit="Xã Mẫu", unit_code="00000", district="Huyện Mẫu", province="Tỉnh Lai Châu",
        province_code="12", opened=date(2024, 3, 14), kind="Sửa",
    ),
)  # fmt: skip


def units_of(who: Access) -> list[Unit]:
    """The units for which somebody may map a workbook: those of their posts; of posts of everything
    the units that files were taken in for."""
    if who.holds_everything(Right.DELIVER):
        known = Unit.objects.filter(pk__in=Batch.objects.values("unit"))
        return sorted(known, key=lambda unit: unit.path)
    return sorted(who.units(Right.DELIVER), key=lambda unit: unit.path)


def layouts_of(who: Access) -> list[SoftwareLayout]:
    """The workbooks mapped for units in which somebody delivers, the newest first."""
    every = SoftwareLayout.objects.select_related("unit", "made_by", "saved_by").order_by("-pk")
    return [one for one in every if who.holds_unit(one.unit, Right.DELIVER)]


def new_layout(
    upload: UploadedFile | None, unit: Unit, software: str, *, by: User, at: datetime
) -> SoftwareLayout:
    """A workbook with a guess for each column, to be looked over and saved.

    upload  the empty import workbook; None for one of ours, with the columns that extracts have
    Raises UnreadableFile and Refused as reading does, and Refused where no row is a header.
    """
    found = template_in(_grids(upload)) if upload is not None else standard()
    if found is None:
        raise Refused(
            _n("Không tìm thấy dòng tiêu đề cột trong tệp."),
            _n("Hãy gửi tệp mẫu nhập của phần mềm, để nguyên dòng tiêu đề."),
        )
    template, guessed = found
    columns = [
        {"title": title, "way": saying.way, "text": saying.text}
        for title, saying in zip(template.titles, guessed, strict=True)
    ]
    return SoftwareLayout.objects.create(
        unit=unit, software=clean(software)[:100], sheet=template.sheet[:100],
        above=template.above, first=template.first, columns=columns, made_by=by, made_at=at,
    )  # fmt: skip


def _grids(upload: UploadedFile) -> list[Any]:
    with looking_into(upload) as file:
        return file.grids()


def save_layout(layout: SoftwareLayout, said: Sequence[Saying], *, by: User, at: datetime) -> None:
    """Say what each column says, in their order; what was delivered before stays as it was.

    Raises Refused where no column is a name, and for a way that there is not.
    """
    if not _NAMES & {one.way for one in said}:
        raise Refused(_n("Chưa có cột nào là họ và tên."))
    if len(said) != len(layout.columns) or any(
        one.way and one.way != FIXED and one.way not in WAYS for one in said
    ):
        raise Refused(_n("Mẫu này vừa được đổi. Hãy mở lại trang."))
    layout.columns = [
        {**column, "way": one.way, "text": one.text if one.way == FIXED else ""}
        for column, one in zip(layout.columns, said, strict=True)
    ]
    layout.saved_by, layout.saved_at = by, at
    layout.save(update_fields=["columns", "saved_by", "saved_at"])


def can_fill(layout: SoftwareLayout) -> bool:
    """Whether somebody has said that the columns are right."""
    return layout.saved_at is not None


def template_of(layout: SoftwareLayout) -> Template:
    """The workbook that a layout fills in."""
    above = [(row, cells) for row, cells in layout.above]
    titles = [column["title"] for column in layout.columns]
    return Template(layout.sheet, above, titles, layout.first)


def sayings_of(layout: SoftwareLayout) -> list[Saying]:
    """What each column says, in their order."""
    return [Saying(column["way"], column["text"]) for column in layout.columns]


def example(said: Sequence[Saying]) -> list[list[Any]]:
    """What these columns would say of two people whom there are not."""
    return [row_of(said, who, number) for number, who in enumerate(_SAMPLES, 1)]
