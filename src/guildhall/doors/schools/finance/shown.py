"""Statements and returns as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import money
from guildhall.foundation.texts.queries import say
from guildhall.work.schoolfinance import queries, rules
from guildhall.work.schoolfinance.models import Line, Return, Statement, Version
from guildhall.work.schoolfinance.wording import COLOURS, month_words, state_words, sum_words

Kind = Line.Kind


def statement_row(one: Statement) -> dict[str, Any]:
    """A statement of a list with what came in and was spent so far (``queries`` adds both up)."""
    income, spent = one.income, one.spent  # type: ignore[attr-defined]
    return {
        "statement": one,
        "month": month_words(one.month),
        "income": money(income),
        "spent": money(spent),
        "net": money(income - spent),
    }


def whole_statement(statement: Statement) -> dict[str, Any]:
    """Everything that a page shows of a statement: its groups, their sums, and the month before."""
    lines = queries.lines_of(statement)
    before = queries.month_earlier(statement)
    earlier = {(one.kind, one.code): one for one in queries.lines_of(before)} if before else None
    sums = {kind: rules.sum_of(one for one in lines if one.kind == kind) for kind in Kind.values}
    groups = [_group(kind, [one for one in lines if one.kind == kind], earlier) for kind in Kind.values]
    return {
        "statement": statement,
        "month": month_words(statement.month),
        "groups": [one for one in groups if one["rows"]],
        "net": sum_words(sums[Kind.INCOME] - sums[Kind.EXPENDITURE]),
        "before": month_words(before.month) if before else "",
    }


def _group(kind: str, lines: list[Line], earlier: Mapping[tuple[str, str], Line] | None) -> dict[str, Any]:
    old = [one for (of, _), one in (earlier or {}).items() if of == kind]
    before = money(rules.sum_of(old).actual) if earlier else ""
    return {
        "kind": kind,
        "name": say(f"schools.Finance_Kind_{kind.title()}"),
        "done": say(f"schools.Finance_Done_{kind.title()}"),
        "left": say(f"schools.Finance_Left_{kind.title()}"),
        "rows": [_line(one, earlier) for one in lines],
        "sum": sum_words(rules.sum_of(lines)) | {"before": before},
    }


def _line(one: Line, earlier: Mapping[tuple[str, str], Line] | None) -> dict[str, Any]:
    old = earlier.get((one.kind, one.code)) if earlier else None
    spends = one.kind == Kind.EXPENDITURE
    words = sum_words(rules.sum_of([one]))
    return words | {
        "line": one,
        "over": words["over"] and spends,
        "before": money(old.actual) if old else "-",
    }


def return_row(one: Return) -> dict[str, Any]:
    """A return of a list; its newest version is ``version``, if it was ever sent."""
    sent: list[Version] = one.sent  # type: ignore[attr-defined]
    state = queries.state_of(one, today=timezone.localdate())
    return {
        "return": one,
        "due": speech.day(one.asked.due_on),
        "state": state_words(state),
        "colour": COLOURS[state],
        "begun": bool(one.saved_at) and one.state == Return.State.OPEN,
        "version": sent[0] if sent else None,
    }


def answers_of(questions: Iterable[rules.Question], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers beside their questions, amounts as pounds."""
    return [{"key": one.called, "value": _answer(one, answers.get(one.name, ""))} for one in questions]


def _answer(one: rules.Question, typed: str) -> Any:
    if not typed:
        return say("schools.FinanceReturns_NotAnswered")
    amount = None if one.kind == "text" else rules.pounds_of(typed)
    return typed.split("\n") if amount is None else money(amount)


def totals_of(questions: list[rules.Question], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the amounts add up to; nothing where no line is income or expenditure."""
    if not any(one.kind in {"income", "expenditure"} for one in questions):
        return []
    sums = rules.added_up(questions, answers)
    return [
        {"key": say(f"schools.FinanceReturns_Total_{name.title()}"), "value": money(amount)}
        for name, amount in sums.items()
    ]


def version_page(version: Version) -> dict[str, Any]:
    """What a page shows of a return as it was sent, and of those before and after it."""
    questions = rules.questions_of(version.of.asked.lines)
    others = version.of.versions.select_related("sent_by", "back_by").order_by("-number")
    return {
        "version": version,
        "asked": version.of.asked,
        "facts": [
            {"key": say("schools.FinanceReturns_Reference"), "value": version.reference},
            {"key": say("schools.FinanceReturns_School"), "value": version.of.school.name},
            {"key": say("schools.FinanceReturns_SentOn"), "value": sent_words(version)},
        ],
        "answers": answers_of(questions, version.answers),
        "totals": totals_of(questions, version.answers),
        "others": [one for one in others if one.pk != version.pk],
    }


def sent_words(version: Version) -> str:
    """When and by whom."""
    at = version.sent_at
    values = {"day": speech.day(at), "time": speech.clock(at), "who": str(version.sent_by)}
    return say("schools.Finance_By", **values)
