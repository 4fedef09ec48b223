"""A step: what one row of a workbook of posts would do, or what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from hssk.access.models import Post
from hssk.access.rights import Role
from hssk.exchange.models import PostRow
from hssk.places.models import Hamlet, Unit

ACCOUNT, WOKEN, POST, ENDING, UNCHANGED, WRONG = (
    "account", "woken", "post", "end", "unchanged", "wrong",
)  # fmt: skip


class Wrong(Exception):
    """A row cannot be done: the field it is about, what is wrong, what to do."""

    def __init__(self, field: str, message: str, advice: str = "", **params: str) -> None:
        super().__init__(message)
        self.field, self.message, self.advice, self.params = field, message, advice, params


@dataclass
class Step:
    """What a row would do: `does` is one of the words above.

    post    the post that it ends, or that is there already
    column  letter of the column that is wrong, "" for the whole row; `message` and `advice` are
            Vietnamese format strings that `params` fill
    """

    row: PostRow
    does: str = WRONG
    username: str = ""
    full_name: str = ""
    role: Role | None = None
    unit: Unit | None = None
    hamlet: Hamlet | None = None
    since: date | None = None
    until: date | None = None
    post: Post | None = None
    column: str = ""
    message: str = ""
    advice: str = ""
    params: dict[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """The text of a field of the row; "" where it says nothing."""
        return self.row.said.get(name, ("", ""))[1]

    @property
    def place(self) -> tuple[str, Role | None, int | None, int | None]:
        """What makes two posts of one user the same."""
        unit, hamlet = self.unit.pk if self.unit else None, self.hamlet.pk if self.hamlet else None
        return self.username, self.role, unit, hamlet


def digest_of_plan(steps: Iterable[Step]) -> str:
    """A digest of what would be done, by which one sees that it is not what was shown."""
    said = [(s.row.pk, s.does, s.place, s.since, s.until, s.post and s.post.pk) for s in steps]
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()
