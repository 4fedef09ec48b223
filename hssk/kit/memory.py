"""How often Python walks through everything that it holds, looking for what nobody needs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE_BETWEEN_WALKS = 20_000


def rest_often() -> None:
    """Have it walk rarely, and never over what a server has loaded by now and keeps for good.

    A page makes some ten thousand objects and hardly a cycle; walking over those of the whole
    program every 700 takes a tenth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE_BETWEEN_WALKS, 10, 10)


@contextmanager
def no_walks() -> Iterator[None]:
    """Have it rest: a file brings a million objects to walk over, and no cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
