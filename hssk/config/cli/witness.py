"""Keep the seals of somebody's log of looks, on another computer: what was told is never untold.

Reads what `hssk audit tell` wrote and adds what is new to a file of its own, under a signature of
this home; refuses what does not continue it.

Example: hssk witness told.txt --kept witness.txt
"""

STANDALONE = True


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("told", type=Path, help="what `hssk audit tell` wrote")
    parser.add_argument("--kept", type=Path, required=True, help="the witness's own file")


def run(options, acting_as):
    from hssk.access.witness import keep
    from hssk.config.cli._output import seals_in
    from hssk.kit.home import Home

    home = Home.current().open()
    new, all_told = keep(options.kept, seals_in(options.told), home.key("witness"))
    print(f"{new} mốc mới; đang giữ {all_told} mốc.")
    return 0
