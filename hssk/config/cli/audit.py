"""Seal the log of looks, tell its seals to a witness, verify it, and let go what is past the rule.

Exits 1 when a line was changed, removed, added or moved since it was sealed. A witness
(`hssk witness`, on another computer) is what makes that true of the owner of this one, too.

  seal     seal what was logged
  tell     write all seals for the witness; with --qr the newest, to be photographed
  verify   work every seal out again; --witness compares with what somebody else keeps
  purge    remove whole months past the rule, sealed and known to the witness
  keep     keep looks for more years than now (--years)

Example: hssk audit verify --witness witness.txt
"""

LOGGED, NEEDS = ("what", "before", "years"), "looks"


def add_arguments(parser):
    from pathlib import Path

    from hssk.config.cli._words import day

    parser.add_argument("what", choices=("seal", "tell", "verify", "purge", "keep"))
    parser.add_argument("--witness", type=Path, help="what the witness keeps, to compare with")
    parser.add_argument("--qr", action="store_true", help="tell: the newest seal as a QR code")
    parser.add_argument("--svg", type=Path, help="tell: that QR code into this file")
    parser.add_argument("--before", type=day, help="purge: only months that end before this day")
    parser.add_argument("--years", type=int, help="keep: for how many years from now on")


def run(options, actor):
    return {"seal": _seal, "tell": _tell, "verify": _verify, "purge": _purge, "keep": _keep}[
        options.what
    ](options, actor)


def _seal(_options, _actor):
    from django.utils.translation import gettext as _

    from hssk.access.services import make_checkpoint, newest_seal

    make_checkpoint()
    newest = newest_seal()
    print(_("Đã chốt {n} mốc.").format(n=newest.number if newest else 0))
    return 0


def _tell(options, _actor):
    from hssk.access.services import make_checkpoint, seals
    from hssk.access.showing_seals import in_svg, in_terminal
    from hssk.config.cli._output import written_whole

    make_checkpoint()
    kept = seals()
    if kept and options.svg:
        with written_whole(options.svg) as out:
            out.write(in_svg(kept[-1]))
    if kept and options.qr:
        print(in_terminal(kept[-1]))
        print(kept[-1])
    elif not options.svg:
        print("\n".join(map(str, kept)), end="\n" if kept else "")
    return 0


def _verify(options, actor):
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.services import not_sealed_since, note_witness, seals, verify_log

    witnessed = _witnessed(options)
    wrong = verify_log(witnessed, today=timezone.localdate())
    for fault in wrong:
        print(fault)
    if wrong:
        return 1
    kept = seals()
    print(
        _("Nhật ký xem nguyên vẹn: {n} mốc, {lines} dòng.").format(
            n=len(kept), lines=sum(one.lines for one in kept)
        )
    )
    if since := not_sealed_since():
        told = _("Các lần xem từ {at} chưa được chốt nên chưa kiểm được (hssk audit seal).")
        print(told.format(at=f"{timezone.localtime(since):%H:%M %d/%m/%Y}"))
    if witnessed:
        note_witness(witnessed, actor)
        told = _("Khớp với người làm chứng đến mốc {n}/{all}.")
        print(told.format(n=max(one.number for one in witnessed), all=len(kept)))
    else:
        print(_("Chưa đối chiếu với người làm chứng (--witness)."))
    return 0


def _purge(options, actor):
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.services import make_checkpoint, months_past, purge, years_kept
    from hssk.kit.errors import Trouble

    today = timezone.localdate()
    months = months_past(before=options.before, today=today)
    if not months:
        said = _("Chưa có tháng nào quá hạn lưu {years} năm; không xóa gì.")
        print(said.format(years=years_kept()))
        return 0
    if options.witness is None:
        raise Trouble("Chỉ xóa khi người làm chứng đã giữ các mốc: thêm --witness với tệp của họ.")
    purge(months, _witnessed(options), actor, today=today)
    make_checkpoint()
    for month in months:
        print(
            _("Đã xóa các lần xem của tháng {month}; các mốc vẫn giữ.").format(
                month=f"{month:%m/%Y}"
            )
        )
    return 0


def _keep(options, actor):
    from django.utils.translation import gettext as _

    from hssk.access.services import keep_longer, years_kept

    if options.years is not None:
        keep_longer(options.years, actor)
    print(_("Nhật ký xem được giữ {years} năm.").format(years=years_kept()))
    return 0


def _witnessed(options):
    from hssk.config.cli._output import seals_in
    from hssk.kit.errors import Trouble

    if not options.witness:
        return []
    if not (kept := seals_in(options.witness)):  # nothing to compare with is not agreement
        raise Trouble(
            "{file} không phải tệp mốc của nhật ký xem (hssk audit tell).", file=options.witness
        )
    return kept
