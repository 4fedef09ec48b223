"""Say in one screen what is right and wrong with this installation, and what to do.

Example: hssk doctor
"""

STANDALONE = True


def add_arguments(parser):
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def run(options, actor):
    import json

    from hssk.config import health

    findings = health.examine()
    if options.json:
        print(json.dumps([finding.__dict__ for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(finding.line())
    return 1 if any(finding.state == "bad" for finding in findings) else 0
