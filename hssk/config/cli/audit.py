"""Seal the log of looks, tell its seals to a witness, and verify it line by line.

Exits 1 when a line was changed, removed, added or moved since it was sealed. A witness
(`hssk witness`, on another computer) is what makes that true of the owner of this one, too.

Example: hssk audit verify --witness witness.txt
"""

LOGGED, NEEDS = ("what",), "looks"


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument(
        "what",
        choices=("seal", "tell", "verify"),
        help="seal what was logged; write all seals for the witness; verify the log",
    )
    parser.add_argument("--witness", type=Path, help="what the witness keeps, to compare with")


def run(options, actor):
    from django.utils.translation import gettext as _

    from hssk.access.services import make_checkpoint, seals, verify_log
    from hssk.config.cli._output import seals_in

    witnessed = seals_in(options.witness) if options.witness else []
    if options.what == "verify":
        wrong = verify_log(witnessed)
        for fault in wrong:
            print(fault)
        if not wrong:
            kept = seals()
            print(
                _("Nhật ký xem nguyên vẹn: {n} mốc, {lines} dòng.").format(
                    n=len(kept), lines=sum(one.lines for one in kept)
                )
            )
            if not witnessed:
                print(_("Chưa đối chiếu với người làm chứng (--witness)."))
        return 1 if wrong else 0
    make_checkpoint()
    if options.what == "tell":
        for one in seals():
            print(one)
    else:
        print(_("Đã chốt {n} mốc.").format(n=len(seals())))
    return 0
