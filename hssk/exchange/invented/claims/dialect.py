"""How different software writes the same claim: all of it legal, or near enough to be met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """Habits of one software.

    content: base64, wrapped (base64 in lines of 76), inline (elements) or cdata; charset of the
    file and of what base64 hides: utf-8, utf-8-sig (with a mark), utf-16; edition of table 13:
    4750 or 3176; `district` False leaves MAHUYEN_CU_TRU empty; `partial_births` and `two_cards`
    are shares of claims that write `195800000000`, or two cards joined by `;`.
    """

    name: str = "plain"
    content: str = "base64"
    charset: str = "utf-8"
    inner_charset: str = "utf-8"
    edition: str = "4750"
    shuffled: bool = False
    unknown_tags: bool = False
    leaves_out: bool = False
    indented: bool = False
    district: bool = True
    sloppy_vitals: bool = False
    check_in: bool = False
    partial_births: float = 0.0
    two_cards: float = 0.0


PLAIN = Dialect()
DIALECTS = (
    PLAIN,
    Dialect("wrapped", content="wrapped"),
    Dialect("inline", content="inline"),
    Dialect("cdata", content="cdata"),
    Dialect("marked", charset="utf-8-sig", inner_charset="utf-8-sig"),
    Dialect("utf16", charset="utf-16"),
    Dialect("utf16_inside", inner_charset="utf-16"),
    Dialect("shuffled", shuffled=True),
    Dialect("unknown_tags", unknown_tags=True),
    Dialect("leaves_out", leaves_out=True, edition="3176"),
    Dialect("indented", content="inline", indented=True),
    Dialect("edition_3176", edition="3176", district=False),
    Dialect("partial_births", partial_births=0.4),
    Dialect("two_cards", two_cards=0.4),
    Dialect("sloppy", sloppy_vitals=True),
    Dialect("check_in", check_in=True),
)
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}
