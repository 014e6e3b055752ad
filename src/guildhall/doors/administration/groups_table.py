"""The table of business processes and groups, and what a change of it means, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from guildhall.foundation.texts.queries import say
from guildhall.people.groups.processes import AREAS, PROCESSES, Process
from guildhall.people.groups.queries import Standing
from guildhall.people.groups.services import Difference


@dataclass(frozen=True)
class Cell:
    """One box: of which group, and whether it is ticked."""

    group: str
    value: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Row:
    """One business process with its box for each group."""

    key: str
    name: str
    why: str
    reads_child: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Consequence:
    """What a change gives to a group and takes from it, in words."""

    heading: str
    people: str
    given: list[str]
    taken: list[str]
    mixes: bool


def rows_of(groups: list[Standing], wanted: Mapping[str, frozenset[str]]) -> list[tuple[str, list[Row]]]:
    """Area → its rows, for ``groups`` in their order, with the boxes of ``wanted`` ticked."""
    names = {group.key: group.name() for group in groups}
    return [
        (
            say(f"administration.ProcessArea_{area}"),
            [_row(process, names, wanted) for process in PROCESSES.values() if process.area == area],
        )
        for area in AREAS
    ]


def _row(process: Process, names: Mapping[str, str], wanted: Mapping[str, frozenset[str]]) -> Row:
    name = name_of(process.key)
    cells = [
        Cell(key, f"{key}:{process.key}", f"{group}: {name}", process.key in wanted.get(key, frozenset()))
        for key, group in names.items()
    ]
    why = say(f"administration.Process_Why_{process.text}")
    return Row(process.key, name, why, process.reads_child, cells)


def name_of(process: str) -> str:
    """What a business process is called."""
    return say(f"administration.Process_{PROCESSES[process].text}")


def consequences(one: Difference) -> Consequence:
    """The change of one group, in words."""
    people = "Nobody" if not one.people else "One" if one.people == 1 else "Several"
    return Consequence(
        heading=one.group.name(),
        people=say(f"administration.Groups_People_{people}", count=one.people),
        given=[name_of(key) for key in one.given],
        taken=[name_of(key) for key in one.taken],
        mixes=one.mixes,
    )


def ticked(wanted: Mapping[str, frozenset[str]]) -> list[str]:
    """Every ticked box as its form sends it."""
    return [f"{group}:{process}" for group, processes in wanted.items() for process in sorted(processes)]
