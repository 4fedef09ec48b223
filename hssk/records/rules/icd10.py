"""ICD-10: a code belongs to an edition, and that follows from the day on which a visit ended.

Source: QĐ 4469/QĐ-BYT (28/10/2020), annexes 1, A2 (not as main diagnosis), A4.1 and A4.2 (one sex
only); TT 06/2026/TT-BYT for visits that ended from 1 July 2026. A code that no loaded edition
covers is kept as it came and judged by nobody.
"""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from hssk.records.rules.tables import CODES

UNTIL_QD4469 = date(2026, 7, 1)
QD4469, TT06 = "urn:x-hssk:icd-10:qd-4469-2020", "urn:x-hssk:icd-10:tt-06-2026"
MALE, FEMALE = 1, 2  # as in XML1 GIOI_TINH
_SHAPE = re.compile(r"([A-Z]\d\d)\.?(\d{1,2})?[†*+]?")


@dataclass(frozen=True, slots=True)
class Disease:
    """One code of an edition. `code` is without dagger or asterisk; `mark` is that sign."""

    code: str
    name: str
    english: str = ""
    chapter: str = ""
    mark: str = ""
    not_main: bool = False
    sex_only: int = 0  # MALE, FEMALE, 0 for both
    forbidden: bool = False


@dataclass(frozen=True, eq=False)
class Edition:
    """What a decision says of codes, for visits that ended from `since` to before `until`."""

    name: str
    since: date | None
    until: date | None
    diseases: Mapping[str, Disease]

    def covers(self, day: date) -> bool:
        """Whether a visit that ended on `day` is coded by this edition."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def system_on(day: date) -> str:
    """The system of the codes of a visit that ended on `day`, its edition loaded or not."""
    return QD4469 if day < UNTIL_QD4469 else TT06


def normal_code(text: str) -> str:
    """`J189`, `j18.9`, `J18.9†` → `J18.9`; what is no code of ICD-10 as it came, in capitals."""
    said = re.sub(r"\s", "", text.upper())
    found = _SHAPE.fullmatch(said)
    if not found:
        return said
    category, rest = found.groups()
    return f"{category}.{rest}" if rest else category


def is_code(text: str) -> bool:
    """Whether a text is a code of ICD-10 in one of its spellings."""
    return _SHAPE.fullmatch(re.sub(r"\s", "", text.upper())) is not None


@cache
def supplied() -> Edition:
    """The edition that the program carries: QĐ 4469/QĐ-BYT."""
    with gzip.open(CODES / "icd10_qd4469_2020.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return Edition("QĐ 4469/QĐ-BYT", None, UNTIL_QD4469, diseases_of(csv.DictReader(file)))


def diseases_of(rows: Iterable[Mapping[str, str]]) -> dict[str, Disease]:
    """Code → disease of a table: code, name_vi, name_en, chapter, not_main, sex_only, forbidden.

    Only code and name must be there. Of a code that stands twice, once with a mark, the first
    line holds.
    """
    found: dict[str, Disease] = {}
    for row in rows:
        said = row["code"].strip()
        code = normal_code(said)
        found.setdefault(
            code,
            Disease(
                code=code, name=row["name_vi"].strip(), english=row.get("name_en", "").strip(),
                chapter=row.get("chapter", "").strip(), mark=said[-1] if said[-1] in "†*" else "",
                not_main=bool(row.get("not_main")), forbidden=bool(row.get("forbidden")),
                sex_only={"M": MALE, "F": FEMALE}.get(row.get("sex_only") or "", 0),
            ),
        )  # fmt: skip
    return found


def edition_on(day: date | None, editions: Iterable[Edition]) -> Edition | None:
    """The edition of a visit that ended on `day`; None where none is loaded, or the day unknown."""
    if day is None:
        return None
    return next((edition for edition in editions if edition.covers(day)), None)


NOT_IN_EDITION, NOT_AS_MAIN, OTHER_SEX, FORBIDDEN = "unknown", "not-main", "sex", "forbidden"


def doubts(code: str, edition: Edition, *, sex: int, is_main: bool) -> Iterator[str]:
    """What is wrong with a code in its edition; a code is never changed for it.

    sex  as in XML1 GIOI_TINH; 0 or 3 for not known, which doubts nothing
    """
    disease = edition.diseases.get(normal_code(code))
    if disease is None:
        yield NOT_IN_EDITION
        return
    if disease.forbidden:
        yield FORBIDDEN
    if is_main and disease.not_main:
        yield NOT_AS_MAIN
    if disease.sex_only and sex in (MALE, FEMALE) and sex != disease.sex_only:
        yield OTHER_SEX
