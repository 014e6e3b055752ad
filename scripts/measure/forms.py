"""What a step costs as the form around it grows: W7, and a long form with conditions beside a short one."""

from collections.abc import Iterator

from scripts.measure.figures import Figure
from scripts.measure.rigs import rig
from scripts.measure.shots import Shot, fire, interleaved, least_cpu, memory_of, middle_rate, spread, tree
from scripts.measure.web import Saver

GOAL = 1.3
MIDDLE = 12  # a step that a condition opens, with a question that another condition opens


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """One step of 10 questions: in a form of 200 with 40 conditions and 3 repeating groups / of 10 alone."""
    count, rounds = 40, 4 if quick else 25
    with rig(on) as one:
        portal, person = one.portal, one.people[0]
        assert portal.web
        server = portal.web.pid
        short = Saver(portal, person, "ten", each=10)
        long = Saver(portal, person, "branching", step=MIDDLE, each=10)
        small, large = Saver(portal, person), Saver(portal, person, "large")
        shots = interleaved(
            {
                "10 POST": lambda: fire(portal.port, server, short.steps(count)),
                "200 POST": lambda: fire(portal.port, server, long.steps(count)),
                "10 GET": lambda: fire(portal.port, server, [short.look()] * count),
                "200 GET": lambda: fire(portal.port, server, [long.look()] * count),
                "12 POST": lambda: fire(portal.port, server, small.steps(count)),
                "300 POST": lambda: fire(portal.port, server, large.steps(count)),
            },
            rounds=rounds,
        )
        memory = memory_of(tree(server)) / 1e6
    for name, more, fewer, goal in (
        ("W7 step POST, 300 / 12 answers", "300 POST", "12 POST", 1.5),
        ("step POST, 200 / 10 questions", "200 POST", "10 POST", GOAL),
        ("step GET, 200 / 10 questions", "200 GET", "10 GET", GOAL),
    ):
        ratio = least_cpu(shots[more]) / least_cpu(shots[fewer])
        note = _note(shots[more], shots[fewer])
        yield Figure(name, on, ratio, goal, False, spread(shots[more]), memory, note)


def _note(more: list[Shot], fewer: list[Shot]) -> str:
    one, other = (f"{least_cpu(each) * 1e6:.0f} us CPU ({middle_rate(each):.0f}/s)" for each in (more, fewer))
    return f"{one} beside {other}"
