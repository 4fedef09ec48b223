"""Which office of health writes at each level of the administration, and who signs there."""

from dataclasses import dataclass

from hssk.places.models import Unit


@dataclass(frozen=True)
class Office:
    """An office: its name, the letters by which its papers are numbered, who signs."""

    name: str
    short: str
    head: str

    def annexed(self, paper: str, kind: str, day: str) -> str:
        """Of which paper an annex is, its number left open. Source: NĐ 30/2020/NĐ-CP, Phụ lục I."""
        return f"(Kèm theo {paper} số          /{kind}-{self.short} {day} của {self.name})"


_OFFICES = {
    Unit.PROVINCE: Office("Sở Y tế", "SYT", "Giám đốc"),
    Unit.DISTRICT: Office("Trung tâm Y tế", "TTYT", "Giám đốc"),
    Unit.COMMUNE: Office("Trạm Y tế", "TYT", "Trưởng trạm"),
}


def office_of(level: str) -> Office:
    """The office of health of a unit of that level."""
    return _OFFICES[level]
