"""Fields of models that several rooms use."""

from typing import Any

import orjson
from django.db import models


class WrittenJSON(models.TextField):
    """JSON as text, letter for letter as it was written, for what nobody searches.

    PostgreSQL neither takes it apart nor puts it in another order, which takes a quarter of the
    time of jsonb.
    """

    # what type checkers are told of its values, as django-stubs does for its own fields
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """What was written, read again."""
        return None if value is None else orjson.loads(value)

    def to_python(self, value: Any) -> Any:
        """A value is what it is: text in it is a JSON string, not JSON."""
        return value

    def get_prep_value(self, value: Any) -> str | None:
        """As it is written."""
        return None if value is None else orjson.dumps(value, default=str).decode()


class DaySpells(models.Field):
    """Stretches of days that do not touch; functions of the database write and read them."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's own type of them."""
        return "datemultirange"
