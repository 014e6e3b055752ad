"""Any form with any answers: what holds whatever an author writes and a person types."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import definition, steps
from guildhall.paperwork.forms.definition import Definition, DefinitionError, Group
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import Walk

from .made import TODAY, a_form, a_group, a_question, posted, words
from .test_steps import draw, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-022")]

OPTIONS = ["red", "green", "blue"]
ASKABLE = ("yes_no", "choose_one", "choose_several", "integer", "date", "text")
TYPED: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.sampled_from(["yes", "no", "", "maybe"]),
    "choose_one": st.sampled_from([*OPTIONS, "", "pink"]),
    "choose_several": st.lists(st.sampled_from(OPTIONS), unique=True),
    "integer": st.sampled_from(["", "-1", "0", "5", "6", "1,000", "x"]),
    "date": st.sampled_from(["", "1/6/2010", "2/6/2010", "1/1/2000", "31/2/2020", "6/6/06"]),
    "text": st.text(max_size=8),
    "memo": st.text(max_size=30),
    "telephone": st.text(alphabet="+01 ()-x", max_size=14),
    "information": st.just(""),
}
RULES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "yes_no": st.sampled_from([{"is": "yes"}, {"is_not": "yes"}, {"answered": True}]),
    "choose_one": st.sampled_from([{"is": "red"}, {"any_of": ["red", "blue"]}, {"is_not": "green"}]),
    "choose_several": st.sampled_from([{"includes": "red"}, {"any_of": ["green", "blue"]}]),
    "integer": st.sampled_from([{"more_than": 5}, {"less_than": 5}, {"is": 5}]),
    "date": st.sampled_from([{"older_than": 16}, {"younger_than": 16}]),
    "text": st.sampled_from([{"answered": True}, {"answered": False}]),
}


@st.composite
def conditions(draw: Callable[..., Any], earlier: list[tuple[str, str]], depth: int = 2) -> dict[str, Any]:
    shape = draw(st.sampled_from(["one", "one", "all", "any", "not"])) if depth else "one"
    if shape == "not":
        return {"not": draw(conditions(earlier, depth - 1))}
    if shape in ("all", "any"):
        return {shape: draw(st.lists(conditions(earlier, depth - 1), min_size=1, max_size=2))}
    code, kind = draw(st.sampled_from(earlier))
    return {"question": code, **draw(RULES[kind])}


@st.composite
def plain_forms(draw: Callable[..., Any]) -> dict[str, Any]:
    """The file of a form that an author might write."""
    outside: list[tuple[str, str]] = []
    groups = []
    for number in range(draw(st.integers(1, 4))):
        repeats = draw(st.booleans())
        more: dict[str, Any] = {"repeats": {"least": 1, "most": 3, "item": words("row")}} if repeats else {}
        if outside and draw(st.booleans()):
            more["when"] = draw(conditions(outside))
        here = list(outside)
        questions = []
        for index in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from(list(TYPED)))
            extra: dict[str, Any] = {}
            if here and draw(st.booleans()):
                extra["when"] = draw(conditions(here))
            if kind != "information":
                extra["mandatory"] = (
                    draw(st.booleans()) if not here else draw(st.booleans() | conditions(here))
                )
            questions.append(a_question(f"Q{number}_{index}", kind, **extra))
            if kind in ASKABLE:
                here.append((f"Q{number}_{index}", kind))
        # A row needs something to answer.
        questions.append(a_question(f"Q{number}_LAST", "yes_no"))
        groups.append(a_group(f"g{number}", *questions, **more))
        outside = outside if repeats else here
    return a_form(*groups)


@st.composite
def forms(draw: Callable[..., Any]) -> Definition | None:
    """A form that an author might write; None when no answers could open one of its parts."""
    try:
        return definition.parse(draw(plain_forms()))
    except DefinitionError as refused:
        assert all("no answers can ever open" in flaw.message for flaw in refused.problems)
        return None


@st.composite
def filled(draw: Callable[..., Any]) -> tuple[Definition, dict[str, Any]]:
    """A form, and a draft of it as its pages would have left it."""
    form = draw(forms().filter(bool))
    answers: dict[str, Any] = {}
    for group in form.groups:
        rows = ["a", "b"][: draw(st.integers(0, 2))] if group.repeats else [None]
        for row_id in rows:
            data = {q.field_id: draw(TYPED[q.kind]) for q in group.questions if draw(st.booleans())}
            result = steps.read(
                form, group, posted(**data), answers=answers, today=TODAY, language="en", row_id=row_id
            )
            if row_id:
                answers.setdefault(group.key, []).append({"_id": row_id, **result.answers})
            else:
                answers |= result.answers
    return form, answers


any_form = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def texts_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a request the overrides are read each time, which these tests need not."""
    monkeypatch.setattr(texts._overrides, "get", dict)


# An oracle of its own: straight from the plain meaning of the definition, without the Walk.


def usable(kind: str, held: Any) -> Any:
    """The value of a held answer, or None."""
    return None if isinstance(held, dict) or held in ("", [], None) else held


def rule_holds(rule: Any, value_of: Callable[[str], Any]) -> bool:
    name = type(rule).__name__
    if name == "All":
        return all(rule_holds(part, value_of) for part in rule.parts)
    if name == "AnyOf":
        return any(rule_holds(part, value_of) for part in rule.parts)
    if name == "Not":
        return not rule_holds(rule.part, value_of)
    value, wanted = value_of(rule.question), rule.value
    if rule.operator == "is":
        return value == wanted
    if rule.operator == "is_not":
        return value != wanted
    if rule.operator == "answered":
        return (value is not None) == wanted
    if value is None:
        return False
    if rule.operator == "any_of":
        return bool(set(value if isinstance(value, list) else [value]) & set(wanted))
    if rule.operator == "includes":
        return wanted in value
    if rule.operator == "more_than":
        return value > wanted
    if rule.operator == "less_than":
        return value < wanted
    born = date.fromisoformat(value)
    had_birthday = born.replace(year=TODAY.year) <= TODAY
    age = TODAY.year - born.year - (0 if had_birthday else 1)
    return age >= wanted if rule.operator == "older_than" else age < wanted


class Expected(NamedTuple):
    """What must come of a form and answers: the places on the route, the answers that count, what is lacking.

    A gap is (place, row or None, code); that of a group with too few rows has no code.
    """

    route: list[str]
    sealed: dict[str, Any]
    gaps: list[tuple[str, str | None, str]]


def expected(form: Definition, answers: dict[str, Any]) -> Expected:
    """Worked out from the first question to the last."""
    known: dict[str, Any] = {}
    found = Expected([], {}, [])
    for group in form.groups:
        if group.when is not None and not rule_holds(group.when, known.get):
            continue
        found.route.append(group.key)
        if not group.repeats:
            here, gaps, _ = expected_of_row(group, answers, known)
            known |= here
            found.sealed.update(here)
            found.gaps.extend((group.key, None, code) for code in gaps)
            continue
        rows = [(row["_id"], *expected_of_row(group, row, known)) for row in answers.get(group.key, [])]
        if kept := [{"_id": row_id, **here} for row_id, here, _, _ in rows if here]:
            found.sealed[group.key] = kept
        if sum(begun for *_, begun in rows) < group.repeats.least:
            found.gaps.append((group.key, None, ""))
        found.gaps.extend(
            (group.key, row_id, code) for row_id, _, gaps, begun in rows if begun for code in gaps
        )
    return found


def expected_of_row(
    group: Group, row: dict[str, Any], known: dict[str, Any]
) -> tuple[dict[str, Any], list[str], bool]:
    """The answers that count, the codes of what is lacking, and whether anything at all was typed."""
    here: dict[str, Any] = {}
    gaps, begun = [], False
    for question in group.questions:
        seen = {**known, **here}
        if question.when is not None and not rule_holds(question.when, seen.get):
            continue
        held = row.get(question.code)
        begun = begun or held not in ("", [], None)
        must = question.mandatory
        must = must if isinstance(must, bool) else rule_holds(must, seen.get)
        value = usable(question.kind, held)
        if value is not None:
            here[question.code] = value
        elif must or isinstance(held, dict):
            gaps.append(question.code)
    return here, gaps, begun


@any_form
@given(filled())
def test_the_route_what_is_lacking_and_what_is_sealed_are_what_the_definition_says(
    case: tuple[Definition, dict[str, Any]],
):
    form, answers = case
    wanted = expected(form, answers)
    way = Walk(form, answers, TODAY)

    assert [step.place for step in way.steps] == wanted.route
    assert way.sealed_answers() == wanted.sealed
    assert [(gap.place, gap.row_id, gap.code) for gap in way.gaps] == wanted.gaps


@any_form
@given(filled())
def test_sealing_what_was_sealed_changes_nothing_and_nothing_hidden_is_left(
    case: tuple[Definition, dict[str, Any]],
):
    form, answers = case
    way = Walk(form, answers, TODAY)
    sealed = way.sealed_answers()
    again = Walk(form, sealed, TODAY)

    assert again.sealed_answers() == sealed
    assert [group.key for group in again.groups] == [group.key for group in way.groups]
    assert all(_was_gap(gap, way) for gap in again.gaps if gap.code)
    assert way.gaps or not again.gaps


def _was_gap(gap: Any, way: Walk) -> bool:
    return any((one.place, one.row_id, one.code) == (gap.place, gap.row_id, gap.code) for one in way.gaps)


@any_form
@given(filled())
def test_walking_is_idempotent_and_leaves_the_answers_alone(case: tuple[Definition, dict[str, Any]]):
    form, answers = case
    before = repr(answers)
    way = Walk(form, answers, TODAY)

    first = (way.steps, way.gaps, way.percent, way.sealed_answers(), way.subject())
    other = Walk(form, answers, TODAY)
    second = (other.steps, other.gaps, other.percent, other.sealed_answers(), other.subject())

    assert first == second
    assert repr(answers) == before
    assert 0 <= way.percent <= 100


@any_form
@given(filled())
def test_every_gap_is_on_the_route_and_leads_to_a_question_that_is_shown(
    case: tuple[Definition, dict[str, Any]],
):
    form, answers = case
    way = Walk(form, answers, TODAY)
    for gap in way.gaps:
        group = form.group_by_key[gap.place]
        assert group in way.groups
        if gap.code:
            [row] = [row for row in way.rows(group) if gap.row_id in (None, row.get("_id"))]
            assert gap.code in [question.code for question in way.visible(group, row)]
        assert next(step for step in way.steps if step.group == group).state != "done"


@any_form
@given(filled())
def test_going_on_from_the_first_step_passes_every_step_once(case: tuple[Definition, dict[str, Any]]):
    form, answers = case
    way = Walk(form, answers, TODAY)
    places: list[str] = []
    place = way.groups[0].key if way.groups else None
    while place:
        places.append(place)
        assert way.previous_place(place) == (places[-2] if len(places) > 1 else None)
        place = way.next_place(place)

    assert places == [step.place for step in way.steps]


@any_form
@given(filled())
def test_a_step_sent_back_as_it_was_drawn_gives_the_same_answers(case: tuple[Definition, dict[str, Any]]):
    form, answers = case
    for group in Walk(form, answers, TODAY).groups:
        for row in answers.get(group.key, []) if group.repeats else [None]:
            row_id = row["_id"] if row else None
            html = draw(form, answers, group.key, row_id=row_id)
            back = steps.read(
                form, group, send_back(html), answers=answers, today=TODAY, language="en", row_id=row_id
            )
            held = row or answers
            for code, value in back.answers.items():
                assert value == held.get(code) or (not value and _lost_on_a_page(form, code, held.get(code)))


def _lost_on_a_page(form: Definition, code: str, held: Any) -> bool:
    """Nothing was held, or an option that is not on the form, which nobody can choose on a page."""
    return not held or (isinstance(held, dict) and KINDS[form.question_by_code[code].kind].nature == "option")


@any_form
@given(st.sampled_from(list(KINDS)), st.text(max_size=50))
def test_no_kind_breaks_on_any_text(kind: str, text: str):
    form = definition.parse(a_form(a_group("first", a_question("Q", kind))))
    data = {f"q-q{part}": text for part in ("", "-day", "-month", "-year", "-line1", "-name", "-from-day")}

    result = steps.read(form, form.groups[0], posted(**data), answers={}, today=TODAY, language="cy")

    assert isinstance(result.answers, dict)
