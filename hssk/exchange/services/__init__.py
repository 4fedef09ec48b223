"""What is done with files: read, receive, link, apply, decide, undo."""

from hssk.exchange.services.waiting import waiting_for_review

__all__ = ["waiting_for_review"]
