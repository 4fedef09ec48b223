"""Working a cell out once per distinct value: columns repeat themselves."""

from collections.abc import Callable, Iterable
from typing import Any

Converter = Callable[[Any], tuple[Any, str]]  # value → (result, fault or "")


class Memo(dict[Any, Any]):
    """Cell value → result, worked out on first use; `faults` keeps value → fault."""

    __slots__ = ("convert", "faults")

    def __init__(self, convert: Converter) -> None:
        super().__init__()
        self.convert = convert
        self.faults: dict[Any, str] = {}

    def __missing__(self, value: Any) -> Any:
        result, fault = self.convert(value)
        self[value] = result
        if fault:
            self.faults[value] = fault
        return result

    def column(self, values: Iterable[Any]) -> list[Any]:
        """The results for a whole column."""
        return list(map(self.__getitem__, values))
