"""One kind of error for everything a person, not a programmer, must act on."""


class Trouble(Exception):
    """Something the reader must act on, said in one Vietnamese sentence with what to do.

    message  a format string with named places, so that it can be translated at the edge
    params   what fills the places; never a personal number
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params)
