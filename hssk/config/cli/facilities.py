"""Take in the list of facilities: their codes, names, and which commune's station each is.

The file is CSV in UTF-8 with a header: code, name, unit (of the commune; empty for a hospital).
Prints how many it has. Whoever works as a clinician in that commune is then at that station.

Example: hssk facilities co_so.csv
"""

NEEDS = "posts"


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("file", metavar="FILE", type=Path)


def run(options, actor):
    from django.utils import timezone

    from hssk.kit.errors import Trouble
    from hssk.places.services.facilities import load_facilities

    if not options.file.is_file():
        raise Trouble("Không có tệp này. Kiểm tra lại đường dẫn.")
    print(load_facilities(options.file, timezone.localdate()))
    return 0
