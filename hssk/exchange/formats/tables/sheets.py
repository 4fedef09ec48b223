"""A sheet as it lies in the file, before anybody asks what it means."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from types import NoneType
from typing import Any

from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.signature import (
    OPEN_DOCUMENT,
    TEXT,
    WORKBOOK_BINARY_ZIP,
    WORKBOOK_OLE,
    WORKBOOK_ZIP,
    kind_of,
)

_DENSE_CELLS = 12_000_000  # a stated extent above this is read by streaming


@dataclass
class Sheet:
    """Cells from A1 on; a row may be shorter than another, and a blank cell is None or ""."""

    title: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden: bool = False
    numbers: list[int] | None = None  # row numbers as Excel shows them, when rows are sparse

    def number(self, index: int) -> int:
        """The row number Excel shows for `rows[index]`."""
        return index + 1 if self.numbers is None else self.numbers[index]


def open_sheets(path: str, *, streaming: bool = False) -> Iterator[Sheet]:
    """The sheets of the file at `path` in their order, one at a time.

    streaming  read .xlsx parts row by row with bounded memory whatever extent they state
    Raises UnreadableFile for what is no table file, is locked, damaged or a bomb.
    """
    kind = kind_of(path)
    if kind == TEXT:
        from hssk.exchange.formats.tables.text_files import read_text

        yield read_text(path)
    elif kind == WORKBOOK_ZIP and (streaming or _states_too_much(path)):
        from hssk.exchange.formats.tables.stream import stream_workbook

        yield from stream_workbook(path)
    else:
        sheets = _with_calamine(path, has_merges=kind not in (OPEN_DOCUMENT, WORKBOOK_BINARY_ZIP))
        yield from sheets if kind == WORKBOOK_BINARY_ZIP else _with_failed(path, kind, sheets)


def _states_too_much(path: str) -> bool:
    from hssk.exchange.formats.tables.extents import stated_cells

    return stated_cells(path) > _DENSE_CELLS


def _with_calamine(path: str, *, has_merges: bool) -> Iterator[Sheet]:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [
            (meta.name, meta.visible == python_calamine.SheetVisibleEnum.Visible)
            for meta in workbook.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        names = [name for name, visible in sheets if visible]
        parsed = _one_ahead(workbook.get_sheet_by_name, names)
        for name, visible in sheets:
            if not visible:
                yield Sheet(name, [], hidden=True)
                continue
            sheet = next(parsed)
            merged = sheet.merged_cell_ranges if has_merges else None
            rows = sheet.to_python(skip_empty_area=False)
            del sheet
            yield Sheet(name, rows, list(merged or []))
    except python_calamine.PasswordError as error:
        raise refuse("password") from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise refuse("password" if _has_password(path) else "damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the Rust reader shows
            raise
        raise refuse("damaged") from error


def _has_password(path: str) -> bool:
    """Whether an .xls is locked: calamine says so only where the name ends so, and ours do not."""
    from hssk.exchange.formats.tables.unworked_xls import is_locked

    return kind_of(path) == WORKBOOK_OLE and is_locked(path)


def _with_failed(path: str, kind: str, sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    """The sheets with what stands where a formula failed, which calamine leaves blank.

    Looked for in a thread, a sheet ahead: inflating lets go of the interpreter.
    """
    from hssk.exchange.formats.tables.unworked import put_in

    with ThreadPoolExecutor(1) as pool:
        found: dict[str, list[tuple[int, int, str]]] = {}
        coming = _failed_in(path, kind)
        ahead = pool.submit(next, coming, None)
        for sheet in sheets:
            while sheet.rows and sheet.title not in found and (looked := ahead.result()):
                found.setdefault(*looked)
                ahead = pool.submit(next, coming, None)
            put_in(sheet.rows, found.get(sheet.title, ()))
            yield sheet


def _failed_in(path: str, kind: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    if kind == OPEN_DOCUMENT:
        from hssk.exchange.formats.tables.unworked_ods import failed_in_ods

        return failed_in_ods(path)
    if kind == WORKBOOK_OLE:
        from hssk.exchange.formats.tables.unworked_xls import failed_in_xls

        return failed_in_xls(path)
    from hssk.exchange.formats.tables.unworked import unworked

    return unworked(path)


def _one_ahead(parse: Callable[[str], Any], names: list[str]) -> Iterator[Any]:
    """Each sheet parsed while the one before is being understood.

    Worth a thread because the Rust reader lets go of the interpreter while it parses.
    """
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(parse, name) for name in names[:1])
        for following in names[1:]:
            coming.append(pool.submit(parse, following))
            yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def as_cell(value: Any) -> Any:
    """A value as rows keep it: blank is None, a whole float an int, a clock time is text."""
    if value is None or value == "":
        return None
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if kind is str or kind is int or kind is bool or isinstance(value, date):
        return value
    return str(value)


_ALWAYS_TRUE = {str, date, datetime, NoneType}  # only "" and None of these are false


def as_column(column: Sequence[Any]) -> list[Any]:
    """`as_cell` over a column. Equal cells of a column that repeats itself become one object,

    which saves memory here and time on the way to the parent process.
    """
    kinds = set(map(type, column))
    if kinds <= _ALWAYS_TRUE:
        sample = column[:400]
        if len(set(sample)) * 2 > len(sample):
            return [value or None for value in column]
        seen: dict[Any, Any] = {}
        once = seen.setdefault
        return [once(value, value) if value else None for value in column]
    if kinds == {float} and all(map(float.is_integer, column)) and max(map(abs, column)) < 1e15:
        return list(map(int, column))
    return [(value or None) if type(value) is str else as_cell(value) for value in column]
