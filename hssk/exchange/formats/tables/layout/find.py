"""Putting a sheet's layout together: headers first, content where headers are silent."""

from typing import Any

from hssk.exchange.formats.tables.layout.content import (
    content_field,
    dates_or_marks,
    filled_sample,
    given_names,
)
from hssk.exchange.formats.tables.layout.header import (
    Header,
    filled,
    find_header,
    header_at,
    resolve,
)
from hssk.exchange.formats.tables.layout.model import AUTO, RECORDS, ROSTER, Layout, shape_of
from hssk.exchange.formats.tables.layout.titles import title_hamlet, title_unit
from hssk.exchange.formats.tables.layout.vocabulary import NOT_OURS, REMARK
from hssk.exchange.formats.tables.sheets import Sheet

_IDENTITY = {"name", "last_name", "first_name", "id", "cmnd", "bhxh", "card", "system_number"}
# a status alone is no sign: rosters state those of residence and of marriage
_OF_RECORDS = ("system_number", "created", "updated", "app_opened", "visits")
_OF_ROSTERS = ("household", "relation", "head_name", "birth_male")
_FIRST_ROWS = 40


def find_layout(sheet: Sheet, *, layouts: dict[str, Any] | None, kind: str) -> Layout | None:
    """What the columns of `sheet` mean; None when it holds no list of people.

    layouts  shape → a layout dict a user has confirmed or corrected; it wins over guessing
    kind     "roster", "records" or "auto"
    """
    header = find_header(sheet) or _header_by_content(sheet)
    if header is None:
        return None
    guess = _guess(sheet, header)
    shape = shape_of(header.texts, _told_without_header(guess, header))
    remembered = (layouts or {}).get(shape)
    layout = Layout.from_dict(remembered) if remembered else guess
    if not _IDENTITY & layout.columns.keys():
        return None
    layout.shape, layout.sheet = shape, sheet.title
    layout.header_rows = [sheet.number(index) for index in header.rows]
    _describe(sheet, header, layout, kind, keep_kind=remembered is not None)
    if remembered is None and not layout.names:
        layout.confidence = 0.0  # somebody must say which column holds the names
    return layout


def _told_without_header(guess: Layout, header: Header) -> dict[int, str]:
    """Column → field, of the columns that were told from content and have no header."""
    columns = {guess.columns[name]: name for name in guess.guessed}
    headed = {column for column, texts in enumerate(header.texts) if texts}
    return {column: name for column, name in columns.items() if column not in headed}


def _describe(sheet: Sheet, header: Header, layout: Layout, kind: str, *, keep_kind: bool) -> None:
    lines = [
        value
        for row in sheet.rows[: max(header.first, 0)]
        for _, value in filled(row)
        if isinstance(value, str)
    ]
    layout.unit_text = title_unit(lines, sheet.title)
    layout.hamlet_text = title_hamlet(lines, sheet.title)
    if kind != AUTO:
        layout.kind = kind
    elif not keep_kind:
        layout.kind, layout.confidence = _kind(layout)


def _kind(layout: Layout) -> tuple[str, float]:
    records = sum(1 for name in _OF_RECORDS if name in layout.columns)
    records += "system_number" in layout.columns  # the software's own number says most
    roster = sum(1 for name in _OF_ROSTERS if name in layout.columns)
    sure = abs(records - roster) / max(records + roster, 1)
    if layout.guessed:
        sure *= 0.5
    return (RECORDS if records > roster else ROSTER), round(0.5 + sure / 2, 2)


def _guess(sheet: Sheet, header: Header) -> Layout:
    layout = Layout(sheet.title, [], {})
    below = sheet.rows[header.last + 1 :]
    again: dict[str, int] = {}  # fields that a later column names a second time
    for column, texts in enumerate(header.texts):
        name = resolve(texts)
        if name in ("male", "female"):
            name = f"{dates_or_marks(filled_sample(below, column))}_{name}"
        if name == REMARK:
            layout.remarks[column] = " ".join(texts[-1].split())
        elif name and name != NOT_OURS:
            if layout.columns.setdefault(name, column) != column:
                again.setdefault(name, column)
        elif name is None:
            layout.unknown[column] = " ".join(texts)
    _cut_second_table(layout, again)
    _settle_names(layout, below, header)
    _settle_birth(layout)
    _fill_from_content(below, header, layout)
    _settle_heads(layout, below)
    layout.unknown = {column: text for column, text in layout.unknown.items() if text}
    return layout


def _cut_second_table(layout: Layout, again: dict[str, int]) -> None:
    """A list that goes on at the right of itself: what stands there is of other people.

    again  fields that a later column names a second time, and that column
    """
    if "name" not in again or len(again) < (2 if "number" in again else 3):
        return
    start = min(again.values())
    if start > max(layout.columns[name] for name in again):
        layout.beside = start
        layout.columns = {name: c for name, c in layout.columns.items() if c < start}
        layout.unknown = {c: text for c, text in layout.unknown.items() if c < start}
        layout.remarks = {c: text for c, text in layout.remarks.items() if c < start}


def _settle_names(layout: Layout, below: list[list[Any]], header: Header) -> None:
    """`Họ` beside `Tên` are the two halves of a name; either one alone is the name."""
    columns = layout.columns
    if "name" in columns:
        first = columns.pop("first_name", None)
        if first is None:
            _settle_given_names(layout, below, header)
        elif first == columns["name"] + 1:
            columns["last_name"], columns["first_name"] = columns.pop("name"), first
        if "name" in columns:
            columns.pop("last_name", None)
    elif not {"first_name", "last_name"} <= columns.keys():
        for half in ("first_name", "last_name"):
            if half in columns:
                columns["name"] = columns.pop(half)


def _settle_given_names(layout: Layout, below: list[list[Any]], header: Header) -> None:
    """One `Họ và tên` over two columns: the surname stands left, the given name right.

    Where a format does not record that the header is merged, it is a guess to be confirmed.
    """
    left = layout.columns["name"]
    right = left + 1
    texts = header.texts[right] if right < len(header.texts) else []
    merged = bool(texts) and texts == header.texts[left]
    while merged and right + 1 < len(header.texts) and header.texts[right + 1] == texts:
        right += 1  # surname, middle names, given name
    if (texts and not merged) or not given_names(values := filled_sample(below, right)):
        return
    if not merged:
        lasts = [str(value) for value in filled_sample(below, left)]
        words = sum(len(last.split()) for last in lasts)
        if len(values) < len(lasts) * 0.8 or words >= len(lasts) * 2.5:
            return
        layout.guessed.append("first_name")
    layout.columns["last_name"], layout.columns["first_name"] = layout.columns.pop("name"), right


def _settle_heads(layout: Layout, below: list[list[Any]]) -> None:
    """Where the heads of households are the only names of a list, they are its people."""
    if "head_name" in layout.columns and not layout.names:
        names = filled_sample(below, layout.columns["head_name"])
        if len(set(names)) * 10 > len(names) * 9:
            layout.columns["name"] = layout.columns.pop("head_name")
            layout.guessed.append("name")


def _settle_birth(layout: Layout) -> None:
    columns = layout.columns
    if "birth_day" in columns and "birth_year" not in columns and "birth_female" not in columns:
        # NAM written without its mark, beside NGAY and THANG, is the year
        for name in ("birth_male", "sex_male"):
            if name in columns:
                columns["birth_year"] = columns.pop(name)
                break
    if "birth_month" in columns and "birth" in columns and "birth_day" not in columns:
        columns["birth_day"] = columns.pop("birth")  # Ngày sinh, Tháng sinh, Năm sinh
    if "birth_year" in columns and "birth_month" not in columns and "birth" not in columns:
        columns["birth"] = columns.pop("birth_year")
    if "birth_day" in columns and "birth_year" not in columns:
        columns.pop("birth_day")


def _fill_from_content(below: list[list[Any]], header: Header, layout: Layout) -> None:
    """Give columns nobody knows the field their content shows, unless a header has it already."""
    dated = {"birth", "birth_male", "birth_year"} & layout.columns.keys()
    named = {"name", "first_name"} & layout.columns.keys()
    width = max(len(header.texts), max(map(len, below[:50]), default=0))
    width = layout.beside if layout.beside >= 0 else width
    taken = set(layout.columns.values())
    for column in range(width):
        known_to_us = column < len(header.texts) and resolve(header.texts[column]) is not None
        if column in taken or known_to_us:
            continue
        name, _ = content_field(filled_sample(below, column))
        if not name or name in layout.columns:
            continue
        if (name == "birth" and dated) or (name == "name" and named):
            continue
        layout.columns[name] = column
        layout.guessed.append(name)
        layout.unknown.pop(column, None)
        dated = dated | ({"birth"} if name == "birth" else set())
        named = named | ({"name"} if name == "name" else set())


def _header_by_content(sheet: Sheet) -> Header | None:
    """For a sheet whose headers nobody knows: the row over the first rows that look like people."""
    for index, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        fields = {content_field([value])[0] for _, value in filled(row)} - {""}
        if len(fields) >= 2 and "name" in fields and fields & {"birth", "id", "bhxh", "card"}:
            above = index - 1
            while above >= 0 and not filled(sheet.rows[above]):
                above -= 1
            if above >= 0 and len(filled(sheet.rows[above])) >= 2:
                return header_at(sheet, above)
            return Header(index, index - 1, [])
    return None
