"""The catalogue fixture of the page frame serves the account pages too."""

from hssk.kit.tests.conftest import compiled_messages  # noqa: F401
