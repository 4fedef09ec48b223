"""The receipt of a delivery: signed by who hands the workbook over and by who takes it in."""

from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from hssk.exchange.models import Delivery
from hssk.kit.numbers import format_date, format_number
from hssk.kit.typesetting import typeset
from hssk.places.services import office_of

_HERE = Path(__file__).resolve().parent


def receipt_as_pdf(delivery: Delivery, *, new: int) -> bytes:
    """The receipt on A4; printed again it is the same paper. It names nobody of the workbook.

    new  of how many people the record is new, the others' corrected
    """
    made = localtime(delivery.made_at)
    said = {
        "invented": settings.HSSK_INVENTED,
        "office": f"{office_of(delivery.unit.level).name} {delivery.unit}",
        "serial": delivery.serial,
        "facts": [
            ["Phần mềm", delivery.software],
            ["Số hồ sơ", format_number(delivery.count, "vi")],
            ["Trong đó", f"{format_number(new, 'vi')} hồ sơ mới, "
                         f"{format_number(delivery.count - new, 'vi')} hồ sơ sửa"],
            *([["Giao lại của phiếu", delivery.again.serial]] if delivery.again else []),
            ["Người lập tệp", str(delivery.made_by)],
            ["Lập lúc", f"{made:%H:%M}, {format_date(made.date(), 'vi')}"],
        ],
        "digest": delivery.digest,
    }  # fmt: skip
    stamp = int(delivery.made_at.astimezone(UTC).timestamp())
    return typeset(_HERE / "receipt.typ", said, format="pdf", timestamp=stamp)
