"""Hold the gap ledger against the facts that it counts, or make it anew from them.

Exits 1 when a figure or a row differs from the facts. Both take as long as counting everybody,
and pages of figures wait meanwhile; facts are read and never changed.

  verify    count everybody again and compare, by place, on each --on; nothing is changed
  rebuild   forget what was counted and count everybody again

Example: hssk ledger verify --on 2024-03-31
"""

LOGGED, NEEDS = ("what",), "undo"
MONTHS_BACK = 12


def add_arguments(parser):
    from hssk.config.cli._words import day

    parser.add_argument("what", choices=("verify", "rebuild"))
    parser.add_argument(
        "--on",
        metavar="DATE",
        type=day,
        action="append",
        help="verify: a day to compare; may be said again (default: today and twelve months back)",
    )


def run(options, _actor):
    from hssk.coverage.services import rebuild

    _tell_who_waits()
    if options.what == "verify":
        return _verify(options.on or _usual_days())
    rebuild()
    return _say_how_many()


def _verify(days):
    from django.utils.translation import gettext as _

    from hssk.config.cli._run import log
    from hssk.coverage.services import verify

    wrong = verify(days)
    if not wrong:
        return _say_how_many()
    for fault in wrong:
        log().error("ledger: %s", fault)
    said = _(
        "Sổ cái lệch với dữ kiện ở {n} chỗ (ghi trong hssk.log). Chạy hssk ledger rebuild để đếm "
        "lại từ đầu."
    )
    print(said.format(n=len(wrong)))
    return 1


def _usual_days():
    """Today, and the first days of this month and of those before it."""
    from datetime import date

    from django.utils import timezone

    today = timezone.localdate()
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS_BACK)]
    return [today, *(date(month // 12, month % 12 + 1, 1) for month in months)]


def _tell_who_waits():
    import sys

    from django.utils.translation import gettext as _

    if sys.stderr.isatty():
        print(_("Đang đếm lại mọi người; các trang số liệu chờ đến khi xong…"), file=sys.stderr)


def _say_how_many():
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.coverage.services import numbers_on
    from hssk.kit.numbers import format_number

    today = timezone.localdate()
    people = sum(place.expected for place in numbers_on(today).values())
    print(_("Sổ cái khớp với dữ kiện: hôm nay {n} người dân.").format(n=format_number(people)))
    return 0
