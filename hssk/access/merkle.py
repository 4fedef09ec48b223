"""Trees of digests over the lines of the log, as RFC 6962 makes them of certificates."""

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").digest()


def leaf(line: bytes) -> bytes:
    """The digest of one line; no line has that of two digests together."""
    return hashlib.sha256(b"\0" + line).digest()


def root(lines: Iterable[bytes]) -> tuple[int, bytes]:
    """How many lines there are, and the root of the tree over them, in their order.

    Each perfect tree is kept until its sister comes, so that a million lines take as many digests
    and no more room than the log of their number.
    """
    count = 0
    trees: list[tuple[int, bytes]] = []
    for line in lines:
        digest, size = leaf(line), 1
        while trees and trees[-1][0] == size:
            digest, size = _above(trees.pop()[1], digest), 2 * size
        trees.append((size, digest))
        count += 1
    digest = trees.pop()[1] if trees else EMPTY
    while trees:
        digest = _above(trees.pop()[1], digest)
    return count, digest


def _above(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
