"""What a sheet's columns mean, in a form that can be shown, corrected and remembered."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

from hssk.exchange.formats.tables.layout.vocabulary import header_key

ROSTER, RECORDS, AUTO = "roster", "records", "auto"

# every field a column may carry; the page that corrects a guess offers these
FIELDS = (
    "number", "household", "name", "last_name", "first_name", "head_name",
    "birth", "birth_male", "birth_female", "birth_day", "birth_month", "birth_year",
    "sex", "sex_male", "sex_female", "id", "cmnd", "bhxh", "card", "phone", "relation",
    "ethnicity", "hamlet", "unit", "address", "insurance_place", "note", "system_number",
    "created", "updated", "app_opened", "visits", "status",
)  # fmt: skip

# what a list of residents says beside names; a list of staff or of donors says none of it
_DESCRIBING = {
    "household", "head_name", "birth", "birth_male", "birth_female", "birth_day", "birth_month",
    "birth_year", "sex", "sex_male", "sex_female", "id", "cmnd", "bhxh", "card", "relation",
    "system_number",
}  # fmt: skip


@dataclass
class Layout:
    """The meaning of one sheet's columns. Rows are 1-based, columns 0-based (0 is A)."""

    sheet: str
    header_rows: list[int]
    columns: dict[str, int]
    shape: str = ""
    date_order: dict[str, str] = field(default_factory=dict)  # as DateReader takes it
    encoding: str = "unicode"  # "unicode" | "tcvn3" | "vni"
    unit_text: str = ""
    hamlet_text: str = ""
    kind: str = ROSTER
    confidence: float = 1.0
    guessed: list[str] = field(default_factory=list)  # fields told from content, not from a header
    unknown: dict[int, str] = field(default_factory=dict)  # column → header text nobody knows
    remarks: dict[int, str] = field(default_factory=dict)  # column → what a tick in it says
    beside: int = -1  # the column where a second table begins, which is not read

    @property
    def names(self) -> bool:
        """Whether a column says who somebody is."""
        return bool({"name", "first_name"} & self.columns.keys())

    @property
    def describes(self) -> bool:
        """Whether the sheet says more of its people than names and posts, as lists of staff do."""
        return bool(_DESCRIBING & self.columns.keys())

    def to_dict(self) -> dict[str, Any]:
        """A plain dict that JSON can hold; `from_dict` is its reverse."""
        plain = asdict(self)
        for name in ("unknown", "remarks"):
            plain[name] = {str(column): text for column, text in plain[name].items()}
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "Layout":
        """A layout from `to_dict`, perhaps corrected by a user; unknown fields are dropped."""
        known = {key: plain[key] for key in cls.__dataclass_fields__ if key in plain}
        known["columns"] = {
            name: int(column) for name, column in plain["columns"].items() if name in FIELDS
        }
        for name in ("unknown", "remarks"):
            known[name] = {int(key): text for key, text in plain.get(name, {}).items()}
        known.setdefault("sheet", "")
        known.setdefault("header_rows", [])
        return cls(**known)


def shape_of(header_texts: list[list[str]], told: dict[int, str]) -> str:
    """A fingerprint of header texts by column: same headers, same shape, whatever the file.

    told  column → the field that its content shows, for columns over which nothing stands: without
          it, all sheets that have no header at all would be of one shape
    """
    plain = "\x1e".join("\x1f".join(header_key(text) for text in texts) for texts in header_texts)
    silent = "".join(f"\x1d{column}\x1f{name}" for column, name in sorted(told.items()))
    return hashlib.sha256((plain.rstrip("\x1e") + silent).encode()).hexdigest()[:16]
