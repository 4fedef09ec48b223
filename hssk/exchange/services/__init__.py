"""What is done with files: read, receive, link, apply, decide, undo."""
