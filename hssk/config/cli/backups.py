"""Say when this home was last copied, or note that it has just been.

The last step of whatever makes the copies is `hssk backups --done`. From the first such word on
`hssk doctor` tells of a copy that is older than 26 hours, and `hssk serve` does not start.

Example: tar -czpf /srv/copies/hssk.tar.gz -C /srv hssk && hssk backups --done
"""

LOGGED = ("done", "nobody")


def add_arguments(parser):
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--done", action="store_true", help="a whole copy was made just now")
    said.add_argument("--nobody", action="store_true", help="nobody says so here any more")


def run(options, actor):
    from datetime import UTC, datetime

    from hssk.config.backups import last_backup, note_backup
    from hssk.kit.home import Home

    home = Home.current()
    if options.done or options.nobody:
        note_backup(home, datetime.now(UTC) if options.done else None)
    last = last_backup(home.facts)
    print(f"backed up {last.isoformat(timespec='seconds') if last else 'never, as far as is told'}")
