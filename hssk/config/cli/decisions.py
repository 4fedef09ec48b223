"""Write what was decided of every data row of every file that was not undone.

Columns: file (roster, hssk or claims), sheet, row (as Excel shows it), decision (same, new, ask,
handed for a row that was handed on to another commune, or error), person, score.

Example: hssk decisions --csv decisions.csv
"""

LOGGED, NEEDS = (), "rows"


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("--csv", required=True, metavar="OUT", type=Path)


def run(options, actor):
    import csv

    from hssk.config.cli import _rights
    from hssk.config.cli._output import written_whole
    from hssk.exchange.services.deciding import decisions

    with _rights.within_area(actor):  # read and noted in one, before anything is written out
        rows = list(decisions())
        _rights.note_export("hssk decisions", actor, (row[4] for row in rows if row[4]))
    with written_whole(options.csv) as out:
        writer = csv.writer(out)
        writer.writerow(["file", "sheet", "row", "decision", "person", "score"])
        writer.writerows(rows)
