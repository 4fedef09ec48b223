"""What is doubtful in the data, in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content
from hssk.coverage.reports.telling import (
    Told,
    by_parts,
    change_of,
    day_of,
    heading,
    moved,
    numbered,
    numbers_of,
    percent,
    said,
    signed,
    usual_notes,
)
from hssk.kit.official import NUMBER, PERCENT, TEXT, Column, Row, number_cell


def quality(content: Content) -> Told:
    """A content of the quality of data in the words of the active language."""
    rows = []
    for depth, first, line in numbered(content):
        it = numbers_of(content, line)
        changed = signed(change_of(content, line, "flawed"))
        share = percent(it["flawed"], it["expected"])
        one, *other = (number_cell(it[count]) for count in _IN_TABLE)
        rows.append(
            Row(depth, [*first, number_cell(it["expected"]), number_cell(it["flawed"]), share,
                        changed, one, *other])
        )  # fmt: skip
    return Told(
        **heading(content),
        title=_("Chất lượng dữ liệu hồ sơ sức khỏe"),
        lead=_lead(content),
        table=_("Chất lượng dữ liệu theo {parts}").format(parts=by_parts(content)),
        columns=_columns(content),
        rows=rows,
        notes=[
            _(
                "Mỗi cột đếm riêng: một người có thể đứng ở nhiều cột. Nơi có nhiều người cần sửa "
                "nhất đứng đầu."
            ),
            _("Dấu – ở hai cột cuối: hồ sơ chỉ ghi xã, phường, nên không chia được theo tổ, bản."),
            *usual_notes(content),
        ],
    )


_IN_TABLE = (
    *("no_number", "wrong_number", "odd_age", "to_decide", "unlisted", "verified", "complete"),
    *("updated", "duplicates", "records_on_nobody"),
)


def _columns(content: Content) -> list[Column]:
    """In the order of the cells."""
    return [
        Column(_("TT"), TEXT, 4),
        Column(_("Đơn vị"), TEXT, 20),
        Column(_("Dân cư")),
        Column(_("Có chỗ cần sửa")),
        Column(_("Tỷ lệ"), PERCENT, 8),
        Column(_("Tăng, giảm từ {day}").format(day=day_of(content["since"])), NUMBER, 11),
        Column(_("Chưa có số định danh")),
        Column(_("Số trái năm sinh, giới")),
        Column(_("Tuổi bất thường"), NUMBER, 10),
        Column(_("Còn chờ xem lại")),
        Column(_("Danh sách không còn tên"), NUMBER, 10),
        Column(_("Đã xác minh")),
        Column(_("Đủ QĐ 831")),
        Column(_("Mục mới 12 tháng")),
        Column(_("Hồ sơ trùng")),
        Column(_("Hồ sơ không của dân cư")),
    ]


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    shares = {
        f"{name}_share": percent(it[name], it["expected"]).text
        for name in ("flawed", "verified", "complete", "updated")
    }
    lead = [
        _(
            "Đến ngày {day}, {unit} có {expected} người dân, trong đó {flawed} người "
            "({flawed_share}) có ít nhất một chỗ dữ liệu phải xem lại hoặc sửa. Số liệu theo dữ "
            "liệu mới nhất, của ngày {data}."
        ),
        _change(content),
        _(
            "Số định danh cá nhân: {no_number} người chưa có số nào; {wrong_number} người chỉ có "
            "số trái với năm sinh hoặc giới tính. Tuổi bất thường: {odd_age} người chưa rõ ngày "
            "sinh, sinh sau ngày báo cáo, hoặc từ 110 tuổi trở lên."
        ),
        _(
            "Đã xác minh danh tính {verified} người ({verified_share}); hồ sơ đầy đủ theo QĐ 831 "
            "{complete} người ({complete_share}); có mục sức khỏe mới trong 12 tháng {updated} "
            "người ({updated_share})."
        ),
        _(
            "Danh sách nhân khẩu: {doubles} dòng thừa của người đã có tên; {unlisted} người mà "
            "danh sách mới nhất không còn tên; {dead_listed} người phần mềm ghi đã mất và "
            "{moved_listed} người phần mềm ghi đã chuyển đi mà danh sách còn tên."
        ),
        _(
            "Phần mềm hồ sơ: {duplicates} hồ sơ trùng; {records_on_nobody} hồ sơ của người đã mất, "
            "đã chuyển đi hoặc không có trong danh sách nào; {to_decide} người có thể đã có hồ sơ, "
            "đang chờ người xác nhận."
        ),
        _(
            "Chưa biết: số định danh nào đã khớp với Cơ sở dữ liệu quốc gia về dân cư. Chưa nguồn "
            "nào ghi điều này, nên báo cáo không nêu con số."
        ),
    ]
    words = {**said(content), **shares}
    return [sentence.format(**words) for sentence in lead]


def _change(content: Content) -> str:
    changes = {
        name: moved(change_of(content, content["whole"], name))
        for name in ("flawed", "no_number", "wrong_number", "verified", "complete")
    }
    if content["whole"]["before"] is None:
        return _("Chưa có số liệu ngày {since} để so sánh.")
    if content["against"]:
        sentence = _("So với báo cáo đã gửi, số liệu ngày {since}: {changes}.")
    else:
        sentence = _("So với ngày {since}: {changes}.")
    listed = _(
        "số người có chỗ cần sửa {flawed}, chưa có số định danh {no_number}, có số trái "
        "{wrong_number}, đã xác minh {verified}, đầy đủ theo QĐ 831 {complete}"
    ).format(**changes)
    return sentence.format(since=day_of(content["since"]), changes=listed)
