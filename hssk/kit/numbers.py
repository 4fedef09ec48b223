"""Numbers, shares and days as people here write them: 33.443 · 70,4 % · 13/3/2024.

Pure: the language ("vi" or "en") is an argument. A share is rounded so that it never says
"complete" of what is not complete, nor "none" of what is not none; it is never clipped.
Source: KH 13/3/2024 of TP Lai Châu writes "33.443/47.515 = 70,4 %" and days without zeros.
"""

from datetime import date, datetime

from hssk.kit.dates import PartialDate, format_day

MINUS = "\N{MINUS SIGN}"
NO_FIGURE = "\N{EN DASH}"  # shown where a share of nothing is asked for
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_EXCHANGED = str.maketrans(",.", ".,")
_SIZES = ("B", "kB", "MB", "GB", "TB")


def format_number(value: int, language: str = "vi") -> str:
    """A whole number in groups of three: 33.443 (vi), 33,443 (en). A true minus sign."""
    text = f"{abs(value):,}"
    if language == "vi":
        text = text.replace(",", ".")
    return (MINUS if value < 0 else "") + text


def format_decimal(value: float, decimals: int, language: str = "vi") -> str:
    """3280.25 → 3.280,25 (English: 3,280.25): at most `decimals` of them, none that are zero at the
    end."""
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_EXCHANGED) if language == "vi" else text


def format_signed(value: int, language: str = "vi") -> str:
    """A change: +1.204, −35, 0."""
    return ("+" if value > 0 else "") + format_number(value, language)


def tenths_of_percent(part: int, whole: int) -> int:
    """`part` of `whole` in tenths of a per cent, rounded half up, honest at the ends.

    0 only when `part` is 0 and 1000 only when they are equal; above 1000 when `part` is larger:
    the page must say what is wrong, this never clips. Refuses (ValueError) negative numbers
    and a `whole` of 0.
    """
    if part < 0 or whole <= 0:
        raise ValueError(f"no share: {part} of {whole}")
    tenths = (2000 * part + whole) // (2 * whole)
    if part and not tenths:
        return 1
    if tenths == 1000 and part != whole:
        return 999 if part < whole else 1001
    return tenths


def format_percent(part: int, whole: int, language: str = "vi") -> str:
    """70,4 % (vi) or 70.4% (en); exactly 0 % and 100 % without a decimal; – of nothing."""
    if whole == 0:
        return NO_FIGURE
    tenths = tenths_of_percent(part, whole)
    whole_percents = format_number(tenths // 10, language)
    if tenths in (0, 1000):
        text = whole_percents
    else:
        text = whole_percents + ("," if language == "vi" else ".") + str(tenths % 10)
    return text + (" %" if language == "vi" else "%")


def format_share(part: int, whole: int, language: str = "vi") -> str:
    """The figure with what it is made of: 33.443/47.515 = 70,4 %."""
    fraction = f"{format_number(part, language)}/{format_number(whole, language)}"
    return f"{fraction} = {format_percent(part, whole, language)}"


def people_to_goal(part: int, whole: int, goal_percent: float) -> int:
    """How many more people reach the goal: the least n with (part + n) / whole >= goal.

    `goal_percent` to a hundredth (95, 97.5). 0 when it is reached.
    """
    hundredths = round(goal_percent * 100)
    needed = -(-whole * hundredths // 10_000)
    return max(needed - part, 0)


def format_date(value: date | PartialDate, language: str = "vi") -> str:
    """13/3/2024 (vi), 13 March 2024 (en); a partial date says only what is known."""
    partial = value if isinstance(value, PartialDate) else PartialDate(value)
    if language == "vi":
        return str(partial) if isinstance(value, PartialDate) else format_day(value)
    year, month, day = partial.number // 10000, partial.number // 100 % 100, partial.number % 100
    return " ".join(filter(None, [str(day or ""), _MONTHS[month - 1] if month else "", str(year)]))


def format_moment(value: datetime, language: str = "vi") -> str:
    """A moment to the minute: 14:05, 13/3/2024. The caller gives local time."""
    return f"{value:%H:%M}, {format_date(value.date(), language)}"


def format_size(size: int, language: str = "vi") -> str:
    """A file's size, in thousands of bytes: 812 B, 3,4 MB."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_SIZES) - 1:
        value, unit = value / 1000, unit + 1
    text = f"{value:.0f}" if unit == 0 or value >= 99.5 else f"{value:.1f}"
    return (text.replace(".", ",") if language == "vi" else text) + " " + _SIZES[unit]
