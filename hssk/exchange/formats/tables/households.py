"""Who lives with whom, when a list gives the household number on the head's row only."""

from dataclasses import dataclass

from hssk.exchange.formats.tables.body import Body
from hssk.kit.text import fold

_HEADS = frozenset({"chu ho", "ch", "chu", "chu ho gia dinh", "01", "chu nha"})


@dataclass
class Signs:
    """What a sheet says about households, row by row; None where it has no such column.

    numbers    the household number, often on the head's row only
    relations  the relation to the head
    heads      the head's name, repeated
    names      the person's own name
    """

    numbers: list[str] | None
    relations: list[str] | None
    heads: list[str] | None
    names: list[str]


def fill_down(signs: Signs, body: Body, row_numbers: list[int]) -> list[str]:
    """The household number of every row.

    A number begins a household; so does a gap in the list, another head's name, and a "Chủ hộ"
    other than the head above (the head listed twice is no second household). A household without
    a number of its own is called "#12", for the row where it begins.
    """
    blank = [""] * len(body.data)
    numbers, relations = signs.numbers or blank, signs.relations or blank
    is_head = {text: fold(text) in _HEADS for text in set(relations)}
    filled: list[str] = []
    current = head_seen = head_name = ""
    breaks = [*sorted(body.breaks), 1 << 60]
    at = 0
    rows = zip(body.data, numbers, relations, signs.heads or blank, strict=True)
    for position, (index, number, relation, head) in enumerate(rows):
        broken = breaks[at] < index
        while breaks[at] < index:
            at += 1
        heads_it = is_head[relation]
        other_head = heads_it and (head_name or signs.numbers is None)
        if number:
            if number != current or broken:
                head_name = ""
            current = number
        elif (
            broken
            or not current
            or (head and head != head_seen)
            or (other_head and fold(signs.names[position]) != head_name)
        ):
            current, head_name = f"#{row_numbers[position]}", ""
        if heads_it and not head_name:
            head_name = fold(signs.names[position])
        head_seen = head or head_seen
        filled.append(current)
    return filled


def heads_by_tick(ticks: list[str], relations: list[str] | None) -> list[str]:
    """The relation of every row, with "Chủ hộ" where a tick says so and no word does."""
    told = relations or [""] * len(ticks)
    return [
        relation or ("Chủ hộ" if tick and tick != "0" else "")
        for tick, relation in zip(ticks, told, strict=True)
    ]


def fill_hamlets(hamlets: list[str], households: list[str]) -> None:
    """Give members whose hamlet is blank the hamlet of the household above them, in place."""
    for position in range(1, len(hamlets)):
        if not hamlets[position] and households[position] == households[position - 1]:
            hamlets[position] = hamlets[position - 1]
