"""Edits of a form that is being built: each takes the content of a definition file and gives a new one.

Nothing is changed in place, so a former content is still whole: that is what undo and discarding lean
on. A content may be incomplete; whether it can be published is judged by ``definition.parse``.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import squeezed
from guildhall.foundation.texts.queries import say

from .shape import RESERVED_KEYS

Content = dict[str, Any]
FIRST_NUMBER = 2
"""Panel 01 is the Subjects panel, so groups are numbered from 2 (SP-163)."""


class CannotEdit(Refusal):
    """The edit makes no sense on this form: something is there twice, or is not there."""


def clean_code(written: Any) -> str:
    """A code as it is kept: without white space of any kind, in capitals (SP-136)."""
    return squeezed(written)


def bank_content(question: Content) -> Content:
    """``question`` without what belongs to a form: its conditions."""
    kept = {key: deepcopy(value) for key, value in question.items() if key != "when"}
    if isinstance(kept.get("mandatory"), dict):
        del kept["mandatory"]
    return kept


def same_question(placed: Content, kept: Content) -> bool:
    """Whether a question of a form is the bank's ``kept``, but for what belongs to the form."""
    if isinstance(placed.get("mandatory"), dict):
        kept = {key: value for key, value in kept.items() if key != "mandatory"}
    return bank_content(placed) == kept


def on_form(kept: Content, *, instead_of: Content) -> Content:
    """The bank's ``kept`` with the conditions that ``instead_of`` has on its form."""
    placed = deepcopy(kept)
    if "when" in instead_of:
        placed["when"] = deepcopy(instead_of["when"])
    if isinstance(instead_of.get("mandatory"), dict):
        placed["mandatory"] = deepcopy(instead_of["mandatory"])
    return placed


def groups_in(content: Content) -> list[Content]:
    """The groups in the order of their numbers; those with the same number in the order written."""
    return sorted(content.get("groups") or [], key=lambda group: group.get("number", 0))


def questions_in(content: Content) -> Iterator[Content]:
    """Every question, in the order in which it is asked."""
    for group in groups_in(content):
        yield from group.get("questions") or []


def group_in(content: Content, key: str) -> Content:
    """The group called ``key``. Raises CannotEdit."""
    for group in content.get("groups") or []:
        if group.get("key") == key:
            return group
    raise CannotEdit(say("administration.Error_Build_NoGroup", key=key))


def home_of(content: Content, code: str) -> Content:
    """The group that holds the question ``code``. Raises CannotEdit."""
    for group in content.get("groups") or []:
        if any(question.get("code") == code for question in group.get("questions") or []):
            return group
    raise CannotEdit(say("administration.Error_Build_NoQuestion", code=code))


def question_in(content: Content, code: str) -> Content:
    """The question ``code``. Raises CannotEdit."""
    return next(q for q in home_of(content, code)["questions"] if q.get("code") == code)


def add_group(content: Content, group: Content) -> Content:
    """``content`` with ``group`` (key, title …) last, numbered after the others unless it has a number."""
    _demand_new_key(content, group["key"])
    last = max((each.get("number", 0) for each in content.get("groups") or []), default=FIRST_NUMBER - 1)
    added: Content = {"number": last + 1, "questions": []} | deepcopy(group)
    return deepcopy(content) | {"groups": [*deepcopy(content.get("groups") or []), added]}


def change_group(content: Content, key: str, details: Content) -> Content:
    """The group ``key`` with ``details``; a detail that is None is taken away. Its key may change."""
    group_in(content, key)
    if details.get("key", key) != key:
        _demand_new_key(content, details["key"])
    return _with_group(content, key, lambda group: _once(_changed(group, details)))


def delete_group(content: Content, key: str) -> Content:
    """``content`` without the group and its questions; they stay in the bank."""
    group_in(content, key)
    groups = [deepcopy(group) for group in content["groups"] if group.get("key") != key]
    return deepcopy(content) | {"groups": groups}


def add_question(content: Content, question: Content, *, to: str, at: int | None = None) -> Content:
    """``content`` with ``question`` in the group ``to``, before place ``at`` (default: last).

    Raises CannotEdit for a question that the form has already (SP-166).
    """
    code = question["code"]
    if any(known.get("code") == code for known in questions_in(content)):
        raise CannotEdit(say("administration.Error_Build_Twice", code=code))
    group_in(content, to)
    return _with_group(content, to, lambda group: _once(_inserted(group, deepcopy(question), at)))


def change_question(content: Content, code: str, question: Content) -> Content:
    """The question ``code`` replaced by ``question`` in its place. Its code never changes."""
    kept = deepcopy(question) | {"code": code}

    def replace(group: Content) -> Content:
        questions = [kept if q.get("code") == code else q for q in group["questions"]]
        return _once(group | {"questions": questions})

    return _with_group(content, home_of(content, code)["key"], replace)


def replace_question(content: Content, kept: Content) -> Content:
    """The bank's question ``kept`` in the place of the one with its code, if the form has one."""
    asked = next((one for one in questions_in(content) if one.get("code") == kept["code"]), None)
    return (
        content if asked is None else change_question(content, kept["code"], on_form(kept, instead_of=asked))
    )


def with_details(content: Content, details: Content) -> Content:
    """``content`` with ``details`` of the form itself; a detail that is None is taken away."""
    return _changed(deepcopy(content), details)


def delete_question(content: Content, code: str) -> Content:
    """``content`` without the question, which stays in the bank."""

    def remove(group: Content) -> Content:
        return group | {"questions": [q for q in group["questions"] if q.get("code") != code]}

    return _with_group(content, home_of(content, code)["key"], remove)


def move_question(content: Content, code: str, *, to: str, at: int | None = None) -> Content:
    """The question ``code`` in the group ``to``, before place ``at`` of what is there without it."""
    question = question_in(content, code)
    group_in(content, to)
    return add_question(delete_question(content, code), question, to=to, at=at)


def shift_question(content: Content, code: str, *, by: int) -> Content:
    """The question ``code`` one place up (``by`` -1) or down (1) in its group; at the end it stays."""
    home = home_of(content, code)
    codes = [question["code"] for question in home["questions"]]
    at = min(max(codes.index(code) + by, 0), len(codes) - 1)
    return move_question(content, code, to=home["key"], at=at)


def shift_group(content: Content, key: str, *, by: int) -> Content:
    """The group ``key`` one place up or down; all groups are numbered again, from 2 (SP-170)."""
    keys = [group["key"] for group in groups_in(content)]
    group_in(content, key)
    at = min(max(keys.index(key) + by, 0), len(keys) - 1)
    keys.remove(key)
    keys.insert(at, key)
    return _numbered(content, keys)


def renumber(content: Content, *, changed: str = "") -> tuple[Content, list[tuple[str, int, int]]]:
    """All groups numbered from 2 without conflicts and gaps, and (key, old, new) of each in its order.

    Groups that share a number keep the order in which they were displayed, ``changed`` first (SP-172).
    """
    order = sorted(groups_in(content), key=lambda group: (group.get("number", 0), group["key"] != changed))
    keys = [group["key"] for group in order]
    moved = [
        (group["key"], group.get("number", 0), number) for number, group in enumerate(order, FIRST_NUMBER)
    ]
    return _numbered(content, keys), moved


def clone(content: Content, *, code: str, title: Content) -> Content:
    """A copy of the whole form under a new code and title (SP-124)."""
    return deepcopy(content) | {"code": code, "title": deepcopy(title)}


def conditions_about(content: Content, code: str) -> list[tuple[str, str]]:
    """Who asks about ``code`` in a condition: (group key, question code or "") of each."""
    found = []
    for group in groups_in(content):
        if code in _codes_in(group.get("when")):
            found.append((group["key"], ""))
        for question in group.get("questions") or []:
            if code in _codes_in(question.get("when")) | _codes_in(question.get("mandatory")):
                found.append((group["key"], question["code"]))
    return found


def _codes_in(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return set().union(*(_codes_in(part) for part in condition))
    if not isinstance(condition, dict):
        return set()
    own = {condition["question"]} if isinstance(condition.get("question"), str) else set()
    return own.union(*(_codes_in(condition.get(joiner)) for joiner in ("all", "any", "not")))


def _demand_new_key(content: Content, key: str) -> None:
    if key in RESERVED_KEYS:
        raise CannotEdit(say("administration.Error_Build_KeyReserved", key=key))
    if any(group.get("key") == key for group in content.get("groups") or []):
        raise CannotEdit(say("administration.Error_Build_KeyTwice", key=key))


def _with_group(content: Content, key: str, edit: Callable[[Content], Content]) -> Content:
    groups = [
        edit(deepcopy(group)) if group.get("key") == key else deepcopy(group) for group in content["groups"]
    ]
    return deepcopy(content) | {"groups": groups}


def _once(group: Content) -> Content:
    """``group``, if nothing in it repeats and is inherited several times too (SP-154). Raises CannotEdit."""
    several = [one["code"] for one in group.get("questions") or [] if one.get("inherit_multiple")]
    if several and group.get("repeats"):
        name = (group.get("title") or {}).get(active_language()) or group["key"]
        raise CannotEdit(say("administration.Error_Inherit_Repeats", code=", ".join(several), group=name))
    return group


def _changed(part: Content, details: Content) -> Content:
    return {key: value for key, value in (part | deepcopy(details)).items() if value is not None}


def _inserted(group: Content, question: Content, at: int | None) -> Content:
    questions = list(group.get("questions") or [])
    questions.insert(len(questions) if at is None else at, question)
    return group | {"questions": questions}


def _numbered(content: Content, keys: list[str]) -> Content:
    numbers = {key: number for number, key in enumerate(keys, FIRST_NUMBER)}
    groups = [deepcopy(group) | {"number": numbers[group["key"]]} for group in content["groups"]]
    return deepcopy(content) | {"groups": sorted(groups, key=lambda group: group["number"])}
