"""Counted nouns: "1 người", "1 person", "12 people". Vietnamese has one form, English two."""

from django.utils.translation import get_language
from django.utils.translation import ngettext_lazy as counted

from hssk.kit.numbers import format_number

NOUNS = {
    "person": counted("%(n)s người", "%(n)s người", "count"),
    "contact": counted("%(n)s lần liên hệ", "%(n)s lần liên hệ", "count"),
    "household": counted("%(n)s hộ", "%(n)s hộ", "count"),
    "hamlet": counted("%(n)s tổ, bản", "%(n)s tổ, bản", "count"),
    "commune": counted("%(n)s xã, phường", "%(n)s xã, phường", "count"),
    "record": counted("%(n)s hồ sơ", "%(n)s hồ sơ", "count"),
    "row": counted("%(n)s dòng", "%(n)s dòng", "count"),
    "file": counted("%(n)s tệp", "%(n)s tệp", "count"),
    "pair": counted("%(n)s cặp", "%(n)s cặp", "count"),
    "post": counted("%(n)s nhiệm vụ", "%(n)s nhiệm vụ", "count"),
    "copy": counted("%(n)s bản", "%(n)s bản", "count"),
    "move": counted("%(n)s đề nghị", "%(n)s đề nghị", "count"),
    "look": counted("%(n)s lần xem", "%(n)s lần xem", "count"),
    "session": counted("%(n)s buổi", "%(n)s buổi", "count"),
    "team": counted("%(n)s đội", "%(n)s đội", "count"),
    "delivery": counted("%(n)s lần giao", "%(n)s lần giao", "count"),
    "column": counted("%(n)s cột", "%(n)s cột", "count"),
    "organisation": counted("%(n)s tổ chức", "%(n)s tổ chức", "count"),
    "card": counted("%(n)s thẻ", "%(n)s thẻ", "count"),
    "run": counted("%(n)s đợt in", "%(n)s đợt in", "count"),
    "day": counted("%(n)s ngày", "%(n)s ngày", "count"),
}


def language() -> str:
    """The language numbers are written in now: "en" when English is active, else "vi"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def count_of(number: int, noun: str) -> str:
    """`number` with the word for `noun`, one of NOUNS, in the active language."""
    return str(NOUNS[noun] % {"count": number, "n": format_number(number, language())})
