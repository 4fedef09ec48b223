"""Signing what is told to the database, and what it needs to verify it: HMAC-SHA-256 (RFC 2104)."""

import hashlib
import hmac

_BLOCK = 64  # bytes that SHA-256 takes at once


def signed(words: str, key: str) -> str:
    """`words` behind their signature with the secret `key`."""
    return f"{hmac.new(_secret(key), words.encode(), 'sha256').hexdigest()}|{words}"


def pads(key: str) -> tuple[bytes, bytes]:
    """The inner and the outer pad of `key`: with them SQL makes the same signature by sha256()."""
    block = _secret(key).ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def _secret(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
