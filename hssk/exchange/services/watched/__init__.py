"""A watched folder: what somebody puts there is taken in, and put away with what came of it."""

from hssk.exchange.services.watched.folder import Folder
from hssk.exchange.services.watched.taking import take_one

__all__ = ["Folder", "take_one"]
