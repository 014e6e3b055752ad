"""How a handler says why it could not do its work. Anything else that it raises is a fault to retry.

Exception
 ├─ FarSideDown   nobody answers: leave the other tasks of this kind alone for a while too
 └─ RefusedForGood   the far side said no, and saying it again will not help
     └─ Undeliverable   what it refused is this very email, with a code
"""


class FarSideDown(Exception):
    """The mail server, scanner or other system that the handler needs cannot be reached."""


class RefusedForGood(Exception):
    """The far side answered that this will never work: a few more tries, then a person must look."""


class Undeliverable(RefusedForGood):
    """The mail server answered that it takes no such email for this address; ``code`` is its answer."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code = str(code)
