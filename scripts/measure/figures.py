"""A figure: what was measured, its goal, and how it reads."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One ratio with its goal, None for what is only told. ``at_least`` says which side of the goal is right.

    ``spread`` is how far the middle of the rounds lay from the best (0.1 is ten in a hundred); ``memory`` is
    resident MB; ``note`` holds what the ratio was made of; ``tried`` the other tries, which were worse.
    """

    name: str
    on: str
    value: float
    goal: float | None
    at_least: bool
    spread: float = 0.0
    memory: float = 0.0
    note: str = ""
    tried: tuple[float, ...] = ()

    @property
    def met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"met": self.met}

    def __str__(self) -> str:
        goal = f"{'≥' if self.at_least else '≤'} {self.goal:<7g}" if self.goal is not None else " " * 9
        memory = f"{self.memory:6.0f} MB" if self.memory else " " * 9
        again = f"; other tries: {', '.join(f'{value:.3f}' for value in self.tried)}" if self.tried else ""
        verdict = "told  " if self.goal is None else "met   " if self.met else "MISSED"
        return (
            f"{verdict} {self.name:34} {self.on:10} {self.value:9.3f} {goal}"
            f" ±{self.spread:4.0%} {memory}  {self.note}{again}"
        )
