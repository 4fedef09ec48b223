"""Why a file cannot be read, and what its owner can do about it."""


class UnreadableFile(Exception):
    """A file that cannot be read as a table.

    kind     a short stable word for tests and logs ("pdf", "password", "empty" …)
    message  what is wrong, in Vietnamese
    advice   what to do, in Vietnamese
    """

    def __init__(self, kind: str, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.kind = kind
        self.message = message
        self.advice = advice
