"""What each page that names people is for, as the log of looks says it.

Only here all rooms are known.
A page that is not here is told of by what was done there: opened, listed, taken along.
"""

from django.utils.translation import gettext_lazy as _

PURPOSES = {
    "coverage:person": _("xem trang của một người"),
    "coverage:verify": _("xác minh danh tính một người"),
    "coverage:verify-back": _("hủy xác minh danh tính một người"),
    "coverage:find": _("tìm một người theo tên"),
    "coverage:household": _("xem một hộ"),
    "coverage:alone": _("xem những người chưa rõ hộ của một tổ, bản"),
    "coverage:hamlet": _("xem các hộ của một tổ, bản"),
    "coverage:hamlet-list": _("xem danh sách của một tổ, bản"),
    "coverage:list": _("xem danh sách của một đơn vị"),
    "coverage:missing-file": _("tải danh sách người chưa có hồ sơ"),
    "coverage:table-file": _("tải bảng số liệu"),
    "coverage:changes": _("xem thay đổi giữa hai ngày"),
    "coverage:change-list": _("xem người thay đổi giữa hai ngày"),
    "exchange:batch-rows": _("soát các dòng của một tệp"),
    "exchange:batch-errors-file": _("tải các dòng lỗi của một tệp"),
    "exchange:layout": _("chỉ cho máy các cột của một tệp"),
    "exchange:review": _("quyết định hai dòng có phải một người"),
    "exchange:review-case": _("quyết định hai dòng có phải một người"),
    "exchange:verdict": _("quyết định hai dòng có phải một người"),
    "exchange:verdict-back": _("lấy lại một quyết định"),
    "looks": _("đọc nhật ký xem"),
    "looks-one": _("đọc nhật ký xem"),
    "looks-person": _("đọc nhật ký xem của một người"),
    "looks-person-file": _("tải nhật ký xem của một người"),
    "coverage:unusual": _("xem xét các lần xem khác thường"),
    "records:record": _("đọc hồ sơ sức khỏe của một người"),
    "records:new-visit": _("ghi một lần khám"),
    "records:visit": _("đọc một lần khám của một người"),
    "people:new-move": _("hỏi hoặc đề nghị cho người chuyển đến"),
    "people:arrivals": _("xem người chuyển đến"),
    "people:departures": _("trả lời đề nghị chuyển đi"),
    "people:answer": _("trả lời đề nghị chuyển đi"),
    "people:release-mistake": _("sửa một lần chuyển nhầm"),
    "people:mistake": _("sửa một lần chuyển nhầm"),
    "people:undo-move": _("sửa một lần chuyển nhầm"),
    "people:desk": _("làm chứng cho người chuyển đến tại bàn"),
    "people:centre": _("giải quyết đề nghị chuyển quá hạn"),
    "people:behind-glass": _("mở khẩn cấp"),
    "people:case": _("xem nhật ký trong một vụ kiểm tra"),
    "hssk decisions": _("lấy các quyết định ra tệp bằng dòng lệnh"),
    "hssk missing": _("lấy danh sách người chưa có hồ sơ bằng dòng lệnh"),
}
