"""Conditions of a form that is being built: put together part by part, and said in words.

A rule is a condition as in a definition file. It is shown as parts joined by "and" or "or"; a part is a
comparison or again a few of them, joined the other way.
"""

from copy import deepcopy
from typing import Any

from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say

from .conditions import ALLOWED
from .editing import Content, groups_in, questions_in
from .kinds.table import KINDS

JOINERS = ("all", "any")
_OTHER = {"all": "any", "any": "all"}
_YES_NO = ("yes", "no")


def parts_of(rule: Any) -> tuple[str, list[Content]]:
    """How the parts of ``rule`` are joined, and the parts. One comparison is one part, joined by "all"."""
    if not isinstance(rule, dict):
        return "all", []
    for joiner in JOINERS:
        if isinstance(rule.get(joiner), list):
            return joiner, deepcopy(rule[joiner])
    return "all", [deepcopy(rule)]


def hiding(rule: Any) -> Any:
    """The condition when which ``rule`` hides what it belongs to; None for a rule that shows."""
    return rule["not"] if isinstance(rule, dict) and set(rule) == {"not"} else None


def joined(joiner: str, parts: list[Content]) -> Content | None:
    """The rule of ``parts``; None without any."""
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {joiner: parts}


def with_part(rule: Any, part: Content, *, joiner: str, into: int = -1) -> Content | None:
    """``rule`` with ``part`` as one more part, or joined the other way to its part number ``into``."""
    known, parts = parts_of(rule)
    joiner = joiner if len(parts) < 2 else known
    if not 0 <= into < len(parts):
        return joined(joiner, [*parts, part])
    inner, inside = parts_of(parts[into])
    other = _OTHER[joiner]
    whole = [*inside, part] if len(inside) == 1 or inner == other else [parts[into], part]
    parts[into] = {other: whole}
    return joined(joiner, parts) if len(parts) > 1 else parts[0]


def without_part(rule: Any, at: int) -> Content | None:
    """``rule`` without its part number ``at``."""
    joiner, parts = parts_of(rule)
    return joined(joiner, [part for place, part in enumerate(parts) if place != at])


def joined_by(rule: Any, joiner: str) -> Content | None:
    """``rule`` with its parts joined by ``joiner``."""
    return joined(joiner, parts_of(rule)[1])


def askable(content: Content, *, key: str, code: str = "") -> list[Content]:
    """The questions that a rule of group ``key``, or of its question ``code``, may ask about.

    They come before it, have an answer, and are not answered several times elsewhere (in a repeating group
    the earlier questions of the same row may be asked about).
    """
    found: list[Content] = []
    for group in groups_in(content):
        own = group.get("key") == key
        if own and not code:
            return found
        for question in group.get("questions") or []:
            if own and question.get("code") == code:
                return found
            if _answers(question) and (own or not group.get("repeats")):
                found.append(question)
        if own:
            return found
    return found


def _answers(question: Content) -> bool:
    kind = KINDS.get(question.get("kind", ""))
    return bool(kind and ALLOWED[kind.nature])


def operators_for(question: Content) -> list[str]:
    """The comparisons that suit the question's data type, in the order of the format's description."""
    order = ("is", "is_not", "any_of", "includes", "answered", "more_than", "less_than", "older_than")
    allowed = ALLOWED[KINDS[question["kind"]].nature]
    return [one for one in (*order, "younger_than") if one in allowed]


def choices_of(question: Content) -> list[tuple[str, Any]]:
    """(identifier, words in both languages) of the answers that can be chosen; none for other kinds."""
    if question.get("kind") == "yes_no":
        return [(id, {lang: say(f"shared.{id.title()}", lang) for lang in ("en", "cy")}) for id in _YES_NO]
    return [(option["id"], option.get("text")) for option in question.get("options") or []]


def comparison(question: Content, operator: str, values: list[str]) -> Content | None:
    """The comparison as a definition file has it; None when the value does not suit the question."""
    if operator not in operators_for(question):
        return None
    known = {id for id, _ in choices_of(question)}
    if operator == "answered":
        return {"question": question["code"], operator: values[:1] != ["no"]}
    if known:
        values = [value for value in values if value in known]
    elif operator in {"more_than", "less_than", "older_than", "younger_than"} or _is_number(question):
        return _numeric(question, operator, values)
    values = [words for value in values if (words := one_line(value))]
    if not values:
        return None
    return {"question": question["code"], operator: values if operator == "any_of" else values[0]}


def _is_number(question: Content) -> bool:
    return KINDS[question["kind"]].nature == "number"


def _numeric(question: Content, operator: str, values: list[str]) -> Content | None:
    written = [words.removeprefix("+") for value in values if (words := one_line(value))]
    sizes = [number(words.removeprefix("-"), digits=12) for words in written]
    if not written or -1 in sizes:
        return None
    numbers = [-size if words.startswith("-") else size for words, size in zip(written, sizes, strict=True)]
    if operator in {"older_than", "younger_than"} and not 0 <= numbers[0] <= 130:
        return None
    return {"question": question["code"], operator: numbers if operator == "any_of" else numbers[0]}


def in_words(rule: Any, content: Content, language: str) -> str:
    """``rule`` as a sentence without its full stop."""
    if not isinstance(rule, dict):
        return ""
    asked = {question["code"]: question for question in questions_in(content)}
    return _said(rule, asked, language, depth=0)


def _said(rule: Any, asked: dict[str, Content], language: str, depth: int) -> str:
    if not isinstance(rule, dict) or depth > 9:
        return ""
    for joiner in JOINERS:
        if isinstance(rule.get(joiner), list):
            parts = [_said(part, asked, language, depth + 1) for part in rule[joiner]]
            word = say(f"administration.Rule_{joiner}", language)
            said = f" {word} ".join(part for part in parts if part)
            return f"({said})" if depth and len(parts) > 1 else said
    if "not" in rule:
        return say("administration.Rule_not", language, rule=_said(rule["not"], asked, language, depth + 1))
    return _compared(rule, asked, language)


def _compared(rule: Content, asked: dict[str, Content], language: str) -> str:
    code = str(rule.get("question", ""))
    question = asked.get(code, {"code": code})
    text = _words(question.get("text"), language) or code
    operator = next((one for one in rule if one != "question"), "answered")
    value = rule.get(operator)
    if operator == "answered":
        return say(f"administration.Rule_{'answered' if value else 'not_answered'}", language, question=text)
    names = {id: _words(words, language) for id, words in choices_of(question)}
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    said = f" {say('administration.Rule_any', language)} ".join(
        f"“{names.get(one) or one}”" for one in values
    )
    return say(f"administration.Rule_{operator}", language, question=text, value=said)


def _words(words: Any, language: str) -> str:
    known = words if isinstance(words, dict) else {}
    return str(known.get(language) or known.get("en") or known.get("cy") or "")
