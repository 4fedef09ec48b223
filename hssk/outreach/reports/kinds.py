"""The kinds of reports of this room."""

from django.utils.translation import gettext_lazy as _

from hssk.coverage.services.kinds import Kind
from hssk.coverage.services.reporting import PROGRESS
from hssk.outreach.reports.checkups import CALLED, CHECKUPS, checkups
from hssk.outreach.reports.checkups_told import checkups_told
from hssk.outreach.reports.left import LEFT, left
from hssk.outreach.reports.left_told import left_told
from hssk.outreach.reports.visits import VISITS, visits
from hssk.outreach.reports.visits_told import visits_told

KINDS = (
    Kind(
        LEFT, _("Lý do còn lại và thiết bị"), "bao cao ly do con lai", left, left_told,
        within=PROGRESS.kind,
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
    Kind(
        VISITS, _("Lượt khám và liên thông dữ liệu"), "bao cao luot kham lien thong", visits,
        visits_told, exact=True,
        names={
            "visits": _("Số lượt"),
            "sent": _("Đã liên thông"),
            "insured": _("Liên thông, có BHYT"),
            "uninsured": _("Liên thông, không BHYT"),
            "unstated": _("Chưa liên thông, không rõ BHYT"),
            "people": _("Số người"),
        },
    ),
    Kind(
        CHECKUPS, _("Người được khám sức khỏe"), "bao cao kham suc khoe", checkups, checkups_told,
        exact=True, names=CALLED,
    ),
)  # fmt: skip
