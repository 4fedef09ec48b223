"""Tell whom the posts of everybody let them reach on one day and on a later one, as after a merger.

Prints one line a user, parted by tabs: name, hamlets and people reached before, after, those added
by a post that somebody gave in between, and those added by nobody. Exits 1 when that is not 0.

Example: hssk posts --before 2025-06-30 --after 2025-07-01
"""

NEEDS = "posts"


def add_arguments(parser):
    from hssk.config.cli._words import day

    parser.add_argument("--before", required=True, metavar="DATE", type=day)
    parser.add_argument("--after", required=True, metavar="DATE", type=day)


def run(options, actor):
    from django.utils import timezone

    from hssk.access.services import access_of
    from hssk.coverage.services.regranting import access_lines

    giver = access_of(actor, timezone.localdate())
    lines = access_lines(giver, options.before, options.after)
    for line in lines:
        reaches = (line.before, line.after, line.approved, line.beyond)
        numbers = (str(n) for reach in reaches for n in (reach.hamlets, reach.people))
        print("\t".join([line.user.username, *numbers]))
    return 1 if any(line.beyond.hamlets for line in lines) else 0
