"""How dirty the copies are: rates, each the share of rows (0 to 1) that a fault strikes."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Faults:
    """Rates of faults in one kind of file."""

    # the name
    upper_case: float = 0.0
    lost_marks: float = 0.0
    wrong_tone: float = 0.0
    confused_sounds: float = 0.0
    mistyped: float = 0.0
    dropped_middle: float = 0.0
    # the birth date
    swapped_day_month: float = 0.0
    year_only: float = 0.0
    first_january: float = 0.0
    wrong_day: float = 0.0
    wrong_year: float = 0.0
    wrong_sex: float = 0.0
    # numbers
    no_pid: float = 0.0
    wrong_digit: float = 0.0
    lost_zero: float = 0.0
    cmnd_instead: float = 0.0
    parents_pid: float = 0.0  # of children under 16
    others_pid: float = 0.0  # two lines of one household changed about: twins, couples
    no_bhxh: float = 0.0
    others_card: float = 0.0
    no_phone: float = 0.0
    stale_phone: float = 0.0
    shared_phone: float = 0.0
    bare: float = 0.0  # neither number nor card nor phone
    # the place
    no_hamlet: float = 0.0
    hamlet_variant: float = 0.0
    wrong_hamlet: float = 0.0
    wrong_commune: float = 0.0


USUAL_ROSTER = Faults(
    upper_case=0.01,
    lost_marks=0.006,
    wrong_tone=0.006,
    confused_sounds=0.004,
    mistyped=0.005,
    dropped_middle=0.004,
    swapped_day_month=0.004,
    year_only=0.03,
    first_january=0.02,
    wrong_day=0.005,
    wrong_year=0.003,
    wrong_sex=0.002,
    no_pid=0.05,
    wrong_digit=0.004,
    lost_zero=0.08,
    cmnd_instead=0.01,
    parents_pid=0.002,
    others_pid=0.001,
    no_bhxh=0.35,
    others_card=0.002,
    no_phone=0.25,
    stale_phone=0.02,
    hamlet_variant=0.08,
    wrong_hamlet=0.004,
)
USUAL_RECORDS = Faults(
    upper_case=0.75,
    lost_marks=0.06,
    wrong_tone=0.015,
    confused_sounds=0.010,
    mistyped=0.015,
    dropped_middle=0.030,
    swapped_day_month=0.012,
    year_only=0.02,
    first_january=0.03,
    wrong_day=0.010,
    wrong_year=0.006,
    wrong_sex=0.006,
    no_pid=0.16,
    wrong_digit=0.010,
    lost_zero=0.12,
    cmnd_instead=0.06,
    parents_pid=0.04,
    others_pid=0.003,
    no_bhxh=0.22,
    others_card=0.012,
    no_phone=0.38,
    stale_phone=0.10,
    shared_phone=0.02,
    no_hamlet=0.55,
    hamlet_variant=0.40,
    wrong_hamlet=0.03,
    wrong_commune=0.012,
)


@dataclass(frozen=True)
class Dirt:
    """The faults of both files, and how far the two speak of the same people.

    Rates of `moved`, `died` and `unlisted` are relative to the residents; `duplicates` to the
    records of residents; `mothers_name` to records of children under one year.
    """

    roster: Faults = USUAL_ROSTER
    records: Faults = USUAL_RECORDS
    has_record: float = 0.68
    household_without: float = 0.10
    listed_twice: float = 0.006
    duplicates: float = 0.022
    moved: float = 0.030
    died: float = 0.012
    unlisted: float = 0.010
    known_dead: float = 0.45
    mothers_name: float = 0.5

    @classmethod
    def usual(cls) -> "Dirt":
        """As two files of one health centre usually are."""
        return cls()

    @classmethod
    def few_identifiers(cls) -> "Dirt":
        """Most records carry no number, card or phone: names, dates and places must decide."""
        return cls(
            roster=replace(USUAL_ROSTER, no_bhxh=0.60, no_phone=0.55, no_pid=0.15),
            records=replace(USUAL_RECORDS, bare=0.65, no_pid=0.40, no_bhxh=0.40, no_phone=0.50),
        )

    @classmethod
    def rough(cls) -> "Dirt":
        """Every fault two and a half times as often."""
        return cls(
            roster=_times(USUAL_ROSTER, 2.5),
            records=_times(USUAL_RECORDS, 2.5),
            listed_twice=0.015,
            duplicates=0.06,
            moved=0.06,
            died=0.02,
            unlisted=0.03,
        )

    @classmethod
    def clean(cls) -> "Dirt":
        """No fault at all, each record on a listed resident, each resident listed once."""
        return cls(
            roster=Faults(),
            records=Faults(),
            listed_twice=0,
            duplicates=0,
            moved=0,
            died=0,
            unlisted=0,
            mothers_name=0,
        )


def _times(faults: Faults, factor: float) -> Faults:
    habits = ("upper_case", "no_hamlet", "hamlet_variant")  # of the clerk, not faults
    return Faults(
        **{
            rate.name: getattr(faults, rate.name)
            if rate.name in habits
            else min(0.6, getattr(faults, rate.name) * factor)
            for rate in fields(Faults)
        }
    )
