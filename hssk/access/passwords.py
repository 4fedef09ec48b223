"""Passwords that are guessed by whoever knows whose they are: made of the words of this work.

Source: ASVS 5.0, 6.1.2 and 6.2.11.
"""

import re

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
