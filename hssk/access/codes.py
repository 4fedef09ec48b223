"""Short codes: which of them everybody would try first."""

LENGTH = 6  # digits
_RISING, _FALLING = "01234567890", "09876543210"


def is_too_easy(code: str) -> bool:
    """Whether six digits are among those that are tried first: 000000, 123456, 121212, 123123.

    code     a text of LENGTH digits
    Source: NIST SP 800-63B §3.1.1.2 (refuse values commonly used or expected).
    """
    repeats = any(code == code[:n] * (len(code) // n) for n in (1, 2, 3))
    return repeats or code in _RISING or code in _FALLING


def is_code(text: str) -> bool:
    """Whether `text` is six digits, as ASCII writes them."""
    return len(text) == LENGTH and text.isascii() and text.isdigit()
