"""Label anew what the record holds, after the table of what is sensitive has grown.

Run it once after an update of the program. What was filed before a drug, a word or a code was on
the table becomes as hidden as what is filed today; nothing becomes open. Prints how many entries
were labelled; run again, it prints 0.

Example: hssk relabel
"""

NEEDS = "posts"


def add_arguments(parser):
    pass


def run(options, actor):
    from hssk.records.services import relabel

    print(relabel())
    return 0
