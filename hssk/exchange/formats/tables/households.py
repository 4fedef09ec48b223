"""Who lives with whom, when a list gives the household number on the head's row only."""

from hssk.exchange.formats.tables.body import Body
from hssk.kit.text import fold

_HEADS = frozenset({"chu ho", "ch", "chu", "chu ho gia dinh", "01", "chu nha"})


def fill_down(
    numbers: list[str] | None,
    relations: list[str] | None,
    heads: list[str] | None,
    names: list[str],
    body: Body,
    row_numbers: list[int],
) -> list[str]:
    """The household number of every row.

    numbers    the household column, None when the sheet has none
    relations  the relation to the head; "Chủ hộ" begins a household where no number is given,
               unless the name is that of the head above: the same person listed twice
    heads      a column that repeats the head's name; a new name begins a household
    A household without a number of its own is called "#12", for the row where it begins.
    """
    filled: list[str] = []
    current, head_seen, head_name = "", "", ""
    breaks = sorted(body.breaks)
    at = 0
    is_head = {text: fold(text) in _HEADS for text in set(relations or ())}
    for position, index in enumerate(body.data):
        number = numbers[position] if numbers else ""
        relation = relations[position] if relations else ""
        head = heads[position] if heads else ""
        broken = False
        while at < len(breaks) and breaks[at] < index:
            broken, at = True, at + 1
        if number:
            current = number
        elif broken or not current or (head and head != head_seen) or (is_head.get(relation) and fold(names[position]) != head_name):
            current = f"#{row_numbers[position]}"
        if is_head.get(relation) or (number and not relation):
            head_name = fold(names[position])
        head_seen = head or head_seen
        filled.append(current)
    return filled


def fill_hamlets(hamlets: list[str], households: list[str]) -> None:
    """Give members whose hamlet is blank the hamlet of the household above them, in place."""
    for position in range(1, len(hamlets)):
        if not hamlets[position] and households[position] == households[position - 1]:
            hamlets[position] = hamlets[position - 1]
