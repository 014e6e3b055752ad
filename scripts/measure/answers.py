"""To be measured."""

from collections.abc import Iterator

from scripts.measure.figures import Figure


def measure(quick: bool) -> Iterator[Figure]:
    """Nothing yet."""
    yield from ()
