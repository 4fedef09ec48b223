"""Working a cell out once per distinct value: columns repeat themselves."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Converter = Callable[[Any], tuple[Any, str]]  # value → (result, fault or "")
Plain = Callable[[Iterable[Any]], dict[Any, Any]]  # a column → value → result, where all is plain


class Memo(dict[Any, Any]):
    """Cell value → result, worked out on first use; `faults` keeps value → fault.

    plain  what is known of many cells of a column at once, and need not be worked out one by one
    """

    __slots__ = ("convert", "faults", "plain")

    def __init__(self, convert: Converter, plain: Plain | None = None) -> None:
        super().__init__()
        self.convert, self.plain = convert, plain
        self.faults: dict[Any, str] = {}

    def __missing__(self, value: Any) -> Any:
        result, fault = self.convert(value)
        self[value] = result
        if fault:
            self.faults[value] = fault
        return result

    def column(self, values: Sequence[Any]) -> list[Any]:
        """The results for a whole column."""
        if self.plain is not None:
            self.update(self.plain(values))
        return list(map(self.__getitem__, values))
