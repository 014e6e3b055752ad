"""Anticipated failures, safe to show to the person who asked."""


class Refusal(Exception):
    """The request cannot be done, and the message says why in words for the person who asked.

    ``field`` names the input the refusal is about, or is None when it concerns the whole request.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def by_field(self, otherwise: str = "") -> dict[str, str]:
        """Field → why, as a page lists it. What concerns the whole request is of ``otherwise``."""
        return {self.field or otherwise: self.message}


class Refusals(Refusal):
    """Several refusals at once: ``problems`` maps a field name to its message, in page order."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(next(iter(problems.values())), field=next(iter(problems)))
        self.problems = problems

    def by_field(self, otherwise: str = "") -> dict[str, str]:
        return {field or otherwise: message for field, message in self.problems.items()}
