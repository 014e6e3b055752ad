"""The sections on the left of a form whose sections open in any order."""

from dataclasses import dataclass

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Walk


@dataclass(frozen=True)
class Tab:
    """A section on the left of a form whose sections open in any order (CP-018)."""

    place: str
    number: int
    title: str
    state: str
    state_words: str
    here: bool


def tabs_of(definition: Definition, walk: Walk, *, here: str) -> list[Tab]:
    """The sections of a form in tabs, the summary last; none for a form in steps."""
    if definition.style != "tabs":
        return []
    tabs = [
        Tab(
            step.place,
            number,
            step.title.in_(active_language()),
            step.state,
            texts.say(f"send.Tab_State_{step.state}"),
            step.place == here,
        )
        for number, step in enumerate(walk.steps, 1)
    ]
    last = Tab("summary", len(tabs) + 1, texts.say("send.Tab_Summary"), "", "", here == "summary")
    return [*tabs, last]
