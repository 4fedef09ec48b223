"""Accounts by which software of facilities delivers claims (docs/howto/gateway.md).

  add      give a facility an account, or the one it has a new password, which is shown once
  list     the accounts, and when each last came
  end      end the account of a facility at once: its password, its tokens, its post

--unit says where its files belong and whose people they may find; a station needs none.

Example: hssk gateway add --facility 12S01
"""

LOGGED = ("what", "facility", "unit")


def add_arguments(parser):
    parser.add_argument("what", choices=("add", "list", "end"))
    parser.add_argument("--facility", metavar="CODE", help="five signs, as in `hssk facilities`")
    parser.add_argument("--unit", metavar="CODE", help="add: 12, 12-105 or 03403")


def run(options, actor):
    from django.utils import timezone

    from hssk.access.services import access_of

    done = {"add": _add, "list": _list, "end": _end}[options.what]
    done(options, access_of(actor, timezone.localdate()))
    return 0


def _add(options, giver):
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.services import open_gateway
    from hssk.places.services import unit_on

    unit = unit_on(options.unit, giver.day) if options.unit else None
    sender, password = open_gateway(_facility(options), unit=unit, giver=giver, at=timezone.now())
    told = _("Tài khoản: {name}   Mật khẩu: {password}")
    print(told.format(name=sender.user.username, password=password))
    print(_("Hãy ghi lại ngay: mật khẩu này chỉ hiện một lần."))


def _list(_options, giver):
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.services import senders_within

    for one in senders_within(giver):
        came = one.user.last_login
        last = f"{timezone.localtime(came):%d/%m/%Y %H:%M}" if came else "–"
        state = _("đã kết thúc") if one.ended_at else _("gửi lần cuối {last}").format(last=last)
        print(f"{one.facility.code}  {one.user.username}  {one.post.unit}  {one.facility}  {state}")


def _end(options, giver):
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.services import end_gateway, senders_within
    from hssk.kit.errors import Trouble

    facility = _facility(options)
    mine = (one for one in senders_within(giver) if one.facility_id == facility.pk)
    sender = next(mine, None)
    if sender is None:
        raise Trouble("Cơ sở {code} không có tài khoản cổng.", code=facility.code)
    end_gateway(sender, giver=giver, at=timezone.now())
    print(_("Đã kết thúc tài khoản {name}.").format(name=sender.user.username))


def _facility(options):
    from hssk.config.cli._words import misuse
    from hssk.kit.errors import Trouble
    from hssk.places.models import Facility

    if not options.facility:
        raise misuse("the following arguments are required: --facility", "hssk gateway")
    facility = Facility.objects.filter(code=options.facility.strip().upper()).first()
    if facility is None:
        raise Trouble(
            "Không có cơ sở mã {code}. Nạp danh sách cơ sở trước: hssk facilities co_so.csv",
            code=options.facility,
        )
    return facility
