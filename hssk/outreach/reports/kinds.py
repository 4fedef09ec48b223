"""The kinds of reports of this room."""

from django.utils.translation import gettext_lazy as _

from hssk.coverage.services.kinds import Kind
from hssk.outreach.reports.left import LEFT, left
from hssk.outreach.reports.left_told import left_told

KINDS = (
    Kind(
        LEFT, _("Lý do còn lại và thiết bị"), "bao cao ly do con lai", left, left_told,
        names={
            "nobody_went": _("Chưa ai đến"),
            "told": _("Đã báo, chưa làm"),
            "absent": _("Đi vắng"),
            "refused": _("Không đồng ý"),
            "not_there": _("Đã chuyển, mất, không ai biết"),
            "other": _("Lý do khác"),
            "no_phone": _("Không có điện thoại thông minh"),
            "phone_unfit": _("Máy đầy hoặc cũ"),
            "device_unknown": _("Chưa rõ thiết bị"),
        },
    ),
)  # fmt: skip
