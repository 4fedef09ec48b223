"""Tell how many residents of a unit have a record on a day, and how many have none.

The parts are the communes of a province or district, the hamlets of a commune. --map draws them
on the map of another day: a ward of 2025 as the communes of 2024 that it was made of.

Prints one line a place, parted by tabs: name, residents, with a record, to decide, without one,
rate. With --json the same and more; hamlets of one name are told apart by their former communes.

Example: hssk coverage --unit 12-105 --on 2024-03-31 --map 2025-07-01 --json
"""

NEEDS = "register"


def add_arguments(parser):
    from hssk.config.cli._words import day

    parser.add_argument("--unit", required=True, metavar="CODE", help="12, 12-105 or 03403")
    parser.add_argument("--on", required=True, metavar="DATE", type=day)
    parser.add_argument("--map", metavar="DATE", type=day, help="default: --on")
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(options, actor):
    import json

    from hssk.coverage.services import figures

    whole = figures(options.unit, options.on, options.map)
    if options.json:
        print(json.dumps(_told(whole), ensure_ascii=False, indent=2))
    else:
        for place in (whole, *whole.children):
            print(_line(place))
    return 0


def _numbers(place):
    counts, known = place.counts, place.knows_records
    return {
        "expected": counts.expected,
        "found": counts.found,
        "to_decide": counts.to_decide,
        "missing": counts.missing,
        # a record names its commune, so of a hamlet these are not known, which is not 0
        "records": counts.records if known else None,
        "records_on_nobody": counts.records_on_nobody if known else None,
        "duplicates": counts.duplicates if known else None,
        "software_figure": {
            "numerator": counts.records if known else None,
            "denominator": counts.listings,
        },
    }


def _told(whole):
    days = {"on": whole.on.isoformat(), "map": whole.map_day.isoformat()}
    return {
        "unit": whole.key,
        "name": whole.name,
        **days,
        **_numbers(whole),
        "statement": whole.statement,
        "children": [
            {
                **_place(whole, child),
                "name": child.name,
                **days,
                **_numbers(child),
                "statement": child.statement,
                "children": [],
            }
            for child in whole.children
        ],
    }


def _place(whole, child):
    """A hamlet has no code: it is named within its commune."""
    if child.kind == "hamlet":
        return {"unit": whole.key, "hamlet": child.name}
    return {"unit": child.key}


def _line(place):
    from hssk.kit.numbers import format_number, format_percent

    counts = place.counts
    return "\t".join(
        [
            place.name,
            format_number(counts.expected),
            format_number(counts.found),
            format_number(counts.to_decide),
            format_number(counts.missing),
            format_percent(counts.found, counts.expected),
        ]
    )
