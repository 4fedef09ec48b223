"""Spare codes of the second step, for whoever has no phone at hand; each works once.

What is kept of one is a slow digest under a key of the home, as of a short code. Its first digit
says which of the ten it is, so that a try costs one digest and not ten; the others are secret.

Source: ASVS 5.0, 6.5.1 to 6.5.4 (30 bits each, salted scrypt).
"""

import hmac

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import transaction
from django.utils.crypto import get_random_string

from hssk.access.models import SpareCode, User

COUNT, SECRET = 10, 9  # codes, secret digits of each


@transaction.atomic
def new_spare_codes(user: User) -> list[str]:
    """Ten new codes, to be shown once; those of before are worth nothing."""
    drop_spare_codes(user)
    hasher, codes = ScryptPasswordHasher(), []
    for place in range(COUNT):
        code = f"{place}{get_random_string(SECRET, '0123456789')}"
        digest = hasher.encode(_peppered(user, code), hasher.salt())
        SpareCode.objects.create(user=user, place=place, digest=digest)
        codes.append(code)
    return codes


def spare_codes_left(user: User) -> int:
    """How many codes are not used yet."""
    return SpareCode.objects.filter(user=user).count()


def is_spare_code(text: str) -> bool:
    """Whether `text`, without blanks, is written as spare codes are."""
    bare = "".join(text.split())
    return len(bare) == 1 + SECRET and bare.isascii() and bare.isdigit()


def use_spare_code(user: User, text: str) -> bool:
    """Whether `text` is a code of `user`; if so it is used up, by whoever came first."""
    code = "".join(text.split())
    kept = SpareCode.objects.filter(user=user, place=int(code[0])).first()
    if kept is None or not ScryptPasswordHasher().verify(_peppered(user, code), kept.digest):
        return False
    gone, _tables = SpareCode.objects.filter(pk=kept.pk).delete()
    return gone == 1


def drop_spare_codes(user: User) -> None:
    """Forget the codes of somebody whose second step ended."""
    SpareCode.objects.filter(user=user).delete()


def _peppered(user: User, code: str) -> str:
    words = f"spare|{user.pk}|{code}".encode()
    return hmac.new(settings.CODE_KEY.encode(), words, "sha256").hexdigest()
