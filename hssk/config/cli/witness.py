"""Keep the seals of somebody's log of looks, on another computer: what was told is never untold.

Reads what `hssk audit tell` wrote and adds what is new to a file of its own, under a signature of
this home; refuses what does not continue it. A seal that was photographed comes as the text of its
QR code: it may run ahead of what is kept, and what is told later must lead to it.

Example: hssk witness told.txt --kept witness.txt
"""

STANDALONE = True


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("told", type=Path, nargs="?", help="what `hssk audit tell` wrote")
    parser.add_argument("--scanned", help="the text of one seal's QR code")
    parser.add_argument("--kept", type=Path, required=True, help="the witness's own file")


def run(options, acting_as):
    from hssk.access.witness import keep
    from hssk.config.cli._output import not_written, seal_in, seals_in
    from hssk.kit.errors import Trouble
    from hssk.kit.home import Home

    if (options.told is None) == (options.scanned is None):
        raise Trouble("Cho biết một trong hai: tệp của `hssk audit tell`, hoặc --scanned.")
    told = [seal_in(options.scanned)] if options.scanned else seals_in(options.told)
    home, scanned = Home.current().open(), options.scanned is not None
    key = home.key("witness")
    try:
        new, all_told = keep(options.kept, told, key, scanned=scanned)
    except OSError as error:
        raise not_written(options.kept, error) from error
    print(f"{new} mốc mới; đang giữ {all_told} mốc.")
    return 0
