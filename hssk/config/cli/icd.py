"""Load another edition of ICD-10, for visits that end from a day on, and look codes up in it.

The file is a workbook or CSV with a column for the code and one for the Vietnamese name. Prints how
many codes it has. Without a file, says which editions are at hand.

Example: hssk icd danh_muc_icd10.xlsx --name "TT 06/2026/TT-BYT" --since 2026-07-01
"""

NEEDS = "posts"


def add_arguments(parser):
    from pathlib import Path

    from hssk.config.cli._words import day

    parser.add_argument("file", metavar="FILE", type=Path, nargs="?")
    parser.add_argument("--name", help="the decision or circular, as the record shows it")
    parser.add_argument("--since", type=day, metavar="YYYY-MM-DD")
    parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="where it ends again")


def run(options, actor):
    from hssk.kit.errors import Trouble
    from hssk.records.rules.icd10_loaded import editions
    from hssk.records.services import load_edition

    if options.file is None:
        for one in editions():
            print(one.name, one.since or "", one.until or "", len(one.diseases), sep="\t")
        return 0
    if not options.file.is_file():
        raise Trouble("Không có tệp này. Kiểm tra lại đường dẫn.")
    if not options.name or options.since is None:
        raise Trouble("Cần --name (tên văn bản ban hành) và --since (dùng từ ngày nào).")
    print(load_edition(options.file, name=options.name, since=options.since, until=options.until))
    return 0
