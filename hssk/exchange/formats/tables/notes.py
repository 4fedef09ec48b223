"""A remark about a whole sheet or file, for the person who sent it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """`message` is a Vietnamese format string, `params` fills it; severity "info" or "warning"."""

    message: str
    params: dict[str, str] = field(default_factory=dict)
    severity: str = "info"

    @property
    def text(self) -> str:
        return self.message.format(**self.params)
