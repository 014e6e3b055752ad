"""The controls: each proof about forms comes out badly where what it guards is broken.

One thing is broken at a time, and the proof's own property must be found false of its own examples.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings

from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents import word_file
from guildhall.paperwork.forms import conditions, exchange, queries, services, spoken
from guildhall.paperwork.forms.frozen import VERSIONS
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions.frozen import SENT
from guildhall.paperwork.submissions.models import Submission
from tests.doors.building import test_nothing_sent_changes as frozen

from . import test_any_form as any_form
from . import test_round_trips as round_trips
from .test_any_form import texts_read_once  # noqa: F401  (a fixture of what is checked here)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def comes_out_badly(proof: Callable[..., None], *examples: Any, most: int = 300) -> None:
    """The property of ``proof`` is false of one of ``examples``; the same ones every time.

    Each begins with the database as it was, as what one of them broke would be the next one's beginning.
    """

    @wraps(proof)
    def alone(**asked: Any) -> None:
        before = transaction.savepoint()
        try:
            proof(**asked)
        finally:
            transaction.savepoint_rollback(before)
            queries.definition_of.cache_clear()

    found = settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(*examples)(alone))
    with pytest.raises(AssertionError):
        found()


ROUTE = any_form.test_the_route_what_is_lacking_and_what_is_sealed_are_what_the_definition_says
ROUTE = ROUTE.hypothesis.inner_test  # type: ignore[attr-defined]
SENT_BACK = any_form.test_a_step_sent_back_as_it_was_drawn_gives_the_same_answers
SENT_BACK = SENT_BACK.hypothesis.inner_test  # type: ignore[attr-defined]


@pytest.mark.parametrize("operator", sorted(conditions.OPERATORS))
def test_the_oracle_finds_an_operator_that_is_turned_round(monkeypatch, operator: str):
    rightly = conditions.OPERATORS[operator]
    monkeypatch.setitem(conditions.OPERATORS, operator, lambda *asked: not rightly(*asked))
    comes_out_badly(ROUTE, any_form.filled())


@pytest.mark.parametrize(
    ("operator", "nearly"),
    [
        ("older_than", lambda answer, years, today: (conditions._age(answer, today) or 0) > years),
        ("is_not", lambda answer, value, today: answer is not None and answer != value),
    ],
)
def test_the_oracle_finds_an_operator_that_is_wrong_at_its_edge(monkeypatch, operator: str, nearly):
    monkeypatch.setitem(conditions.OPERATORS, operator, nearly)
    comes_out_badly(ROUTE, any_form.filled(), most=1500)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("opens", lambda self, group: True),
        ("shows", lambda self, question, row=None: True),
        ("requires", lambda self, question, row=None: question.mandatory is True),
        (
            "rows",
            lambda self, group: list(self.answers.get(group.key, ())) if group.repeats else (self.answers,),
        ),
    ],
)
def test_the_oracle_finds_a_walk_that_goes_astray(monkeypatch, name: str, instead):
    """No step is skipped, nothing is hidden, no condition demands an answer, or empty rows count."""
    monkeypatch.setattr(Walk, name, instead)
    comes_out_badly(ROUTE, any_form.filled())


def test_a_page_that_loses_an_answer_is_found(monkeypatch):
    kind = type(KINDS["choose_several"])
    rightly = kind.render

    def only_the_first(self, entry):
        value = entry.value[:1] if isinstance(entry.value, list) else entry.value
        return rightly(self, replace(entry, value=value))

    monkeypatch.setattr(kind, "render", only_the_first)
    comes_out_badly(SENT_BACK, any_form.filled())


def _other_ids(plain: dict[str, Any]) -> None:
    for group in plain["groups"]:
        for option in (one for question in group["questions"] for one in question.get("options") or []):
            option["id"] += "-1"


def _no_conditions(plain: dict[str, Any]) -> None:
    for group in plain["groups"]:
        group.pop("when", None)


@pytest.mark.parametrize("spoil", [_other_ids, _no_conditions])
def test_an_import_that_changes_something_is_found(monkeypatch, spoil: Callable[[dict[str, Any]], None]):
    rightly = exchange.read_written

    def read(words: str) -> Any:
        plain = rightly(words)
        spoil(plain)
        return plain

    monkeypatch.setattr(exchange, "read_written", read)
    comes_out_badly(round_trips.back_from_its_file, any_form.plain_forms())


def _lose_in_storage(monkeypatch) -> None:
    rightly = round_trips.submissions.save_answers

    def save(draft, *, answers, **more):
        return rightly(draft, answers={code: one for code, one in answers.items() if code != "Q0"}, **more)

    monkeypatch.setattr(round_trips.submissions, "save_answers", save)


def _lose_in_summary(monkeypatch) -> None:
    rightly = spoken._pairs
    monkeypatch.setattr(spoken, "_pairs", lambda *asked: rightly(*asked)[:-1])


def _lose_in_pdf(monkeypatch) -> None:
    rightly = documents._section
    monkeypatch.setattr(documents, "_section", lambda one: rightly(one) | {"rows": rightly(one)["rows"][:-1]})


def _lose_in_word(monkeypatch) -> None:
    rightly = word_file._Composer._table
    monkeypatch.setattr(word_file._Composer, "_table", lambda self, rows: rightly(self, rows[:-1]))


def _turn_round_in_word(monkeypatch) -> None:
    rightly = word_file._Composer._table
    monkeypatch.setattr(word_file._Composer, "_table", lambda self, rows: rightly(self, rows[::-1]))


def _print_what_is_hidden(monkeypatch) -> None:
    monkeypatch.setattr(Walk, "shows", lambda self, question, row=None: True)


@pytest.mark.parametrize(
    "lose",
    [
        _lose_in_storage,
        _lose_in_summary,
        _lose_in_pdf,
        _lose_in_word,
        _turn_round_in_word,
        _print_what_is_hidden,
    ],
)
def test_an_answer_that_is_lost_on_its_way_is_found(monkeypatch, lose: Callable[[Any], None]):
    lose(monkeypatch)
    comes_out_badly(round_trips.come_back_everywhere, round_trips.answered(), most=10)


def _change_version(working: Any) -> None:
    FormVersion.objects.filter(form__code=working.code).update(definition=working.shown)


def _change_submission(working: Any) -> None:
    Submission.objects.filter(version__form__code=working.code).update(language="cy")


@pytest.mark.parametrize("reach", [_change_version, _change_submission])
def test_an_edit_that_reaches_what_is_published_or_sent_is_found(monkeypatch, reach: Callable[[Any], None]):
    """Without the triggers, by which the database itself would refuse."""
    VERSIONS.take_down(connection)
    SENT.take_down(connection)
    rightly = services.edit_working

    def edit(working: Any, **more: Any) -> Any:
        kept = rightly(working, **more)
        reach(kept)
        return kept

    monkeypatch.setattr(services, "edit_working", edit)
    comes_out_badly(frozen.nothing_changes, frozen.STEPS, most=20)
