"""Say after how long sessions of this installation end by themselves, or set it.

Without options it tells. What is set holds from the next start of `hssk serve`.

Example: hssk sessions --idle 15 --shared 2 --longest 8
"""

LOGGED = ("idle", "shared", "longest")


def add_arguments(parser):
    from hssk.config.limits import BOUNDS

    told = {
        "idle": "minutes with nobody there",
        "shared": "the same at a shared machine",
        "longest": "hours in any case",
    }
    for name, words in told.items():
        low, high = BOUNDS[name]
        parser.add_argument(f"--{name}", type=int, metavar="N", help=f"{words}, {low} to {high}")


def run(options, actor):
    from hssk.config.limits import Limits, set_limits
    from hssk.kit.home import Home

    home = Home.current()
    asked = {name: getattr(options, name) for name in LOGGED}
    if any(value is not None for value in asked.values()):
        set_limits(home, **asked)
    limits = Limits.of(home.facts)
    print(f"idle {limits.idle} min\nshared {limits.shared} min\nlongest {limits.longest} h")
