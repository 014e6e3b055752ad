"""What must be true of a definition as a whole, once each part of it could be read."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from .bounds import DateBound, crossed
from .conditions import ALLOWED, Comparison, comparisons_in
from .consents import given_anew
from .kinds.table import KINDS
from .reach import rules_of, unreachable
from .shape import Definition, Group, Question
from .sheet import Flaw

ROLE_KINDS = {
    "born_on": {"date"},
    "address": {"address"},
    "upn": {"upn"},
    "nhs_number": {"nhs_number"},
    "uln": {"uln"},
    "school": {"establishment", "text"},
    "gender": {"choose_one", "drop_down"},
}
NAME_KINDS = {"text"}


def flaws_between(definition: Definition) -> list[Flaw]:
    """Every flaw that lies between the parts: things said twice, conditions that do not fit."""
    return [
        *_twice("", "the group key", (group.key for group in definition.groups)),
        *_twice("", "the group number", (group.number for group in definition.groups)),
        *_twice("", "the code", (question.code for _, question in _questions(definition))),
        *_twice("", "the identity", (question.identity for _, question in _questions(definition))),
        *_empty(definition),
        *_parts(definition),
        *_conditions(definition),
    ]


def unreachable_parts(definition: Definition) -> Iterator[Flaw]:
    """The groups and questions of a definition without other flaws that nobody can ever be asked."""
    for group, question, message in unreachable(definition):
        yield Flaw(_place(group, question), message)


def _questions(definition: Definition) -> Iterator[tuple[Group, Question]]:
    for group in definition.groups:
        for question in group.questions:
            yield group, question


def _place(group: Group, question: Question | None = None) -> str:
    return f"group {group.key}, question {question.code}" if question else f"group {group.key}"


def _twice(place: str, what: str, values: Iterator[str] | Iterator[int]) -> Iterator[Flaw]:
    for value, count in Counter(values).items():
        if value and count > 1:
            yield Flaw(place, f"{what} {value} is used {count} times")


def _empty(definition: Definition) -> Iterator[Flaw]:
    if not definition.groups:
        yield Flaw("", "the form has no groups")
    for group in definition.groups:
        if not group.questions and not group.guidance:
            yield Flaw(_place(group), "has neither questions nor guidance")
        if group.repeats and not any(KINDS[q.kind].answerable for q in group.questions if q.kind):
            yield Flaw(_place(group), "repeats but has no question to answer")


def _parts(definition: Definition) -> Iterator[Flaw]:
    for group, question in _questions(definition):
        for message in _of_question(group, question):
            yield Flaw(_place(group, question), message)


def _of_question(group: Group, question: Question) -> Iterator[str]:
    if question.identity and group.repeats:
        yield "identity is about one child, so it cannot be asked in a repeating group"
    allowed = ROLE_KINDS.get(question.identity, NAME_KINDS)
    if question.identity and question.kind and question.kind not in allowed:
        yield f"identity {question.identity} needs a question of kind {' or '.join(sorted(allowed))}"
    if question.inherit_multiple and group.repeats:
        yield f"inherit_multiple cannot be used in the repeating group {group.key}"
    if question.reuse != "ask" and given_anew(question.kind, question.code, question.text):
        yield "a signature or consent is given anew each time: leave reuse out"
    if question.most > 1 and not question.multiple:
        yield "most is more than 1, but multiple is not true"
    if _takes_nothing(question):
        yield "minimum is more than maximum"


def _takes_nothing(question: Question) -> bool:
    low, high = question.minimum, question.maximum
    if isinstance(low, DateBound) and isinstance(high, DateBound):
        return crossed(low, high)
    return isinstance(low, Decimal) and isinstance(high, Decimal) and low > high


def _conditions(definition: Definition) -> Iterator[Flaw]:
    earlier: dict[str, tuple[Group, Question]] = {}
    for group in definition.groups:
        for test in comparisons_in(group.when):
            yield from (
                Flaw(_place(group), message) for message in _of_test(definition, test, group, earlier)
            )
        for question in group.questions:
            for test in (*comparisons_in(question.when), *comparisons_in(question.mandatory)):
                for message in _of_test(definition, test, group, earlier, question):
                    yield Flaw(_place(group, question), message)
            earlier[question.code] = (group, question)


def _of_test(
    definition: Definition,
    test: Comparison,
    group: Group,
    earlier: dict[str, tuple[Group, Question]],
    asker: Question | None = None,
) -> Iterator[str]:
    """What is wrong with ``test``, asked by the question ``asker`` or by all of ``group``."""
    if not test.question:
        return
    if test.question not in earlier:
        yield _not_earlier(definition, test.question, asker, group)
        return
    home, asked = earlier[test.question]
    if home.repeats and (asker is None or home is not group):
        yield f"the condition asks about {test.question}, which is answered several times in group {home.key}"
    if asked.kind:
        yield from _of_comparison(test, asked)


def _not_earlier(definition: Definition, asked: str, asker: Question | None, group: Group) -> str:
    if asked not in definition.question_by_code:
        return f"the condition asks about {asked}, which is not on the form"
    askers = {asker.code} if asker else {question.code for question in group.questions}
    if way := _way_back(definition, asked, askers):
        return f"the condition goes round in a circle: {' → '.join(way)}"
    return f"the condition asks about {asked}, which does not come before it"


def _way_back(definition: Definition, asked: str, askers: set[str]) -> list[str]:
    """The shortest way from one of ``askers`` over ``asked`` and the rules that show it, back to itself."""
    ways = {asked: [asked]}
    for code in (waiting := [asked]):
        if code in askers:
            return [code, *ways[code]]
        for test in (test for rule in rules_of(definition, code) for test in comparisons_in(rule)):
            if test.question in definition.question_by_code and test.question not in ways:
                ways[test.question] = [*ways[code], test.question]
                waiting.append(test.question)
    return []


def _of_comparison(test: Comparison, asked: Question) -> Iterator[str]:
    nature = KINDS[asked.kind].nature
    if test.operator not in ALLOWED[nature]:
        yield f"{test.operator} cannot be asked of {asked.code}, a question of kind {asked.kind}"
        return
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if nature == "number" and not all(isinstance(value, (int, Decimal)) for value in values):
        yield f"{asked.code} is a number: compare it with whole numbers"
    if nature == "words" and not all(isinstance(value, (str, bool)) for value in values):
        yield f"{asked.code} is words: put quotation marks around what it is compared with"
    if nature in ("option", "options") and test.operator != "answered":
        known = [option.id for option in KINDS[asked.kind].options_of(asked)]
        for value in values:
            if value not in known:
                yield f"{asked.code} has no option {value!r}; it has {', '.join(known)}"
